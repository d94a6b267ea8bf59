from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "discussions"

    def ready(self) -> None:
        from core import chores
        from discussions import audit, belongings, sections, signals  # noqa: F401
        from discussions.comments import audit as comments_audit  # noqa: F401
        from discussions.comments import retention
        from discussions.comments import sections as comments_sections  # noqa: F401
        from discussions.comments import signals as comments_signals  # noqa: F401
        from discussions.moderation import actions as moderation
        from discussions.moderation import guard, queue  # noqa: F401
        from discussions.moderation import sections as moderation_sections  # noqa: F401
        from discussions.questions import belongings as questions
        from discussions.questions import overdue

        belongings.sort()
        questions.sort()
        chores.register("tell of questions that nobody answers", overdue.tell_coordinators, every=3600.0)
        chores.register("settle reports of what is gone", queue.settle_gone, every=3600.0)
        chores.register("end suspensions", moderation.end_suspensions, every=60.0)
        chores.register("forget deleted comments", retention.forget, every=3600.0)
