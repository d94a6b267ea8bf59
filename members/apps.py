from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"

    def ready(self) -> None:
        from core import chores
        from members import sections, signals  # noqa: F401
        from members.accounts import retention as past_sessions
        from members.accounts import signals as account_signals
        from members.audit import pruning
        from members.editor import tags
        from members.groups import retention
        from members.identity import sorting
        from members.joining import retention as unanswered
        from members.joining import signals as joining_signals  # noqa: F401
        from members.roles import signals as role_signals  # noqa: F401

        chores.register("forget unanswered requests", retention.forget, every=3600.0)
        chores.register("forget unanswered joining", unanswered.forget, every=3600.0)
        chores.register("forget sessions that are over", past_sessions.forget, every=3600.0)
        chores.register("prune the audit log", pruning.prune, every=3600.0)
        account_signals.connect()
        sorting.sort()
        tags.hide_popular_ones()
