"""Channels that show only some kinds of things, and states and readers that need more than a flag.

The matrix of items is in `test_access`; here are people, questions, candid notes, adoptions, groups,
old addresses, drafts, mails and files of an export, each asked by everybody who may stand in some relation to it.
"""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupApprovalTask, Workflow, WorkflowTask

from casestudies.models import CaseStudyPage
from discussions.models import Answer, FirstPostCheck, Question
from discussions.moderation import firstposts
from discussions.questions import answering, asking, overdue
from library.links.models import OutboundLink
from library.people import actions as people
from members.roles import actions as roles
from notifications import delivery, feeds, news
from notifications.inbox import sending, telling
from notifications.inbox.models import Follow, News
from notifications.models import SavedSearch
from search import readers, registry
from tests import factories
from tests.contract.readers import (
    ALLOWED,
    CANARY,
    GROUP,
    HERE,
    MEMBERS,
    READERS,
    WRITERS,
    index_all,
    shows,
    text_of,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("audience", ["public", "members", "municipality"])
def test_questions(subtests, sign_in, town, area, audience):
    question = factories.make_question(town, area, title=f"Salt {CANARY}?", audience=audience)
    index_all()
    for reader in READERS:
        with subtests.test(reader=reader):
            client = sign_in(reader)
            addresses = [question.get_absolute_url(), "/en/questions/", f"/en/service-areas/{area.slug}/"]
            found = shows(client, *addresses) + shows(client, "/en/search/", q="salt")
            assert len(found) == (4 if reader in ALLOWED[audience] else 0), found
            if reader not in ALLOWED[audience]:
                other = client.get(
                    question.get_absolute_url().replace(
                        f"/{question.pk}/", f"/{'9' * len(str(question.pk))}/"
                    )
                )
                hidden = client.get(question.get_absolute_url())
                assert (hidden.status_code, dict(hidden.items())) == (other.status_code, dict(other.items()))


@pytest.mark.parametrize("audience", ["public", "members", "municipality"])
def test_candid_notes_and_adoptions(subtests, sign_in, town, elsewhere, area, audience):
    page = factories.make_case_study(town, area, candid_note=f"Vendor {CANARY}", candid_audience=audience)
    other = factories.make_case_study(elsewhere, area, title="Brine", slug="brine")
    factories.make_adoption(town, other, audience=audience)
    index_all()
    for reader in READERS:
        with subtests.test(reader=reader):
            client = sign_in(reader)
            assert bool(shows(client, page.url)) is (reader in ALLOWED[audience])
            assert ("Innisfil" in text_of(client, other.url)) is (reader in ALLOWED[audience])
            # A hit names the adopters that everybody may know of.
            assert ("Innisfil" in text_of(client, "/en/search/", q="brine")) is (audience == "public")


@pytest.mark.parametrize("audience", ["public", "members", "municipality"])
def test_an_adoption_s_record_and_what_counts_it(subtests, sign_in, town, elsewhere, area, audience):
    """Its own page, the adopter's page, what the source's municipality is said to have given, and thanks."""
    source = factories.make_case_study(elsewhere, area, title="Brine", slug="brine")
    adoption = factories.make_adoption(
        town,
        source,
        audience=audience,
        changes=CANARY,
        months_saved=4321,
        thanks=f"Thanks {CANARY}",
        thanks_shown=True,
    )
    hidden = factories.make_case_study(elsewhere, area, title="Salt", slug="salt", audience="municipality")
    untold = factories.make_adoption(town, hidden, changes="zqother", months_saved=8765)
    insiders = {"member-elsewhere", "in-the-group", "leads-another-group", "removed"}
    for reader in READERS:
        with subtests.test(reader=reader):
            client = sign_in(reader)
            allowed = reader in ALLOWED[audience]
            seen = shows(client, adoption.get_absolute_url(), source.url, town.url, elsewhere.url)
            assert len(seen) == (4 if allowed else 0), seen
            # Of a source for another town's own people nothing is told, whatever the adoption's audience.
            if reader not in insiders:
                pages = (untold.get_absolute_url(), "/en/", town.url, elsewhere.url)
                told = [text_of(client, address) for address in pages]
                assert "zqother" not in "".join(told)
                assert ["4,321" in text for text in told] == [False, allowed, False, allowed]


@pytest.mark.parametrize("audience", ["public", "members", "municipality"])
def test_an_accepted_answer_on_a_page_and_in_what_a_town_gave(
    subtests, sign_in, cast, town, elsewhere, area, audience
):
    page = factories.make_case_study(elsewhere, area, title="Brine", slug="brine")
    question = factories.make_question(town, area, audience=audience, about=page, by=cast["member-here"])
    answer = Answer.objects.create(
        question=question,
        municipality=elsewhere,
        body=f"We do {CANARY}",
        accepted=True,
        thanks=f"Thanks {CANARY}",
        thanks_shown=True,
    )
    for reader in READERS:
        with subtests.test(reader=reader):
            client = sign_in(reader)
            seen = shows(client, page.url, question.get_absolute_url(), elsewhere.url)
            assert len(seen) == (3 if reader in ALLOWED[audience] else 0), seen
            if reader not in ALLOWED[audience] and reader != "nobody":
                for address in (f"/en/questions/answer/{question.pk}/", f"/en/answers/act/{answer.pk}/"):
                    hidden = client.post(address, {"body": "x", "action": "accept"})
                    never = client.post(
                        address.replace(f"/{question.pk}/", "/999999/"), {"body": "x", "action": "accept"}
                    )
                    assert hidden.status_code == never.status_code == 404


def test_who_asked_without_a_name_is_told_to_nobody_but_those_who_answer_for_it(
    subtests, sign_in, cast, index, elsewhere, area
):
    from members.models import Region

    region = Region.objects.create(name="Farland", slug="farland")
    far = factories.make_municipality(index, f"Town of {CANARY}", region=region)
    far_person = factories.make_person("far@example.org", first_name="Fay", municipality=far)
    question = factories.make_question(far, area, title="Salt or brine?", anonymous=True, by=far_person)
    Answer.objects.create(
        question=question, municipality=far, body="Thank you.", by=far_person, as_asker=True
    )
    index_all()
    for reader in READERS:
        with subtests.test(reader=reader):
            client = sign_in(reader)
            pages = [
                question.get_absolute_url(),
                f"/en/service-areas/{area.slug}/",
                f"/en/similar/question/{question.pk}/",
                *("/en/questions/", "/en/questions/mine/", "/en/coordination/questions/", "/en/log/"),
            ]
            assert "Salt or brine?" in text_of(client, question.get_absolute_url())
            seen = shows(client, *pages) + shows(client, "/en/search/", q="salt brine")
            seen += shows(client, "/en/search/feed/", q="salt brine") + shows(
                client, "/en/search/suggest/", q="salt"
            )
            assert seen == []


def _follow(person, *things):
    for kind, pk in things:
        Follow.objects.create(person=person, kind=kind, item_id=pk, pace="at_once")


@pytest.mark.parametrize("nameless", [False, True])
def test_first_posts_that_wait_are_there_for_those_who_check_them_alone(
    subtests, sign_in, cast, town, elsewhere, area, nameless, tmp_path
):
    """A question and an answer that wait, in every channel; also where somebody follows all that they belong to."""
    FirstPostCheck.objects.create(municipality=elsewhere)
    new = factories.make_person("new@example.org", first_name="Nia", municipality=elsewhere)
    page = factories.make_case_study(town, area, title="Brine", slug="brine")
    other = factories.make_question(town, area, title="Sand or grit?", by=cast["member-here"], about=page)
    people.offer(by=cast["member-here"], can_help=[area])
    for person in cast.values():
        _follow(person, (page.kind, page.pk), ("question", other.pk), ("service_area", area.pk),
                ("municipality", elsewhere.pk), ("person", new.pk))  # fmt: skip
    held = asking.ask(
        title=f"Salt {CANARY}?", body=f"Salt {CANARY}", service_area=area, audience="public", language="en",
        by=new, about=page, anonymous=nameless,
    )  # fmt: skip
    answer = answering.answer(by=new, question=other, body=f"Salt {CANARY}")
    long_ago = timezone.now() - timedelta(days=30)
    Question.objects.update(asked=long_ago)
    while telling.tell():
        pass
    index_all()
    assert sending.send_due(timezone.now() + timedelta(days=8)) == 0
    assert not News.objects.exists()
    assert not held.routes.exists()
    assert set(overdue.overdue()) == {other}, (
        "an answer that waits is none, and nobody waits for one to what waits"
    )
    assert registry.documents("question", [held.pk]) == ([], [])
    pages = [
        held.get_absolute_url(), other.get_absolute_url(), page.url, town.url, elsewhere.url,
        "/en/", "/fr/", "/en/questions/", "/en/questions/?open=1", "/en/questions/mine/", "/en/library/",
        f"/en/service-areas/{area.slug}/", f"/en/similar/question/{other.pk}/", f"/en/similar/question/{held.pk}/",
        "/en/coordination/questions/", "/en/log/", "/en/inbox/", "/en/my/follows/", "/sitemap.xml",
        f"/en/moderation/report/question/{held.pk}/", f"/en/moderation/report/answer/{answer.pk}/",
        f"/en/moderation/case/question/{held.pk}/", f"/en/moderation/case/answer/{answer.pk}/",
        f"/en/questions/edit/{held.pk}/", f"/en/answers/edit/{answer.pk}/", f"/en/follow/question/{held.pk}/",
    ]  # fmt: skip
    # Who checks; of what has no name only who knows the asker anyway, of the rest moderators (publishers: see unit tests).
    checks = {
        ("question", held.pk): {"coordinator"} if nameless else {"moderator"},
        ("answer", answer.pk): {"moderator"},
    }
    for reader in READERS:
        with subtests.test(reader=reader):
            client = sign_in(reader)
            assert shows(client, *pages) == []
            assert shows(client, "/en/search/", q="salt") + shows(client, "/en/search/feed/", q="salt") == []
            assert shows(client, "/en/search/suggest/", q="salt") == []
            assert "1 answer" not in text_of(client, "/en/questions/") + text_of(
                client, other.get_absolute_url()
            )
            draft = {
                "title": "Salt?",
                "body": "Salt",
                "service_area": area.pk,
                "audience": "public",
                "language": "en",
            }
            if reader in WRITERS:
                assert CANARY not in client.post("/en/questions/ask/", draft).content.decode()
            for (kind, pk), who in checks.items():
                queue = text_of(client, "/en/moderation/")
                assert (f"/moderation/check/{kind}/{pk}/" in queue) is (reader in who)
                if reader not in who:
                    hidden, never = (
                        client.post(f"/en/moderation/check/{kind}/{number}/", {"action": "approve"})
                        for number in (pk, 999_999)
                    )
                    assert hidden.status_code == never.status_code
                    assert hidden.status_code in {302, 404}
            gone = client.post(f"/en/questions/answer/{held.pk}/", {"body": "x"})
            assert gone.status_code in {302, 404}
            if reader in cast:
                target = tmp_path / f"{reader}.jsonl"
                call_command("export_library", target, email=cast[reader].email)
                assert CANARY not in target.read_text()
    assert firstposts.holds(new, "public"), "nobody has decided anything"


@pytest.mark.parametrize("audience", ["public", "members", "municipality", "group"])
def test_comments_are_for_the_readers_of_their_page(subtests, sign_in, cast, town, area, group, audience):
    """On the page, by their own address, their thread's and history's, as a file, in the search."""
    page = factories.make_case_study(town, area, title="Ploughs", slug="ploughs")
    file = SimpleUploadedFile("plan.txt", f"plan {CANARY}".encode())
    comment = factories.make_comment(page, cast["member-here"], f"Auger {CANARY}", files=[file])
    reply = factories.make_comment(page, cast["member-elsewhere"], f"Salt {CANARY}", answers_to=comment)
    index_all()
    page.audience = audience
    page.groups.set([group] if audience == "group" else [])
    page.save_revision().publish()
    own = [f"/en/comments/{comment.pk}/{what}" for what in ("thread/", "history/", "edit/")]
    addresses = [page.url, *own[:2], f"/en/comments/files/{comment.files.get().pk}/plan.txt"]
    for step in ("the index still as it was", "the index has heard"):
        for reader in READERS:
            with subtests.test(reader=reader, step=step):
                client, allowed = sign_in(reader), reader in ALLOWED[audience]
                assert len(shows(client, *addresses)) == (4 if allowed else 0)
                assert client.get(comment.get_absolute_url()).status_code == (302 if allowed else 404)
                assert client.get(reply.get_absolute_url()).status_code == (302 if allowed else 404)
                found = bool(shows(client, "/en/search/", q="auger"))
                assert found is allowed or (allowed and step == "the index still as it was")
                writes = f"/en/comments/on/{page.pk}/?reply={comment.pk}&quote=1"
                assert bool(shows(client, writes)) is (allowed and reader in WRITERS)
                if not allowed:
                    assert client.post(f"/en/comments/{comment.pk}/act/").status_code in {302, 404}
                    report = client.get(f"/en/moderation/report/comment/{comment.pk}/")
                    assert report.status_code in {302, 404}
        index_all()


def test_that_a_link_leads_nowhere_is_for_those_who_answer_for_its_page(
    subtests, sign_in, cast, town, area, settings
):
    settings.LINK_CHECK = True
    page = factories.make_case_study(town, area, title="Plough")
    OutboundLink.objects.create(
        page_id=page.pk,
        url=f"https://{CANARY}.example.org/",
        host=CANARY,
        state="broken",
        first_failed=timezone.localdate(),
    )
    cast["publisher"] = factories.make_person("publisher@example.org", municipality=town)
    admin = factories.make_person("admin@example.org", is_superuser=True)
    roles.name_role(by=admin, person=cast["publisher"], municipality=town, role="publisher")
    for reader in [*READERS, "publisher"]:
        with subtests.test(reader=reader):
            client, answers = sign_in(reader), reader == "publisher"
            desk = f"/en/municipalities/{town.slug}/manage/"
            assert shows(client, page.url, town.url, desk, "/en/") == ([page.url] if answers else [])
            assert ("Links that lead nowhere" in text_of(client, desk)) is answers


def test_people_are_for_members(subtests, sign_in, town, area):
    colleague = factories.make_person("z@example.org", first_name="Zed", last_name=CANARY, municipality=town)
    people.offer(by=colleague, about=f"About {CANARY}", can_help=[area])
    index_all()
    for reader in READERS:
        with subtests.test(reader=reader):
            client = sign_in(reader)
            seen = shows(client, colleague.get_absolute_url(), reverse("library:write_to", args=[colleague.pk]),
                         "/en/people/", "/en/people/?help=" + area.slug)  # fmt: skip
            seen += shows(client, "/en/search/", q="zed") + shows(client, "/en/search/suggest/", q="zed")
            assert len(seen) == (6 if reader in ALLOWED["members"] else 0), seen
            if reader not in ALLOWED["members"]:
                assert client.post(
                    reverse("library:write_to", args=[colleague.pk]), {"message": "x"}
                ).status_code in {302, 404}
                assert not mail.outbox


def test_what_a_group_shares_shows_on_its_page_to_the_group_alone(subtests, sign_in, town, area, group):
    page = factories.make_case_study(town, area, title=f"Plough {CANARY}", audience="group", groups=[group])
    index_all()
    for reader in READERS:
        with subtests.test(reader=reader):
            client = sign_in(reader)
            seen = shows(client, group.get_absolute_url(), page.url, "/en/")
            assert len(seen) == (3 if reader in GROUP else 0), seen


@pytest.fixture
def workflow(db):
    from django.contrib.auth.models import Group

    task = GroupApprovalTask.objects.create(name="Review")
    task.groups.add(Group.objects.create(name="Reviewers"))
    workflow = Workflow.objects.create(name="Review")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    return workflow


def _in_review(page, workflow):
    workflow.start(page, None)


def _scheduled(page, workflow):
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()


def _expired(page, workflow):
    page.save_revision().publish()
    CaseStudyPage.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled", verbosity=0)


STATES = {"in review": _in_review, "scheduled": _scheduled, "expired": _expired}


@pytest.mark.parametrize("state", STATES)
def test_what_is_not_published_shows_to_no_reader(subtests, sign_in, town, area, workflow, state):
    page = factories.make_case_study(town, area, title=f"Plough {CANARY}", slug=CANARY, live=False)
    page.save_revision()
    STATES[state](page, workflow)
    page.refresh_from_db()
    assert not page.live
    index_all()
    for reader in READERS:
        with subtests.test(reader=reader):
            client = sign_in(reader)
            editor = [
                f"/admin/pages/{page.pk}/{what}/"
                for what in ("view_draft", "history", "edit", "edit/preview")
            ]
            assert shows(client, page.url, town.url, "/en/", "/en/library/", "/sitemap.xml", *editor) == []
            assert shows(client, "/en/search/", q="plough") == []
            for address in editor:
                assert client.get(address).status_code in {302, 403, 404}


@pytest.mark.parametrize("audience", ["public", "members", "municipality", "group"])
def test_an_old_address_tells_the_new_one_to_its_readers_only(subtests, sign_in, town, area, group, audience):
    page = factories.make_case_study(
        town, area, slug=CANARY, audience=audience, groups=[group] if audience == "group" else []
    )
    Redirect.objects.create(old_path="/en/old-place", redirect_page=page)
    for reader in READERS:
        with subtests.test(reader=reader):
            answer = sign_in(reader).get("/en/old-place/")
            if reader in ALLOWED[audience]:
                assert CANARY in answer["Location"]
            else:
                never = client_get_never(sign_in(reader))
                assert (answer.status_code, dict(answer.items())) == (404, dict(never.items()))


def client_get_never(client):
    return client.get("/en/new-place/")


@pytest.mark.parametrize("audience", ["members", "municipality", "group"])
def test_mail_feed_and_export_ask_anew(subtests, sign_in, cast, town, area, group, audience, tmp_path):
    """The search was saved when all could see the item; it is narrowed before the mail leaves."""
    now = timezone.now()
    asking = sorted(MEMBERS | {"unverified"})
    saved = {
        name: SavedSearch.objects.create(
            person=cast[name], name="Mine", query="q=plough", cadence="daily",
            feed_key=str(number) * 20, looked=now - timedelta(days=2),
        )
        for number, name in enumerate(asking)
    }  # fmt: skip
    page = factories.make_case_study(town, area, title=f"Plough {CANARY}")
    readers.catch_up()
    assert [news.look(search, now) for search in saved.values()] == [1] * len(saved)
    page.audience = audience
    page.groups.set([group] if audience == "group" else [])
    page.save_revision().publish()
    delivery.send_due(now)
    told = {letter.to[0] for letter in mail.outbox if CANARY in letter.body}
    index_all()
    client = sign_in("nobody")
    for reader in asking:
        with subtests.test(reader=reader):
            expected = reader in ALLOWED[audience]
            assert (cast[reader].email in told) is expected
            assert bool(shows(client, feeds.address(saved[reader]))) is expected
            target = tmp_path / f"{reader}.jsonl"
            call_command("export_library", target, email=cast[reader].email)
            assert (CANARY in target.read_text()) is expected


def test_link_previews_and_error_pages_say_nothing(subtests, sign_in, town, area):
    """What a chat shows of a link: title, description, headers, status; HEAD as well as GET."""
    page = factories.make_case_study(town, area, title=f"P {CANARY}", summary=CANARY, audience="municipality")
    for reader in READERS:
        with subtests.test(reader=reader):
            client = sign_in(reader)
            missing = page.url.replace(page.slug, "x" * len(page.slug))
            for method in ("get", "head"):
                hidden, never = (getattr(client, method)(address) for address in (page.url, missing))
                if reader in HERE:
                    assert hidden.status_code == 200
                    continue
                assert hidden.status_code == never.status_code == 404
                assert dict(hidden.items()) == dict(never.items())
                assert hidden.content.replace(page.slug.encode(), b"") == never.content.replace(
                    b"x" * len(page.slug), b""
                )


@pytest.mark.parametrize(("old", "new"), [("members", "municipality"), ("municipality", "members")])
def test_narrowing_and_widening_count_at_once_for_questions_notes_and_adoptions(
    sign_in, town, elsewhere, area, old, new, monkeypatch
):
    question = factories.make_question(town, area, title=f"Salt {CANARY}?", audience=old)
    noted = factories.make_case_study(town, area, candid_note=CANARY, candid_audience=old)
    taken = factories.make_case_study(elsewhere, area, title="Brine", slug="brine")
    adoption = factories.make_adoption(town, taken, audience=old)
    index_all()
    client = sign_in("member-elsewhere")

    def seen():
        found = shows(client, question.get_absolute_url(), "/en/questions/", noted.url)
        return len(found) + ("Innisfil" in text_of(client, taken.url))

    def searched():
        return bool(shows(client, "/en/search/", q="salt"))

    assert (seen(), searched()) == ((4, True) if old == "members" else (0, False))
    monkeypatch.setattr("django.db.transaction.on_commit", lambda action, **_: action())
    for thing in (question, adoption):
        thing.audience = new
        thing.save()
    noted.candid_audience = new
    noted.save_revision().publish()
    # The index still stands as it was.
    assert seen() == (4 if new == "members" else 0)
    if new == "municipality":
        assert not searched()


def test_who_moves_to_another_municipality_leaves_its_things_behind_at_once(
    sign_in, cast, town, elsewhere, area
):
    page = factories.make_case_study(town, area, title=f"Plough {CANARY}", audience="municipality")
    question = factories.make_question(town, area, title=f"Salt {CANARY}?", audience="municipality")
    index_all()
    client = sign_in("member-here")
    assert len(shows(client, page.url, question.get_absolute_url())) == 2
    roles.place_person(person=cast["member-here"], municipality=elsewhere)
    assert shows(client, page.url, question.get_absolute_url(), "/en/", town.url) == []
    assert shows(client, "/en/search/", q="plough") == []
