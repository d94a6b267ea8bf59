from django.apps import AppConfig


class MembersConfig(AppConfig):
    name = "members"

    def ready(self) -> None:
        from members import signals  # noqa: F401
        from members.accounts import signals as account_signals
        from members.editor import tags
        from members.identity import sorting
        from members.joining import signals as joining_signals  # noqa: F401
        from members.roles import signals as role_signals  # noqa: F401

        account_signals.connect()
        sorting.sort()
        tags.hide_popular_ones()
