from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "library"

    def ready(self) -> None:
        from library import audit, sections, signals  # noqa: F401

        audit.register_kinds()
