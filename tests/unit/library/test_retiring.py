"""Retiring a page with a pointer: who may, what readers see of it, where it stands, and taking it back."""

import datetime

import pytest
import time_machine
from django.urls import reverse
from wagtail.models import PageLogEntry

from core.happenings import Happening
from core.log import LogEntry
from library import asking, care
from library.listing import newest, of_municipality
from library.models import Reminder
from library.retiring import actions
from library.retiring.finding import meant
from library.versions import version_of
from members.audience import ANONYMOUS, reader_for
from members.refusal import Refused
from members.roles import actions as roles
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 26)
WHY = "The vendor stopped the product <in June>."


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(datetime.datetime(2026, 11, 26, 17, tzinfo=datetime.UTC)):
        yield


@pytest.fixture
def item(municipality, area):
    return factories.make_case_study(municipality, area=area)


@pytest.fixture
def newer(municipality, area):
    return factories.make_playbook(municipality, area=area, title="Plough with care", slug="newer")


def address(item):
    return reverse("library:retire", args=[item.pk])


def shown(client, item):
    return client.get(item.get_url()).content.decode()


def test_a_publisher_retires_a_page_and_readers_are_sent_on(client, publisher, item, newer):
    client.force_login(publisher)
    assert address(item) in shown(client, item)
    before = LogEntry.objects.filter(kind="case_study", item_id=item.pk).count()
    answer = client.post(address(item), {"why": WHY, "instead": newer.get_url()})
    assert answer.status_code == 302
    item.refresh_from_db()
    assert (item.retired_on, item.retired_why, item.see_instead_id) == (TODAY, WHY, newer.pk)
    assert LogEntry.objects.filter(kind="case_study", item_id=item.pk).count() == before + 1
    assert PageLogEntry.objects.get(action="item.retire").data == {"why": WHY}
    assert [row.verb for row in Happening.objects.filter(by=publisher)] == ["item.retired"]
    html = shown(client, item)
    assert "Use it again" in html
    assert address(item) not in html
    client.logout()
    html = shown(client, item)
    assert "Retired on Nov. 26, 2026 by Innisfil:" in html
    assert "The vendor stopped the product &lt;in June&gt;." in html
    assert f'href="{newer.get_url()}"' in html
    assert "Use it again" not in html


def test_it_is_used_again_by_the_same_people(client, publisher, item, newer):
    actions.retire(by=publisher, item=item, why=WHY, instead=newer)
    client.force_login(publisher)
    for _ in range(2):
        assert client.post(reverse("library:use_again", args=[item.pk])).status_code == 302
    item.refresh_from_db()
    assert (item.retired_on, item.retired_why, item.see_instead_id) == (None, "", None)
    assert "This page is retired" not in shown(client, item)
    assert Happening.objects.filter(verb="item.used_again").count() == 1


@pytest.mark.parametrize("who", ["member", "another town’s publisher", "nobody"])
def test_to_others_there_is_no_such_page(client, item, municipality, other_municipality, who):
    nowhere = reverse("library:retire", args=[999_999])
    if who != "nobody":
        town = municipality if who == "member" else other_municipality
        person = factories.make_person("other@town.ca", municipality=town)
        if who != "member":
            admin = factories.make_person("admin@example.org", is_superuser=True)
            roles.name_role(by=admin, person=person, municipality=town, role="publisher")
        client.force_login(person)
        for act in (actions.use_again, lambda **given: actions.retire(why=WHY, **given)):
            with pytest.raises(Refused):
                act(by=person, item=item)
    for ask in (client.get, client.post):
        there, never = ask(address(item)), ask(nowhere)
        assert there.status_code == never.status_code == (302 if who == "nobody" else 404)
    assert client.post(reverse("library:use_again", args=[item.pk])).status_code in (302, 404)
    item.refresh_from_db()
    assert item.retired_on is None
    assert address(item) not in shown(client, item)


def test_the_link_is_for_readers_who_may_see_where_it_leads(client, publisher, item, municipality):
    inner = factories.make_case_study(municipality, title="zqinner", slug="inner", audience="municipality")
    actions.retire(by=publisher, item=item, why=WHY, instead=inner)
    html = shown(client, item)
    assert "This page is retired" in html
    assert "zqinner" not in html
    assert "See instead" not in html
    client.force_login(publisher)
    assert "zqinner" in shown(client, item)


def test_nothing_is_named_that_the_person_may_not_see(client, publisher, item, other_municipality):
    hidden = factories.make_case_study(
        other_municipality, title="zqhidden plough", slug="hidden", audience="municipality"
    )
    client.force_login(publisher)
    for text in ("zqhidden", hidden.get_url(), hidden.identifier, "no such page"):
        answer = client.post(address(item), {"why": WHY, "instead": text, "chosen": hidden.pk})
        assert answer.status_code == 422
        html = answer.content.decode().replace(text, "")
        assert "zqhidden" not in html
        assert "You can see no other page in use" in html
    with pytest.raises(Refused):
        actions.retire(by=publisher, item=item, why=WHY, instead=hidden)
    item.refresh_from_db()
    assert item.retired_on is None


