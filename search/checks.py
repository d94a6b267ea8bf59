"""A page type that forgot the search is refused by `manage.py check`."""

from typing import Any

from django.core.checks import CheckMessage, Error, register

from library.registry import kinds as library_kinds
from search import registry


@register()
def check_kinds(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every library page type has a searchable kind."""
    return [_missing(name, model) for name, model in library_kinds().items() if name not in registry.kinds()]


def _missing(name: str, model: Any) -> CheckMessage:
    return Error(
        f"{model._meta.label} cannot be found by search.",
        hint=f"Add search/kinds/{name}.py with a KIND and list it in search/registry.py.",
        obj=model,
        id="search.E001",
    )
