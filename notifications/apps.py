from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from core import chores
        from members import backends
        from members.identity import belongings
        from notifications import delivery, sections  # noqa: F401
        from notifications.inbox import querysets, retention, sending, telling

        chores.register("search news", delivery.send_due, every=60.0, lane="mail")
        backends.with_whoever_asks("unread_news", querysets.unread_of_person)
        chores.register("news", telling.tell, every=2.0)
        chores.register("mail about news", sending.send_due, every=20.0, lane="mail")
        chores.register("forget news", retention.forget, every=3600.0)
        chores.register("prune happenings", retention.prune_happenings, every=3600.0)
        belongings.own("notifications.SavedSearch", "name", "query", "language", "cadence", "created")
        belongings.own("notifications.Follow", "kind", "item_id", "pace", "since")
        belongings.own("notifications.News", "verb", "kind", "item_id", "when", "read")
        belongings.own("notifications.Mailbox", "pace", "paused")
        belongings.own("notifications.Delivery", "when", "pace", "count", "outcome")
