from django.apps import AppConfig


class AuthoringConfig(AppConfig):
    name = "authoring"

    def ready(self) -> None:
        from authoring import belongings, sections, signals  # noqa: F401

        belongings.sort()
