from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "library"

    def ready(self) -> None:
        from core import chores
        from library import asking, audit, sections, signals  # noqa: F401
        from library.people import belongings, retention

        belongings.sort()
        chores.register("ask whether items are still true", asking.ask_around, every=3600.0)
        chores.register("forget who wrote to whom", retention.forget, every=3600.0)

        audit.register_kinds()
