"""Fault F21: ten thousand comments on one page, one thread fifty deep, a thousand mentions.

A page is compared with one of twenty comments on the same machine in the same run, beside the absolute figures.
"""

import time

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.log import LogEntry
from discussions.comments import limits
from discussions.comments.models import Comment, Mention, new_token
from search.kinds import comment as found
from tests import factories

pytestmark = pytest.mark.django_db
MANY, FEW, DEEP = 10_000, 20, 50


@pytest.fixture
def sam(other_municipality):
    return factories.make_person("sam@whitby.ca", municipality=other_municipality, first_name="Sam")


def seed(page, author, number):
    """Threads, every tenth comment a reply in one long thread."""
    html = {"body": "<p>We ploughed at night and salted in the morning, it took two people.</p>"}
    common = {
        "page_id": page.pk,
        "author": author,
        "municipality": author.municipality,
        "body": "We ploughed.",
        "rendered": html,
    }
    starter = Comment.objects.create(**{**common, "token": new_token()})
    rows = []
    for at in range(1, number):
        replies = {"thread_id": starter.pk, "answers_to_id": starter.pk} if at <= DEEP or at % 10 == 0 else {}
        rows.append(Comment(**common, **replies, token=new_token()))
    Comment.objects.bulk_create(rows, batch_size=1_000)
    return starter


@pytest.fixture
def pages(case_study, municipality, area, sam):
    small = factories.make_case_study(municipality, area, title="Small", slug="small")
    seed(case_study, sam, MANY)
    seed(small, sam, FEW)
    people = [factories.make_person(f"p{n}@whitby.ca", municipality=sam.municipality) for n in range(10)]
    comments = Comment.objects.filter(page=case_study)[:100]
    Mention.objects.bulk_create([Mention(comment=each, person=p) for each in comments for p in people])
    return case_study, small


def best(action, times=5):
    """The shortest of some tries, in seconds of computing: other work on the machine does not count."""
    taken = []
    for _ in range(times):
        cache.clear()
        began = time.process_time()
        action()
        taken.append(time.process_time() - began)
    return min(taken)


def test_ten_thousand_comments_on_one_page(subtests, client, pages, sam):
    big, small = pages
    client.force_login(sam)
    with subtests.test("the first page"):
        client.get(big.url)
        with CaptureQueriesContext(connection) as asked:
            html = client.get(big.url).content
        with CaptureQueriesContext(connection) as asked_small:
            client.get(small.url)
        assert len(asked) <= len(asked_small) + 1
        assert len(asked) <= 25
        comments = [each for each in asked if "discussions_" in each["sql"]]
        assert len(comments) <= 12
        assert len(html) <= 300_000
        taken = best(lambda: client.get(big.url))
        assert taken <= 0.8
        assert taken <= 3 * best(lambda: client.get(small.url))
    with subtests.test("the address of the last comment, and of one deep in the long thread"):
        last = Comment.objects.filter(page=big, thread=None).last()
        where = client.get(last.get_absolute_url())["Location"]
        assert f'id="comment-{last.pk}"' in client.get(where.partition("#")[0]).content.decode()
        deep = Comment.objects.filter(page=big, thread__isnull=False).last()
        where = client.get(deep.get_absolute_url())["Location"]
        assert "/thread/?page=" in where
        assert f'id="comment-{deep.pk}"' in client.get(where.partition("#")[0]).content.decode()
    with subtests.test("the last page is not slower than the first"):
        last_page = f"{big.url}?comments=100000"
        assert best(lambda: client.get(last_page)) <= 3 * best(lambda: client.get(small.url))
    with subtests.test("posting"):
        address = f"/en/comments/on/{big.pk}/"

        # Somebody who has not just written ten thousand.
        client.force_login(factories.make_person("new@whitby.ca", municipality=sam.municipality))

        def post():
            answer = client.post(address, {"body": "One more.", "token": new_token()})
            assert answer.status_code == 302

        assert best(post, 3) <= 0.5
    with subtests.test("indexing"):
        ids = list(Comment.objects.filter(page=big).values_list("pk", flat=True)[:300])
        with CaptureQueriesContext(connection) as asked:
            assert len(found.KIND.documents(ids)) == 300
        assert len(asked) <= 12
        assert best(lambda: found.KIND.documents(ids), 3) <= 2
    with subtests.test("narrowing takes all of them along, in one go"):
        before = LogEntry.objects.count()
        big.audience = "municipality"
        with CaptureQueriesContext(connection) as asked:
            began = time.process_time()
            big.save_revision().publish()
            taken = time.process_time() - began
        written = LogEntry.objects.filter(seq__gt=0, kind="comment", reason="audience").count()
        assert written >= MANY
        assert LogEntry.objects.count() - before < 2 * MANY + 100
        assert len(asked) < 200
        assert taken < 5


def test_a_page_shows_so_many_threads_and_of_each_so_many_replies(client, case_study, sam):
    starter = seed(case_study, sam, 40)
    html = client.get(case_study.url).content.decode()
    assert html.count('class="comment comment-shown"') == 1 + limits.REPLIES
    assert f"Read {39 - limits.REPLIES} more replies" in html
    thread = client.get(f"/en/comments/{starter.pk}/thread/").content.decode()
    assert thread.count('class="comment comment-shown"') == 40


def test_page_without_comments_asks_only_whether_there_are_any(client, case_study, sam):
    client.force_login(sam)
    client.get(case_study.url)
    with CaptureQueriesContext(connection) as queries:
        html = client.get(case_study.url).content.decode()
    asked = [each["sql"] for each in queries if "discussions_comment" in each["sql"]]
    assert len(asked) == 1
    assert 'name="body"' in html, "and there is a form to write the first one in"
