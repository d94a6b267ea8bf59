"""The inbox, what one follows, following itself, the end of mail, and the log of deliveries."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.forms import number
from members.refusal import Refused
from members.roles import rules
from notifications.inbox import actions, mails, reading
from notifications.inbox.models import Delivery, Follow, Mailbox, News, Pace

PAGE = 30


@never_cache
@login_required
@require_safe
def inbox(request: Any) -> HttpResponse:
    """What I was told, newest first."""
    own = News.objects.of(request.user).select_related("follow")
    page = Paginator(own, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "entries": reading.entries(request.user, page.object_list),
        "unread": request.user.unread_news,
    }
    return render(request, "notifications/inbox.html", context)


@login_required
@require_POST
def mark_read(request: Any) -> HttpResponse:
    """One, or all."""
    one = number(request.POST.get("news")) if request.POST.get("news") else None
    actions.mark_read(by=request.user, news=one)
    return redirect("notifications:inbox")


@never_cache
@login_required
@require_safe
def following(request: Any) -> HttpResponse:
    """What I follow, how news leaves by mail, and what mail I got."""
    mailbox = Mailbox.objects.filter(person=request.user).first() or Mailbox(person=request.user)
    context = {
        "lines": reading.followed(request.user, request.reader),
        "paces": Pace.choices,
        "mailbox": mailbox,
        "deliveries": Delivery.objects.filter(person=request.user)[:20],
    }
    return render(request, "notifications/following.html", context)


@login_required
@require_POST
def change_following(request: Any) -> HttpResponse:
    """How soon news leaves by mail, of one follow or of what concerns me; or let a follow go."""
    pace, what = request.POST.get("pace", ""), request.POST.get("do", "")
    if what == "resume":
        actions.resume(by=request.user)
    elif what == "direct" and pace in Pace.values:
        actions.set_direct_pace(person=request.user, pace=pace)
    else:
        own = Follow.objects.of(request.user)
        found = get_object_or_404(own, pk=number(request.POST.get("follow")))
        _change(request.user, found, what, pace)
    messages.success(request, _("Saved."))
    return redirect("notifications:following")


def _change(person: Any, found: Follow, what: str, pace: str) -> None:
    if what == "unfollow":
        actions.unfollow(by=person, kind=found.kind, item_id=found.item_id)
    elif what == "pace" and pace in Pace.values:
        actions.set_pace(follows=Follow.objects.filter(pk=found.pk), pace=pace)
    else:
        raise Http404


@never_cache
@login_required
@require_safe
def choose(request: Any, kind: str, pk: int) -> HttpResponse:
    """A thing and what it belongs to, each with a button."""
    buttons = reading.choices(request.user, request.reader, kind, pk)
    if not buttons:
        raise Http404
    context = {"buttons": buttons, "name": buttons[0].name, "url": buttons[0].url}
    return render(request, "notifications/choose.html", context)


@login_required
@require_POST
def follow(request: Any) -> HttpResponse:
    """The button on a page."""
    kind, item_id = request.POST.get("kind", ""), number(request.POST.get("item"))
    try:
        if request.POST.get("do") == "unfollow":
            actions.unfollow(by=request.user, kind=kind, item_id=item_id)
            messages.success(request, _("You don’t follow it any more."))
        else:
            actions.follow(by=request.user, kind=kind, item_id=item_id)
            messages.success(request, _("You follow it: news comes to your inbox, and once a day by mail."))
    except LookupError as error:
        raise Http404 from error
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(_back(request))


def _back(request: Any) -> str:
    there = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    return there if safe else "notifications:following"


@never_cache
@csrf_exempt
@require_http_methods(["GET", "POST"])
def stop_news(request: Any, token: str) -> HttpResponse:
    """End of mail: a page that asks, or one click in the mail programme (RFC 8058). Needs no account."""
    try:
        what, whose = mails.meant_by(token)
    except LookupError as error:
        raise Http404 from error
    done = request.method == "POST"
    if done and whose:
        _stop(what, whose)
    return render(request, "notifications/stop_news.html", {"what": what, "done": done or not whose})


def _stop(what: str, whose: Any) -> None:
    if what == "follow":
        actions.set_pace(follows=whose, pace=Pace.OFF)
    elif what == "direct":
        actions.set_direct_pace(person=whose, pace=Pace.OFF)
    else:
        actions.stop_all(person=whose)


@never_cache
@login_required
@require_safe
def deliveries(request: Any) -> HttpResponse:
    """Who was sent mail and what became of it, for coordinators of the region and administrators."""
    regions = rules.coordinated_regions(request.user)
    if not (request.user.is_superuser or regions):
        raise Http404
    rows = Delivery.objects.select_related("person__municipality")
    if not request.user.is_superuser:
        rows = rows.filter(person__municipality__region__in=regions)
    page = Paginator(rows, 100).get_page(request.GET.get("page"))
    return render(request, "notifications/deliveries.html", {"page": page})
