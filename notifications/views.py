"""People's own searches: the page, saving, changing, the feed, and the end of mail."""

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from notifications import feeds, mails, news, searches
from notifications.forms import SavedSearchForm
from notifications.models import Cadence, SavedSearch
from search.addresses import kept_query, parse


@never_cache
@login_required
@require_safe
def saved(request: Any) -> HttpResponse:
    """My searches."""
    own = SavedSearch.objects.of(request.user)
    entries = [
        (search, SavedSearchForm(instance=search, prefix=str(search.pk)), _feed(request, search))
        for search in own
    ]
    return render(request, "notifications/searches.html", {"entries": entries})


def _feed(request: Any, search: SavedSearch) -> str:
    return request.build_absolute_uri(feeds.address(search)) if search.feed_key else ""


def _begin(search: SavedSearch) -> None:
    """What is there now is known from now on; where no engine answers, the worker sees to it."""
    if search.cadence != Cadence.OFF and search.looked is None:
        with suppress(news.NoAnswer):
            news.look(search, timezone.now())


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def save(request: Any) -> HttpResponse:
    """Give the search of the address a name."""
    asked = parse(request.GET, language=get_language() or "en")
    form = SavedSearchForm(request.POST or None, initial={"name": asked.text[:80], "cadence": Cadence.WEEKLY})
    if request.method == "POST" and form.is_valid():
        try:
            search = searches.save(by=request.user, request=asked, **form.cleaned_data)
        except searches.TooMany:
            form.add_error(None, _("You have fifty saved searches: delete one first."))
        else:
            _begin(search)
            messages.success(request, _("The search is saved."))
            return redirect("notifications:searches")
    context = {"form": form, "query": kept_query(asked), "asked": asked}
    return render(request, "notifications/save.html", context)


@login_required
@require_POST
def change(request: Any, pk: int) -> HttpResponse:
    """Rename it, change how often mail comes, open or close its feed, or delete it."""
    search = get_object_or_404(SavedSearch.objects.of(request.user), pk=pk)
    what = request.POST.get("do", "")
    if what in _SIMPLE:
        action, done = _SIMPLE[what]
        action(by=request.user, search=search)
        messages.success(request, done())
        return redirect("notifications:searches")
    form = SavedSearchForm(request.POST, instance=search, prefix=str(search.pk))
    if form.is_valid():
        fresh = SavedSearch.objects.get(pk=search.pk)
        searches.change(by=request.user, search=fresh, **form.cleaned_data)
        _begin(fresh)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("A saved search needs a name of at most 80 characters."))
    return redirect("notifications:searches")


_SIMPLE = {
    "delete": (searches.delete, lambda: _("The search is deleted.")),
    "open-feed": (searches.open_feed, lambda: _("The feed has a new address.")),
    "close-feed": (searches.close_feed, lambda: _("The feed’s address is out of use.")),
}


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop(request: Any, token: str) -> HttpResponse:
    """End of mail: a page that asks, or one click in the mail programme (RFC 8058). Needs no account."""
    try:
        found = mails.searches_of(token)
    except LookupError as error:
        raise Http404 from error
    names = list(found.values_list("name", flat=True))
    if request.method == "POST":
        searches.stop_mail(searches=found)
    # Where the searches are gone, so is the mail.
    done = request.method == "POST" or not names
    return render(request, "notifications/stop.html", {"names": names, "done": done})
