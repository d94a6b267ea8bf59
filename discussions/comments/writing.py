"""Writing comments: post, edit, preview, and what can be done with one. Nothing typed is ever lost."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import markdown
from core.forms import number
from discussions.comments import actions, mentions, places, quoting, rules
from discussions.comments.forms import CommentForm, EditForm, TextForm
from discussions.comments.models import TOKEN_LENGTH, Comment, KeptText, State, new_token
from discussions.comments.rates import TooMany
from discussions.comments.reading import address, found
from discussions.comments.threads import Viewer
from members.refusal import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Any, page_id: int) -> HttpResponse:
    """Write a comment, or a reply; without scripts, and where a form did not pass."""
    if not request.user.is_authenticated:
        return _signed_out(request)
    page = places.readable_page(page_id, request.reader)
    if request.method != "POST":
        if page is None or not rules.may_write(request.user):
            raise Http404
        return _form(request, page, _begun(request, page))
    form = CommentForm(request.POST, request.FILES, page=page, reader=request.reader)
    if page is None:
        return _given_back(request, form)
    if "preview" in request.POST:
        form.is_valid()
        return _form(request, page, form, preview=True)
    return _post(request, page, form) if form.is_valid() else _form(request, page, form, status=422)


def _signed_out(request: Any) -> HttpResponse:
    """Their session ended while they wrote: the text comes back, to be posted after signing in."""
    if request.method != "POST":
        return login_required(lambda request: HttpResponse())(request)
    context = {"text": request.POST.get("body", ""), "signed_out": True}
    return render(request, "discussions/comments/given_back.html", context, status=401)


def _begun(request: Any, page: Any) -> CommentForm:
    """An empty form; to reply, and with what is quoted."""
    before = None
    if pk := number(request.GET.get("reply")):
        before = Comment.objects.visible_to(request.reader).filter(page_id=page.pk, pk=pk).first()
        if before is None:
            raise Http404
    body = quoting.quote(before.body) if before and request.GET.get("quote") else ""
    return CommentForm.empty(page, answers_to=before.pk if before else None, body=body)


def _post(request: Any, page: Any, form: CommentForm) -> HttpResponse:
    given = form.cleaned_data
    try:
        comment = actions.add(
            by=request.user,
            page_id=page.pk,
            language=get_language() or "en",
            **{name: given[name] for name in ("body", "token", "answers_to")},
            files=given["attached"],
        )
    except actions.Gone:
        return _given_back(request, form)
    except TooMany as often:
        form.add_error(None, str(often))
        response = _form(request, page, form, status=429)
        response["Retry-After"] = str(often.seconds)
        return response
    except Refused as refused:
        form.add_error(None, str(refused))
        # What it answered is gone or closed: the text goes on as a comment of its own.
        return _form(request, page, form, status=409, alone=True)
    if comment.state == State.HELD:
        messages.info(request, _("Your first comment is looked at before others see it. You will be told."))
    return redirect(address(comment, Viewer.of(request, page), request))


def _given_back(request: Any, form: CommentForm) -> HttpResponse:
    """The page is gone, or not for them any more, or never was: which of these, nobody learns."""
    text = request.POST.get("body", "").replace("\x00", "")
    token = request.POST.get("token", "").replace("\x00", "")[:TOKEN_LENGTH] or new_token()
    actions.keep(by=request.user, body=text, token=token)
    return render(request, "discussions/comments/given_back.html", {"text": text}, status=404)


def _form(
    request: Any,
    page: Any,
    form: CommentForm,
    *,
    status: int = 200,
    preview: bool = False,
    alone: bool = False,
) -> HttpResponse:
    answered = number(form["answers_to"].value()) if not alone else 0
    before = Comment.objects.visible_to(request.reader).filter(page_id=page.pk, pk=answered).first()
    if before is None and form["answers_to"].value():
        _put(form, answers_to="")
    context = {
        "form": form,
        "page": page,
        "before": before,
        "problems": form.problems() if form.is_bound else [],
        "had_files": bool(request.FILES),
        **(_preview(form["body"].value() or "", page, request.reader) if preview else {}),
    }
    return render(request, "discussions/comments/write.html", context, status=status)


def _put(form: Any, **values: str) -> None:
    """Have the form come back with other hidden values than it was sent with."""
    form.data = form.data.copy()
    for name, value in values.items():
        form.data[name] = value


def _preview(text: str, page: Any, reader: Any) -> dict[str, Any]:
    """How the text will look, and who will be told; or what is wrong with it."""
    form = TextForm({"body": text}, page=page, reader=reader)
    if not text.strip():
        return {"previewed": True, "html": "", "told": []}
    if not form.is_valid():
        return {"previewed": True, "wrong": [str(error) for error in form.errors.get("body", [])]}
    clean = form.cleaned_data["body"]
    told = mentions.people_in(clean, page, reader)
    return {"previewed": True, "html": markdown.render(clean), "told": told}


@login_required
@require_POST
def preview(request: Any) -> HttpResponse:
    """The preview alone, while somebody types."""
    page = places.readable_page(number(request.POST.get("page")), request.reader)
    if page is None or not rules.may_write(request.user):
        raise Http404
    context = _preview(request.POST.get("body", ""), page, request.reader)
    return render(request, "discussions/comments/preview.html", context)


@login_required
@require_safe
def people(request: Any) -> HttpResponse:
    """Whom somebody may mean by what stands behind the @: readers of the page and nobody else."""
    page = places.readable_page(number(request.GET.get("page")), request.reader)
    if page is None or not rules.may_write(request.user):
        raise Http404
    typed = request.GET.get("q", "").replace("\x00", "")[:80]
    context = {"people": mentions.suggestions(typed, page, request.reader), "typed": typed}
    return render(request, "discussions/comments/people.html", context)


@login_required
@require_safe
def kept(request: Any) -> HttpResponse:
    """What one wrote and could not post."""
    texts = KeptText.objects.filter(person=request.user)
    return render(request, "discussions/comments/kept.html", {"texts": texts[:50]})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: Any, pk: int) -> HttpResponse:
    """Change one's own comment."""
    comment, page = found(request, pk)
    if comment.author_id != request.user.pk or comment.state == State.DELETED:
        raise Http404
    if request.method != "POST":
        form = EditForm(initial={"body": comment.body, "version": comment.version}, page=page)
        return _edit_form(request, comment, page, form)
    form = EditForm(request.POST, page=page, reader=request.reader)
    if "preview" in request.POST or not form.is_valid():
        asked = "preview" in request.POST
        more = _preview(request.POST.get("body", ""), page, request.reader) if asked else {}
        return _edit_form(request, comment, page, form, status=200 if more else 422, **more)
    try:
        done = actions.edit(by=request.user, comment=comment, **form.cleaned_data)
    except actions.Overtaken as overtaken:
        form.add_error(None, str(overtaken))
        comment.refresh_from_db()
        _put(form, version=str(comment.version))
        return _edit_form(request, comment, page, form, status=409, other=comment)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _edit_form(request, comment, page, form, status=409)
    return redirect(done)


