from django.apps import AppConfig


class AdoptionsConfig(AppConfig):
    name = "adoptions"

    def ready(self) -> None:
        from adoptions import audit, sections, signals  # noqa: F401
        from members.identity.belongings import contributed

        contributed("adoptions.AdoptionStep")
