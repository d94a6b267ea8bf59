from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import checks, chores, pruning, signals, tasks  # noqa: F401

        chores.register("tasks", tasks.run_ready, every=1.0)
        chores.register("tidy tasks", tasks.tidy, every=3600.0)
        chores.register("prune the log", pruning.prune, every=3600.0)
