from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "discussions"

    def ready(self) -> None:
        from core import chores
        from discussions import audit, sections, signals  # noqa: F401
        from discussions.questions import belongings, overdue

        belongings.sort()
        chores.register("tell of questions that nobody answers", overdue.tell_coordinators, every=3600.0)
