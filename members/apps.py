from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"

    def ready(self) -> None:
        from core import chores
        from members import sections, signals  # noqa: F401
        from members.audit import pruning
        from members.editor import tags
        from members.groups import retention
        from members.roles import signals as role_signals  # noqa: F401

        chores.register("forget unanswered requests", retention.forget, every=3600.0)
        chores.register("prune the audit log", pruning.prune, every=3600.0)
        tags.hide_popular_ones()
