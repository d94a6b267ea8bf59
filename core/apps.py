from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self) -> None:
        from core import checks, chores, converters, happenings, pruning, scheduling, sessions, signals, tasks  # noqa: F401
        from core.attachments import reading

        chores.register("tasks", tasks.run_ready, every=1.0)
        chores.register("mail", tasks.run_mail, every=1.0, lane="mail")
        chores.register("words of files", reading.read_waiting, every=2.0)
        chores.register("keep days that were set", scheduling.keep_days, every=30.0)
        chores.register("tidy tasks", tasks.tidy, every=3600.0)
        chores.register("tidy sessions", sessions.tidy, every=86_400.0)
        chores.register("prune the log", pruning.prune, every=3600.0)
