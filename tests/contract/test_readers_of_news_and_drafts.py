"""The channels of sharing and of news, asked by everybody: editions, follows, inbox, mail, adoption, drafts, links."""

import uuid

import pytest
from django.core import mail
from django.urls import reverse

from authoring.clearance import actions as clearance
from core.happenings import happened
from notifications.inbox import actions as inbox
from notifications.inbox import sending, telling
from notifications.inbox.models import Follow, News, Pace
from tests import factories
from tests.contract.readers import ALLOWED, CANARY, MEMBERS, READERS, shows

pytestmark = pytest.mark.django_db
AUDIENCES = ["public", "members", "municipality", "group"]
PEOPLE = sorted(MEMBERS | {"removed", "unverified"})


def narrow(page, audience, group):
    page.audience = audience
    page.groups.set([group] if audience == "group" else [])
    page.save_revision().publish()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_pages_about_an_item_are_for_its_readers(subtests, sign_in, town, area, group, audience):
    page = factories.make_case_study(town, area, title=f"Plough {CANARY}", slug="plough")
    narrow(page, audience, group)
    editions = reverse("authoring:editions", args=[page.pk])
    about = [
        reverse("notifications:choose", args=["case_study", page.pk]),
        reverse("adoptions:adopt", args=[page.pk]),
        reverse("discussions:add_comment", args=[page.pk]),
    ]
    for reader in READERS:
        with subtests.test(reader=reader):
            client, allowed = sign_in(reader), reader in ALLOWED[audience]
            assert bool(shows(client, editions)) is allowed
            found = shows(client, *about)
            assert allowed or not found
            # Nobody here answers for the page.
            retire = reverse("library:retire", args=[page.pk])
            assert client.get(retire).status_code == (302 if reader == "nobody" else 404)
            for act in ("use_again", "still_true"):
                sent = client.post(reverse(f"library:{act}", args=[page.pk]))
                assert sent.status_code == (302 if reader == "nobody" else 404)
            # Whoever belongs somewhere can follow and comment on what they read.
            assert reader not in MEMBERS or about[0] in found or not allowed
            if not allowed:
                never = editions.replace(str(page.pk), "9" * len(str(page.pk)))
                hidden, other = client.get(editions), client.get(never)
                assert (hidden.status_code, dict(hidden.items())) == (other.status_code, dict(other.items()))


@pytest.mark.parametrize("audience", AUDIENCES)
def test_news_of_an_item_reaches_its_readers_in_the_inbox_and_by_mail(
    subtests, sign_in, cast, town, area, group, audience
):
    """Everybody followed it while it was public; what happens afterwards is for those who may still read it."""
    page = factories.make_case_study(town, area, title=f"Plough {CANARY}", slug="plough")
    for name in PEOPLE:
        follow = inbox.follow(by=cast[name], kind="case_study", item_id=page.pk)
        inbox.set_pace(follows=Follow.objects.filter(pk=follow.pk), pace=Pace.AT_ONCE)
    sign_in("removed")
    narrow(page, audience, group)
    happened("item.changed", page.kind, page.pk)
    telling.tell()
    sending.send_due()
    allowed = ALLOWED[audience] & set(PEOPLE)
    assert {address for letter in mail.outbox for address in letter.to} == {
        cast[name].email for name in allowed
    }
    assert set(News.objects.values_list("person__first_name", flat=True)) == allowed
    for reader in PEOPLE:
        with subtests.test(reader=reader):
            client = sign_in(reader)
            seen = shows(client, reverse("notifications:inbox"), reverse("notifications:following"))
            assert len(seen) == (2 if reader in allowed else 0), seen


@pytest.mark.parametrize("audience", AUDIENCES)
def test_news_that_was_told_shows_to_nobody_who_may_not_read_its_page_by_then(
    subtests, sign_in, cast, town, area, group, audience
):
    page = factories.make_case_study(town, area, title=f"Plough {CANARY}", slug="plough")
    for name in PEOPLE:
        inbox.follow(by=cast[name], kind="case_study", item_id=page.pk)
    happened("item.changed", page.kind, page.pk)
    telling.tell()
    assert News.objects.count() == len(PEOPLE)
    sign_in("removed")
    narrow(page, audience, group)
    sending.send_due()
    assert not [letter for letter in mail.outbox if CANARY in letter.body]
    for reader in PEOPLE:
        with subtests.test(reader=reader):
            shown = bool(shows(sign_in(reader), reverse("notifications:inbox")))
            assert shown is (reader in ALLOWED[audience])


def test_a_draft_on_the_site_is_for_those_who_write_it(subtests, sign_in, cast, town, area):
    draft = factories.make_case_study(town, area, title=f"Plough {CANARY}", live=False)
    draft.save_revision()
    names = ("edit", "preview", "review", "looking", "editions")
    addresses = [reverse(f"authoring:{name}", args=[draft.pk]) for name in names]
    admin = factories.make_person("ada@example.org", is_superuser=True)
    for reader in READERS:
        with subtests.test(reader=reader):
            client = sign_in(reader)
            assert shows(client, *addresses, reverse("authoring:start")) == []
            allowed = {302, 404, 405} if reader == "nobody" else {404, 405}
            assert {client.get(address).status_code for address in addresses} <= allowed
            for act in ("act", "review_act"):
                sent = client.post(reverse(f"authoring:{act}", args=[draft.pk]), {"action": "submit"})
                assert sent.status_code == (302 if reader == "nobody" else 404)
            assert draft.current_workflow_state is None
    link = clearance.ask(
        by=admin, page=draft, key=uuid.uuid4(), name="Legal", email="l@town.ca", language="en", days=7
    )
    address = reverse("authoring:clear", args=[clearance.token_of(link)])
    for reader in READERS:
        with subtests.test(reader=reader, channel="link"):
            assert shows(sign_in(reader), address) == [address]
    clearance.revoke(by=admin, link=link)
    for reader in READERS:
        with subtests.test(reader=reader, channel="revoked link"):
            assert shows(sign_in(reader), address) == []
