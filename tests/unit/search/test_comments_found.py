"""Comments in the search: found by those who may read their page, fenced with it, gone with it."""

import pytest

from core.log import LogEntry
from discussions.comments import actions
from discussions.moderation import actions as moderation
from members.audience import ANONYMOUS, reader_for
from search import readers, service
from search.kinds.comment import KIND
from search.values import SearchRequest
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _index(settings, tmp_path):
    settings.SEARCH_INDEX_DIR, settings.ELASTICSEARCH_URL = tmp_path / "search", ""


@pytest.fixture
def sam(other_municipality):
    return factories.make_person("sam@whitby.ca", municipality=other_municipality)


@pytest.fixture
def comment(case_study, sam):
    made = factories.make_comment(case_study, sam, "The zqauger **clogs** in wet snow.")
    readers.catch_up()
    return made


def hits(text, reader=ANONYMOUS):
    result = service.search(SearchRequest(text=text), reader)
    assert result.total == len(result.hits), "a total must not tell of what is not shown"
    return [(hit.kind, hit.item_id) for hit in result.hits]


def test_a_comment_is_found_and_names_its_page(client, case_study, comment):
    assert hits("zqauger") == [("comment", comment.pk)]
    html = client.get("/en/search/", {"q": "zqauger"}).content.decode()
    assert f"/en/comments/{comment.pk}/" in html
    assert f"On “{case_study.title}”" in html


def test_a_pages_title_finds_the_page_and_not_all_that_was_said_on_it(case_study, comment):
    assert hits("autonomous") == [("case_study", case_study.pk)]


def test_lists_without_words_have_no_comments(client, comment):
    assert f"/comments/{comment.pk}/" not in client.get("/en/library/").content.decode()


@pytest.mark.parametrize("how", ["narrow", "unpublish", "delete page", "delete", "hide"])
def test_what_is_withdrawn_is_gone_while_the_index_still_has_it(case_study, comment, sam, how):
    root = factories.make_person("root@example.org", is_superuser=True)
    if how == "narrow":
        case_study.audience = "municipality"
        case_study.save_revision().publish()
    elif how == "unpublish":
        case_study.unpublish()
    elif how == "delete page":
        case_study.delete()
    elif how == "delete":
        actions.delete(by=sam, comment=comment)
    else:
        moderation.hide(by=root, kind="comment", item_id=comment.pk, reason="insult")
    assert hits("zqauger") == []
    readers.catch_up()
    assert hits("zqauger") == []
    assert hits("zqauger", reader_for(sam)) == []


def test_narrowed_it_is_found_by_the_new_audience(case_study, comment, municipality):
    insider = factories.make_person("in@innisfil.ca", municipality=municipality)
    case_study.audience = "municipality"
    case_study.save_revision().publish()
    readers.catch_up()
    assert hits("zqauger", reader_for(insider)) == [("comment", comment.pk)]
    case_study.audience = "public"
    case_study.save_revision().publish()
    readers.catch_up()
    assert hits("zqauger") == [("comment", comment.pk)]


def test_published_again_the_comments_are_back(case_study, comment):
    case_study.unpublish()
    readers.catch_up()
    case_study.save_revision().publish()
    readers.catch_up()
    assert hits("zqauger") == [("comment", comment.pk)]


def test_below_a_hidden_beginning_nothing_is_found(case_study, comment, sam):
    root = factories.make_person("root@example.org", is_superuser=True)
    reply = factories.make_comment(case_study, sam, "zqreply", answers_to=comment)
    readers.catch_up()
    assert hits("zqreply") == [("comment", reply.pk)]
    moderation.hide(by=root, kind="comment", item_id=comment.pk, reason="insult")
    assert hits("zqreply") == []
    readers.catch_up()
    moderation.show(by=root, kind="comment", item_id=comment.pk, reason="other")
    readers.catch_up()
    assert hits("zqreply") == [("comment", reply.pk)]


def test_a_new_title_and_another_municipality_are_told_of_each_comment(
    case_study, comment, other_municipality
):
    before = LogEntry.objects.order_by("-seq").first().seq
    case_study.title = "Ploughs that think"
    case_study.save_revision().publish()
    assert LogEntry.objects.filter(seq__gt=before, kind="comment", item_id=comment.pk).exists()
    assert KIND.documents([comment.pk])[0].display["on"] == "Ploughs that think"
    before = LogEntry.objects.order_by("-seq").first().seq
    case_study.move(other_municipality, "last-child")
    assert LogEntry.objects.filter(seq__gt=before, kind="comment", item_id=comment.pk).exists()
    (document,) = KIND.documents([comment.pk])
    assert document.facets["municipality"] == (other_municipality.slug,)


def test_a_draft_of_the_page_costs_its_comments_nothing(case_study, comment):
    before = LogEntry.objects.filter(kind="comment").count()
    case_study.title = "Only a draft"
    case_study.save_revision()
    assert LogEntry.objects.filter(kind="comment").count() == before


def test_labels_are_the_pages(case_study, comment, sam):
    group = factories.make_group(sam)
    case_study.audience = "group"
    case_study.groups.set([group])
    case_study.save_revision().publish()
    (document,) = KIND.documents([comment.pk])
    assert document.labels == (f"group:{group.pk}",)
