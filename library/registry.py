"""The kinds of library items. Whatever must hold for all of them loops over this."""

from functools import cache
from typing import Any

from django.apps import apps


@cache
def kinds() -> dict[str, Any]:
    """All page types of the library by their name, for example `case_study`."""
    from library.models import LibraryPage

    found = [model for model in apps.get_models() if issubclass(model, LibraryPage)]
    return {model.kind: model for model in sorted(found, key=lambda model: model.kind)}