def test_words_that_mean_several_pages_bring_the_form_back_to_choose(client, publisher, item, newer):
    other = factories.make_case_study(newer.municipality, title="Plough at night", slug="night")
    client.force_login(publisher)
    said = {"why": WHY, "instead": "plough"}
    answer = client.post(address(item), said)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "The vendor stopped the product &lt;in June&gt;." in html
    assert "Plough at night (case study, Innisfil)" in html
    assert "Plough with care (playbook, Innisfil)" in html
    assert client.post(address(item), said | {"chosen": other.pk}).status_code == 302
    item.refresh_from_db()
    assert item.see_instead_id == other.pk


@pytest.mark.parametrize("why", ["", "   ", "x" * 501, "nul \x00"])
def test_bad_input_keeps_what_was_typed(client, publisher, item, why):
    client.force_login(publisher)
    answer = client.post(address(item), {"why": why, "instead": "zqtyped words"})
    assert answer.status_code == 422
    assert "zqtyped words" in answer.content.decode()
    item.refresh_from_db()
    assert item.retired_on is None


def test_five_hundred_characters_are_counted_as_browsers_count_them(client, publisher, item):
    client.force_login(publisher)
    assert client.post(address(item), {"why": "x" * 248 + "\r\n\r\n" + "y" * 250}).status_code == 302


def test_sent_twice_it_has_one_effect_and_other_words_collide(client, publisher, item):
    client.force_login(publisher)
    for _ in range(2):
        assert client.post(address(item), {"why": WHY}).status_code == 302
    assert Happening.objects.filter(verb="item.retired").count() == 1
    answer = client.post(address(item), {"why": "zqother words"})
    assert answer.status_code == 422
    assert "It was retired meanwhile" in answer.content.decode()
    assert "zqother words" in answer.content.decode()
    item.refresh_from_db()
    assert item.retired_why == WHY


def test_nobody_is_asked_whether_it_is_still_true(client, publisher, item):
    long_ago = datetime.date(2020, 1, 1)
    type(item).objects.filter(pk=item.pk).update(review_by=long_ago, contact_mailbox="roads@town.ca")
    item.refresh_from_db()
    token = care.link_token(item)
    assert asking.ask_around() == 1
    actions.retire(by=publisher, item=item, why=WHY)
    item.refresh_from_db()
    assert not item.is_stale
    assert not Reminder.objects.exists()
    assert asking.ask_around() == 0
    assert "Nobody has said lately" not in shown(client, item)
    with pytest.raises(Refused):
        care.verify(by=publisher, item=item)
    assert client.post(reverse("library:still_true_link", args=[token])).status_code == 410
    client.force_login(publisher)
    client.post(reverse("library:still_true", args=[item.pk]))
    item.refresh_from_db()
    assert item.last_verified is None


def test_drafts_from_before_and_after_leave_it_as_it_is(publisher, item, newer):
    item.title = "A better title"
    before = item.save_revision()
    version = version_of(item)
    actions.retire(by=publisher, item=item, why=WHY, instead=newer)
    before.publish()
    item.refresh_from_db()
    assert (item.title, item.retired_why, item.see_instead_id) == ("A better title", WHY, newer.pk)
    assert version_of(item) == version
    after = item.save_revision()
    actions.use_again(by=publisher, item=item)
    after.publish()
    item.refresh_from_db()
    assert item.retired_on is None


def test_it_is_in_no_list_of_what_is_new_and_last_on_its_town_s_page(publisher, item, municipality, client):
    old = factories.make_case_study(municipality, title="Older", slug="older")
    type(item).objects.filter(pk=old.pk).update(
        first_published_at=datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    )
    actions.retire(by=publisher, item=item, why=WHY)
    assert [each.title for each in newest(ANONYMOUS, 6)] == ["Older"]
    (cases,) = [group for group in of_municipality(ANONYMOUS, municipality) if group.kind == "case_study"]
    assert [each.title for each in cases.items] == ["Older", item.title]
    assert "Retired</span>" in client.get(municipality.get_url()).content.decode()
    assert item.title not in client.get("/en/").content.decode()


def test_comments_and_adoptions_go_on(client, publisher, item, other_municipality):
    actions.retire(by=publisher, item=item, why=WHY)
    factories.make_adoption(other_municipality, item)
    factories.make_comment(item, publisher, "zqcomment")
    html = shown(client, item)
    assert "zqcomment" in html
    assert other_municipality.title in html


def test_a_page_is_named_by_address_identifier_title_or_words(publisher, item, newer):
    reader = reader_for(publisher)
    url = newer.get_url()
    exact = [
        url,
        f"https://interurban.example{url}?x=1",
        url.removeprefix("/en"),
        newer.identifier,
        "plough WITH care",
    ]
    for text in exact:
        assert meant(text, reader, besides=item).page == newer, text
    assert meant("care plough", reader, besides=item).pages == (newer,)
    assert meant("care plough", reader, besides=item).page is None
    assert meant(item.title, reader, besides=item).pages == ()
    actions.retire(by=publisher, item=newer, why=WHY)
    assert meant(url, reader, besides=item).pages == ()
