"""The door of addresses that a page asks by itself."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse

# The script tells the writer that they are signed out, and keeps their text.
SIGNED_OUT = 401


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask to sign in; a page that asks by itself is told so instead, for it shows no form to sign in with."""

    @wraps(view)
    def asked(request: Any, pk: int, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, pk, **kwargs)
        if request.htmx:
            return HttpResponse(status=SIGNED_OUT)
        # The address takes no GET: come back to where the item is written.
        return redirect_to_login(f"{request.path.partition(f'/{pk}/')[0]}/{pk}/")

    return asked
