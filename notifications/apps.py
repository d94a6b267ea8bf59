from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from core import chores
        from members.identity import belongings
        from notifications import delivery, sections  # noqa: F401

        chores.register("search news", delivery.send_due, every=60.0, lane="mail")
        belongings.own("notifications.SavedSearch", "name", "query", "language", "cadence", "created")
