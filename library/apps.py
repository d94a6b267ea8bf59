from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "library"

    def ready(self) -> None:
        from core import chores
        from library import asking, audit, sections, signals  # noqa: F401
        from library.links import checking, finding
        from library.links import sections as link_sections  # noqa: F401
        from library.people import belongings, retention

        belongings.sort()
        chores.register("ask whether items are still true", asking.ask_around, every=3600.0)
        chores.register("forget who wrote to whom", retention.forget, every=3600.0)
        # Other people's servers may be slow: a lane of its own.
        chores.register("take links of items", finding.take, every=60.0, lane="links")
        chores.register("check links", checking.check_next, every=5.0, lane="links")

        audit.register_kinds()
