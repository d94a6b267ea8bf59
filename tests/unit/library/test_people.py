"""The directory of people, what they offer, and writing to one another."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from library.models import ContactMessage, PersonArea
from library.people import actions
from members.refusal import Refused
from members.roles import actions as roles
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def pat(municipality):
    return factories.make_person(
        "pat@innisfil.example", first_name="Pat", last_name="Plough", municipality=municipality
    )


@pytest.fixture
def sam(other_municipality):
    return factories.make_person(
        "sam@whitby.example", first_name="Sam", last_name="Salt", municipality=other_municipality
    )


@pytest.fixture
def roads(db):
    return factories.make_area("TRN", label_en="Roads", label_fr="Routes", slug="roads")


@pytest.fixture
def winter(roads):
    return factories.make_area("TRN-02", slug="winter", parent=roads)


def listed(client, **query):
    page = client.get("/en/people/", query)
    assert page.status_code == 200
    return {person.last_name for person in page.context["people"]}


def choices(client, facet, **query):
    facets = {each.name: each for each in client.get("/en/people/", query).context["facets"]}
    return {choice.value: choice.count for choice in facets[facet].choices} if facet in facets else {}


def test_people_are_found_by_what_they_offer_and_where_they_are(client, pat, sam, roads, winter):
    actions.offer(
        by=sam, about="Brine, not salt.", languages=["en", "fr"], works_in=[winter], can_help=[winter]
    )
    actions.offer(by=pat, languages=["en"], works_in=[roads])
    client.force_login(pat)
    assert listed(client) == {"Plough", "Salt"}
    assert listed(client, help="winter") == {"Salt"}
    assert listed(client, help="roads") == {"Salt"}, "an area stands for all below it"
    assert listed(client, area="roads") == {"Plough", "Salt"}
    assert listed(client, language="fr") == {"Salt"}
    assert listed(client, municipality="town-of-whitby") == {"Salt"}
    assert listed(client, q="brine") == {"Salt"}
    assert listed(client, q="hivernal sam") == {"Salt"}
    assert listed(client, q="nobody\x00") == set()
    assert listed(client, help=["never", "\x00"], page="-3") == set()


def test_facets_count_what_a_further_choice_would_leave(client, pat, sam, roads, winter):
    actions.offer(by=sam, languages=["en", "fr"], works_in=[roads, winter], can_help=[winter])
    actions.offer(by=pat, languages=["en"], works_in=[roads])
    client.force_login(pat)
    assert choices(client, "area") == {"roads": 2}
    assert choices(client, "area", area="roads") == {"roads": 2, "winter": 1}
    assert choices(client, "language", help="winter") == {"en": 1, "fr": 1}
    assert choices(client, "municipality", language="en") == {"town-of-innisfil": 1, "town-of-whitby": 1}


def test_people_who_cannot_be_found_are_in_no_count(client, pat, sam, winter):
    actions.offer(by=sam, languages=["ta"], can_help=[winter])
    client.force_login(pat)
    sam.is_active = False
    sam.save()
    assert listed(client) == {"Plough"}
    assert choices(client, "language") == choices(client, "help") == {}
    assert "town-of-whitby" not in choices(client, "municipality")


def test_the_name_of_a_chosen_municipality_that_is_not_there_is_not_told(client, pat, index):
    factories.make_municipality(index, "Town of Zebraville", slug="zebra").unpublish()
    client.force_login(pat)
    assert "Zebraville" not in client.get("/en/people/", {"municipality": "zebra"}).content.decode()


def test_who_belongs_to_no_municipality_sees_nobody(client, sam):
    client.force_login(factories.make_person("new@example.org"))
    page = client.get("/en/people/")
    assert "Salt" not in page.content.decode()
    assert not page.context["facets"]
    assert client.get(reverse("library:write_to", args=[sam.pk])).status_code == 404
    assert client.get(reverse("library:write_to", args=[10**9])).status_code == 404


def test_i_say_what_i_offer(client, pat, winter):
    client.force_login(pat)
    address = reverse("library:offer")
    assert client.get(address).status_code == 200
    said = {"about": " Salt. ", "languages": ["fr"], "can_help": [winter.pk], "may_be_written_to": "on"}
    assert client.post(address, said).status_code == 302
    page = client.get(pat.get_absolute_url()).content.decode()
    assert "Salt." in page
    assert "Winter maintenance" in page
    client.post(address, {"works_in": [winter.pk]})
    assert list(PersonArea.objects.values_list("works_in", "can_help")) == [(True, False)]
    pat.refresh_from_db()
    assert not pat.profile.may_be_written_to
    assert not pat.spoken_languages.exists()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, pat, winter):
    client.force_login(pat)
    page = client.post(
        reverse("library:offer"), {"about": "x" * 601, "can_help": [winter.pk], "languages": ["fr"]}
    )
    assert page.status_code == 422
    assert "x" * 601 in page.content.decode()
    assert page.context["form"].area_groups
    assert f'name="can_help" value="{winter.pk}" checked' in page.content.decode()


def write(client, person, **data):
    return client.post(reverse("library:write_to", args=[person.pk]), {"message": "How much brine?", **data})


def test_a_message_shows_nobodys_address(client, pat, sam):
    client.force_login(pat)
    assert write(client, sam).status_code == 302
    (letter,) = mail.outbox
    assert letter.recipients() == ["sam@whitby.example"]
    assert (letter.cc, letter.bcc, letter.reply_to) == ([], [], [])
    assert "pat@innisfil.example" not in letter.message().as_string()
    assert "How much brine?" in letter.body
    assert reverse("library:write_to", args=[pat.pk]) in letter.body
    assert "sam@whitby.example" not in client.get(sam.get_absolute_url()).content.decode()
    (note,) = ContactMessage.objects.all()
    assert (note.sender, note.recipient, note.shared_address) == (pat, sam, False)
    assert "brine" not in str({field.name: getattr(note, field.name) for field in note._meta.fields})


def test_who_cannot_be_answered_is_told_so_and_sends_nothing(client, sam):
    """A moderator of no municipality reads the directory, but is not in it."""
    root = factories.make_person("root@example.org", is_superuser=True)
    moderator = factories.make_person("mo@example.org", first_name="Mo", last_name="Moderator")
    roles.name_moderator(by=root, person=moderator)
    client.force_login(moderator)
    listed = client.get("/en/people/").content.decode()
    assert "Sam Salt" in listed
    assert "does not belong to one yet" not in listed
    page = client.get(reverse("library:write_to", args=[sam.pk])).content.decode()
    assert "Peers must be able to answer you" in page
    assert "<textarea" not in page
    assert write(client, sam).status_code == 422
    assert not mail.outbox


def test_the_senders_address_goes_along_only_where_they_share_it(client, pat, sam):
    client.force_login(pat)
    write(client, sam, share_address="on")
    assert mail.outbox[0].reply_to == ["pat@innisfil.example"]


def test_no_name_writes_headers(client, pat, sam):
    pat.first_name, pat.last_name = "Pat\r\nBcc: all@example.org", "X\x1b"
    pat.save()
    client.force_login(pat)
    write(client, sam, message="Subject: x\r\nBcc: all@example.org\r\n\r\nhello")
    sent = mail.outbox[0].message()
    assert sent["Bcc"] is None
    assert "\n" not in mail.outbox[0].subject
    assert mail.outbox[0].recipients() == ["sam@whitby.example"]


def test_the_recipient_may_switch_it_off(client, pat, sam):
    actions.offer(by=sam, may_be_written_to=False)
    client.force_login(pat)
    address = reverse("library:write_to", args=[sam.pk])
    assert address not in client.get(sam.get_absolute_url()).content.decode()
    assert "<textarea" not in client.get(address).content.decode()
    assert write(client, sam).status_code == 422
    assert not mail.outbox


def test_ten_messages_a_day(client, pat, sam):
    client.force_login(pat)
    for _ in range(actions.LETTERS_A_DAY):
        write(client, sam)
    page = write(client, sam, message="the eleventh")
    assert page.status_code == 422
    assert "the eleventh" in page.content.decode()
    assert len(mail.outbox) == actions.LETTERS_A_DAY
    ContactMessage.objects.update(sent=timezone.now() - timedelta(days=1, seconds=1))
    assert write(client, sam).status_code == 302


def test_a_mail_server_that_is_down_loses_no_words(client, pat, sam, monkeypatch):
    def down(self, **_):
        raise OSError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", down)
    client.force_login(pat)
    page = write(client, sam)
    assert page.status_code == 422
    assert "How much brine?" in page.content.decode()
    assert not ContactMessage.objects.exists()


def test_nobody_writes_to_themselves_or_from_outside(pat, sam):
    outsider = factories.make_person("new@example.org")
    for sender, recipient in ((pat, pat), (outsider, sam)):
        with pytest.raises(Refused):
            actions.write_to(by=sender, person=recipient, message="hello")
    assert not mail.outbox


def test_french_colleagues_are_written_to_in_french(pat, sam):
    actions.offer(by=sam, languages=["fr"])
    actions.write_to(by=pat, person=sam, message="Bonjour")
    assert "vous écrit" in mail.outbox[0].subject
