from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        from core import chores, pruning
        from search import checks, reconciling, reports, sections, signals  # noqa: F401

        chores.register("reconcile", reconciling.nightly, every=300.0)
        pruning.register("search", reports.passed)
