"""Words in files that came with comments: for the readers of their page, and of nothing that is not there for them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.attachments.models import FileText
from core.models import File
from discussions.comments import actions as comments
from discussions.models import Comment, FirstPostCheck
from discussions.moderation import actions as moderation
from discussions.moderation import checking
from members.audience import ANONYMOUS, reader_for
from members.models import Person
from search import readers, service
from search.values import SearchRequest
from tests import factories
from tests.contract.readers import ALLOWED, CANARY, READERS, index_all, shows, text_of

pytestmark = pytest.mark.django_db

# Stands in the file and nowhere else; asked for, the answer shows the words around it.
WORDS = f"The gasket {CANARY} leaks."


def plan(words=WORDS):
    return SimpleUploadedFile("plan.txt", words.encode())


def found(reader, text="gasket"):
    """What is found, and how much is said to be."""
    page = service.search(SearchRequest(text=text), reader)
    return page.total, [(hit.kind, hit.item_id, hit.file) for hit in page.hits]


def who(cast, name):
    return reader_for(Person.objects.get(pk=cast[name].pk)) if name in cast else ANONYMOUS


NOTHING = (0, [])


@pytest.mark.parametrize("audience", ["public", "members", "municipality", "group"])
def test_they_are_found_by_the_readers_of_the_page(
    subtests, sign_in, cast, installation, town, area, group, audience
):
    page = factories.make_case_study(town, area, title="Ploughs", slug="ploughs")
    comment = factories.make_comment(page, cast["member-here"], "Look at this.", files=[plan()])
    index_all()
    assert found(ANONYMOUS) == (1, [("comment", comment.pk, "plan.txt")])
    page.audience = audience
    page.groups.set([group] if audience == "group" else [])
    page.save_revision().publish()
    for step in ("the index still as it was", "the index has heard"):
        for reader in READERS:
            with subtests.test(reader=reader, step=step):
                client, allowed = sign_in(reader), reader in ALLOWED[audience]
                asked = found(who(cast, reader))
                assert asked == NOTHING or (allowed and asked[0] == 1)
                channels = shows(client, "/en/search/", q="gasket")
                channels += shows(client, "/en/search/feed/", q="gasket") if reader == "nobody" else []
                spelled = "gasket" in text_of(client, "/en/search/", q="gaskot")
                suggested = text_of(client, "/en/search/suggest/", q="gask")
                if allowed and step == "the index has heard":
                    assert "/en/search/" in channels
                    text = text_of(client, "/en/search/", q="gasket")
                    assert "Found in the file “plan.txt”" in text
                    assert f"/en/comments/{comment.pk}/" in text
                elif not allowed:
                    assert channels == []
                    assert not spelled
                    assert "gasket" not in suggested
        index_all()


def _held(comment, cast, root):
    Comment.objects.filter(pk=comment.pk).delete()
    FirstPostCheck.objects.create(municipality=cast["member-here"].municipality)
    new = factories.make_person("new@example.org", municipality=cast["member-here"].municipality)
    held = factories.make_comment(comment.page.specific, new, "Look.", files=[plan()])
    assert held.state == "held"
    return held


def _hidden(comment, cast, root):
    moderation.hide(by=root, kind="comment", item_id=comment.pk, reason="insult")


def _below_a_hidden_one(comment, cast, root):
    reply = factories.make_comment(
        comment.page.specific, cast["member-elsewhere"], "See.", answers_to=comment, files=[plan()]
    )
    index_all()
    assert found(ANONYMOUS)[0] == 2
    _hidden(comment, cast, root)
    return reply


def _deleted(comment, cast, root):
    comments.delete(by=cast["member-here"], comment=comment)
    assert not File.objects.exists()
    assert not FileText.objects.exists()


def _unpublished(comment, cast, root):
    comment.page.specific.unpublish()


STATES = {
    "held": _held, "hidden": _hidden, "below a hidden one": _below_a_hidden_one, "deleted": _deleted,
    "page unpublished": _unpublished,
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
def test_of_a_comment_that_is_not_there_its_file_leaves_no_trace(
    subtests, sign_in, cast, installation, town, area, state
):
    """Not for its author either: they see it in its place, not by the search."""
    root = factories.make_person("admin@example.org", is_superuser=True)
    page = factories.make_case_study(town, area, title="Ploughs", slug="ploughs")
    comment = factories.make_comment(page, cast["member-here"], "Look at this.", files=[plan()])
    index_all()
    STATES[state](comment, cast, root)
    for step in ("the index still as it was", "the index has heard"):
        for reader in [*READERS, "admin"]:
            with subtests.test(reader=reader, step=step):
                client = sign_in(reader)
                asked = who(cast, reader) if reader != "admin" else reader_for(root)
                assert found(asked) == NOTHING
                assert shows(client, "/en/search/", q="gasket") == []
                assert "gasket" not in text_of(client, "/en/search/", q="gaskot")
        index_all()


def test_let_through_its_file_is_found(cast, installation, town, area):
    root = factories.make_person("admin@example.org", is_superuser=True)
    page = factories.make_case_study(town, area, title="Ploughs", slug="ploughs")
    comment = factories.make_comment(page, cast["member-here"], "Look at this.")
    held = _held(comment, cast, root)
    index_all()
    assert found(ANONYMOUS) == NOTHING
    checking.approve(by=root, kind="comment", item_id=held.pk)
    index_all()
    assert found(ANONYMOUS) == (1, [("comment", held.pk, "plan.txt")])


def test_words_that_are_read_later_reach_the_comment(cast, installation, town, area):
    """The worker reads files beside the requests: the comment is in the index before its file's words are known."""
    page = factories.make_case_study(town, area, title="Ploughs", slug="ploughs")
    comment = factories.make_comment(page, cast["member-here"], "Look at this.", files=[plan()])
    readers.catch_up()
    assert found(ANONYMOUS) == NOTHING
    assert found(ANONYMOUS, "plan.txt") == (1, [("comment", comment.pk, "plan.txt")])
    index_all()
    assert found(ANONYMOUS)[0] == 1
    assert found(ANONYMOUS, "leaks -look")[0] == 0, "it is one document with what the comment says"