def _edit_form(
    request: Any, comment: Comment, page: Any, form: EditForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    problems = form.problems() if form.is_bound and status != 200 else []
    context = {"form": form, "comment": comment, "page": page, "problems": problems, **more}
    return render(request, "discussions/comments/edit.html", context, status=status)


@login_required
@require_POST
def act(request: Any, pk: int) -> HttpResponse:
    """One button, one action; what is refused says why."""
    comment, _page = found(request, pk)
    do = _ACTS.get(request.POST.get("action", ""))
    if do is None:
        raise Http404
    try:
        do(request, comment)
    except actions.Gone as gone:
        raise Http404 from gone
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect(Comment(pk=comment.pk)) if _still_there(request, pk) else redirect(_page.get_url(request))


def _still_there(request: Any, pk: int) -> bool:
    return bool(
        Comment.objects.readable_by(request.reader, rules.checks(request.user)).filter(pk=pk).exists()
    )


def _helpful(request: Any, comment: Comment) -> None:
    actions.find_helpful(by=request.user, comment=comment, reason=request.POST.get("reason", ""))


_ACTS: dict[str, Any] = {
    "delete": lambda request, comment: actions.delete(by=request.user, comment=comment),
    "helpful": _helpful,
    "not-helpful": lambda request, comment: actions.take_helpful_back(by=request.user, comment=comment),
    "answer": lambda request, comment: actions.name_answer(by=request.user, comment=comment),
    "no-answer": lambda request, comment: actions.name_answer(by=request.user, comment=comment, answer=False),
    "close": lambda request, comment: actions.close_thread(by=request.user, comment=comment),
    "reopen": lambda request, comment: actions.close_thread(by=request.user, comment=comment, closed=False),
}
