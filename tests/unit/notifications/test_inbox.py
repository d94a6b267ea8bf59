"""Somebody follows a thing, hears of it in the inbox and by mail, and of nothing that is not theirs."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.happenings import happened
from discussions.models import Comment
from members.models import Region
from members.roles import actions as roles
from notifications.inbox import actions, retention, sending, telling
from notifications.inbox.models import Delivery, Follow, Mailbox, News, Pace
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def pat(municipality):
    return factories.make_person(
        "pat@example.org", municipality=municipality, first_name="Pat", last_name="Peer"
    )


@pytest.fixture
def writer(other_municipality):
    return factories.make_person(
        "writer@example.org", municipality=other_municipality, first_name="Wil", last_name="Writer"
    )


@pytest.fixture
def item(other_municipality, area):
    return factories.make_case_study(other_municipality, area=area)


def follow(person, thing, pace=Pace.AT_ONCE):
    followed = actions.follow(by=person, kind=thing.kind, item_id=thing.pk)
    actions.set_pace(follows=Follow.objects.filter(pk=followed.pk), pace=pace)
    return followed


def comment(item, writer, body="What did it cost?", to=()):
    written = Comment.objects.create(page=item, author=writer, municipality=writer.municipality, body=body)
    happened("comment.added", Comment.kind, written.pk, by=writer, to=to)
    return written


def inbox(client, person):
    client.force_login(person)
    return client.get("/en/inbox/").content.decode()


def later(**delta):
    return timezone.now() + timedelta(**delta)


def test_whoever_follows_a_page_hears_of_a_comment_on_the_site_and_by_mail(client, pat, writer, item):
    follow(pat, item)
    comment(item, writer)
    assert telling.tell() == 1
    assert telling.tell() == 0, "once"
    text = inbox(client, pat)
    assert f"Wil Writer commented on “{item.title}”" in text
    assert "What did it cost?" in text
    assert "1 new" in text
    assert sending.send_due() == 1
    assert sending.send_due() == 0
    (letter,) = mail.outbox
    assert letter.to == ["pat@example.org"]
    assert letter.subject == f"Wil Writer commented on “{item.title}”"
    assert "you follow the case study" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Delivery.objects.get(person=pat).outcome == "sent"


@pytest.mark.parametrize("what", ["municipality", "service_area", "tag", "person"])
def test_one_follow_of_what_a_page_belongs_to_is_enough(pat, writer, item, area, what):
    item.tags.add("salt")
    item.save()
    numbers = {"municipality": item.municipality_id, "service_area": area.pk, "person": writer.pk}
    number = numbers.get(what) or item.tags.get().pk
    actions.follow(by=pat, kind=what, item_id=number)
    comment(item, writer)
    telling.tell()
    assert News.objects.get().follow.kind == what


def test_nobody_hears_of_what_they_did_themselves(pat, writer, item):
    follow(writer, item)
    comment(item, writer, to=[writer.pk])
    telling.tell()
    assert not News.objects.exists()


def test_who_may_not_see_it_is_not_told_and_cannot_follow_it(client, pat, writer, other_municipality, area):
    hidden = factories.make_case_study(other_municipality, area=area, slug="own", audience="municipality")
    with pytest.raises(LookupError):
        actions.follow(by=pat, kind=hidden.kind, item_id=hidden.pk)
    actions.follow(by=pat, kind="municipality", item_id=other_municipality.pk)
    comment(hidden, writer, to=[pat.pk])
    telling.tell()
    assert not News.objects.exists()
    client.force_login(pat)
    assert client.get(f"/en/follow/{hidden.kind}/{hidden.pk}/").status_code == 404
    gone = client.post("/en/follow/", {"kind": hidden.kind, "item": hidden.pk})
    never = client.post("/en/follow/", {"kind": hidden.kind, "item": 10**9})
    assert gone.status_code == never.status_code == 404
    assert gone.content == never.content


def test_what_was_narrowed_meanwhile_is_neither_mailed_nor_shown(client, pat, writer, item):
    follow(pat, item)
    comment(item, writer, body="zqcanary")
    telling.tell()
    item.audience = "municipality"
    item.save()
    text = inbox(client, pat)
    assert "zqcanary" not in text
    assert item.title not in text
    assert sending.send_due() == 0
    assert not mail.outbox
    client.force_login(pat)
    assert item.title not in client.get("/en/my/follows/").content.decode()


def test_somebody_who_left_is_told_nothing_of_members(client, pat, writer, other_municipality, area):
    item = factories.make_case_study(other_municipality, area=area, slug="members", audience="members")
    follow(pat, item)
    comment(item, writer)
    telling.tell()
    roles.place_person(person=pat, municipality=None)
    assert sending.send_due() == 0
    assert item.title not in inbox(client, pat)


@pytest.mark.parametrize(("pace", "early", "late"), [("daily", 23, 25), ("weekly", 24 * 6, 24 * 7 + 1)])
def test_a_digest_waits_for_its_time_and_says_all_at_once(pat, writer, item, pace, early, late):
    follow(pat, item, pace)
    for number in range(3):
        comment(item, writer, body=f"Number {number}")
    telling.tell()
    assert sending.send_due(later(hours=early)) == 0
    assert sending.send_due(later(hours=late)) == 1
    (letter,) = mail.outbox
    assert letter.subject == "3 pieces of news for you"
    assert all(f"Number {number}" in letter.body for number in range(3))


def test_many_comments_on_one_page_are_one_mail_in_a_quarter_of_an_hour(pat, writer, item):
    follow(pat, item)
    comment(item, writer)
    telling.tell()
    sending.send_due()
    for number in range(50):
        comment(item, writer, body=f"More {number}")
    while telling.tell():
        pass
    assert sending.send_due(later(minutes=5)) == 0
    assert sending.send_due(later(minutes=16)) == 1
    assert len(mail.outbox) == 2
    assert "and 30 more" in mail.outbox[1].body


def test_more_than_twenty_mails_a_day_become_a_digest(pat, writer, other_municipality, area):
    pages = [factories.make_case_study(other_municipality, area=area, slug=f"p{n}") for n in range(22)]
    for item in pages[:20]:
        Delivery.objects.create(person=pat, pace=Pace.AT_ONCE, thread=f"case_study:{item.pk}", outcome="sent")
    for item in pages[20:]:
        follow(pat, item)
        comment(item, writer)
    telling.tell()
    assert sending.send_due() == 0
    assert sending.send_due(later(hours=25)) == 2
    assert not News.objects.filter(settled=None).exists()


def test_who_is_mentioned_hears_it_once(pat, writer, item):
    follow(pat, item)
    written = comment(item, writer)
    happened("comment.mentioned", Comment.kind, written.pk, by=writer, to=[pat.pk])
    telling.tell()
    assert News.objects.get().verb == "comment.mentioned"


def test_one_click_stops_just_that_and_looking_stops_nothing(client, pat, writer, item):
    follow(pat, item)
    comment(item, writer)
    telling.tell()
    sending.send_due()
    address = re.search(r"https?://[^/]+(/\S+)>", mail.outbox[0].extra_headers["List-Unsubscribe"])[1]
    assert client.get(address).status_code == 200
    assert Follow.objects.get().pace == Pace.AT_ONCE
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Follow.objects.get().pace == Pace.OFF
    comment(item, writer, body="Later")
    telling.tell()
    assert sending.send_due(later(days=8)) == 0
    assert News.objects.count() == 2, "the inbox has it"
    assert client.get(address[:-3] + "abc/").status_code == 404


def test_stopping_all_stops_what_concerns_me_too(client, pat, writer, item):
    follow(pat, item)
    comment(item, writer)
    comment(item, writer, to=[pat.pk], body="For you")
    telling.tell()
    sending.send_due()
    address = re.search(r"about any news: https?://[^/]+(/\S+)", mail.outbox[0].body)[1]
    client.post(address)
    comment(item, writer, to=[pat.pk], body="Again")
    telling.tell()
    assert sending.send_due(later(days=8)) == 0


def test_letting_go_of_a_follow_stops_what_was_waiting(pat, writer, item):
    follow(pat, item, Pace.DAILY)
    comment(item, writer)
    telling.tell()
    actions.unfollow(by=pat, kind=item.kind, item_id=item.pk)
    assert sending.send_due(later(days=2)) == 0


def test_an_address_that_refuses_is_left_alone_until_its_owner_says_so(client, pat, writer, item):
    follow(pat, item)
    for number in range(actions.REFUSALS):
        actions.note_refused(person=pat, pace="daily", thread="", count=1, now=later(minutes=number))
    comment(item, writer)
    telling.tell()
    assert sending.send_due() == 0
    client.force_login(pat)
    assert "refused our mail" in client.get("/en/my/follows/").content.decode()
    client.post("/en/my/follows/change/", {"do": "resume"})
    assert Mailbox.objects.get(person=pat).paused is None
    comment(item, writer, body="After")
    telling.tell()
    assert sending.send_due() == 1


def test_reading_is_said_by_a_button_and_only_of_ones_own(client, pat, writer, item):
    follow(pat, item)
    comment(item, writer)
    telling.tell()
    news = News.objects.get()
    client.force_login(writer)
    client.post("/en/inbox/read/", {"news": news.pk})
    inbox(client, pat)
    news.refresh_from_db()
    assert news.read is None
    client.post("/en/inbox/read/", {"news": news.pk})
    news.refresh_from_db()
    assert news.read is not None


def test_the_button_on_a_page_follows_and_stops(client, pat, item):
    client.force_login(pat)
    page = client.get(item.get_url()).content.decode()
    address = f"/en/follow/case_study/{item.pk}/"
    assert address in page
    text = client.get(address).content.decode()
    assert all(f"Follow the {kind}" in text for kind in ("case study", "municipality", "service area"))
    answer = client.post("/en/follow/", {"kind": item.kind, "item": item.pk, "next": address})
    assert answer["Location"] == address
    client.post("/en/follow/", {"kind": item.kind, "item": item.pk, "next": "//evil.example"})
    assert Follow.objects.count() == 1
    assert "You follow the case study" in client.get(address).content.decode()
    client.post("/en/follow/", {"kind": item.kind, "item": item.pk, "do": "unfollow"})
    assert not Follow.objects.exists()


def test_french_readers_get_french_mail(pat, writer, item):
    pat.language = "fr"
    pat.save()
    follow(pat, item)
    comment(item, writer)
    telling.tell()
    sending.send_due()
    assert "a commenté" in mail.outbox[0].subject
    assert "/fr/" in mail.outbox[0].body


def test_coordinators_see_deliveries_of_their_region_only(client, pat, writer, municipality):
    region = Region.objects.create(name="Here", slug="here")
    municipality.region = region
    municipality.save()
    admin = factories.make_person("admin@example.org", is_superuser=True)
    cory = factories.make_person("cory@example.org", municipality=municipality)
    roles.name_coordinator(by=admin, person=cory, region=region)
    for person in (pat, writer):
        actions.note_sent(person=person, pace="daily", thread="", count=2, now=timezone.now())
    client.force_login(cory)
    text = client.get("/en/deliveries/").content.decode()
    assert "Pat Peer" in text
    assert "Wil Writer" not in text
    client.force_login(pat)
    assert client.get("/en/deliveries/").status_code == 404


def test_mail_that_came_back_is_counted(pat, capsys):
    call_command("mail_bounced", "PAT@example.org")
    assert Delivery.objects.get(person=pat).outcome == "bounced"
    with pytest.raises(CommandError, match="nobody has the address"):
        call_command("mail_bounced", "who@example.org")


def test_old_news_is_forgotten(pat, writer, item, settings):
    follow(pat, item)
    comment(item, writer)
    telling.tell()
    News.objects.update(when=timezone.now() - timedelta(days=200))
    assert retention.forget() == 1
    settings.NEWS_KEEP_DAYS = 0
    assert retention.forget() == 0


def test_a_tag_of_hidden_items_alone_has_no_name(client, pat, other_municipality, area):
    hidden = factories.make_case_study(other_municipality, area=area, slug="own", audience="municipality")
    hidden.tags.add("zqcanary")
    hidden.save()
    number = hidden.tags.get().pk
    with pytest.raises(LookupError):
        actions.follow(by=pat, kind="tag", item_id=number)
    client.force_login(pat)
    answers = [client.get(f"/en/follow/tag/{pk}/") for pk in (number, 10**9)]
    assert [answer.status_code for answer in answers] == [404, 404]
    gone, never = (
        answer.content.decode().replace(f"/tag/{pk}/", "")
        for answer, pk in zip(answers, (number, 10**9), strict=True)
    )
    assert gone == never


def test_a_word_of_moderation_names_no_page_that_its_author_may_have_lost(
    client, pat, writer, other_municipality, area
):
    item = factories.make_case_study(
        other_municipality, area=area, slug="own", title="zqcanary", audience="municipality"
    )
    written = Comment.objects.create(page=item, author=pat, municipality=pat.municipality, body="Mine")
    happened("moderation.hidden", Comment.kind, written.pk, to=[pat.pk])
    happened("moderation.hidden", "answer", 17, to=[pat.pk])
    telling.tell()
    text = inbox(client, pat)
    assert text.count("A moderator hid something that you wrote") >= 2
    assert "/moderation/mine/" in text
    assert sending.send_due() == 2
    assert "zqcanary" not in text + "".join(letter.body for letter in mail.outbox)


def test_a_full_inbox_asks_no_more_than_a_short_one(
    client, pat, writer, other_municipality, area, django_assert_max_num_queries
):
    client.force_login(pat)
    items = [factories.make_case_study(other_municipality, area=area, slug=f"p{n}") for n in range(25)]
    for item in items:
        follow(pat, item)
        comment(item, writer)
    while telling.tell():
        pass
    with django_assert_max_num_queries(20):
        text = client.get("/en/inbox/").content.decode()
    assert text.count("Wil Writer commented on") >= 25


def test_what_an_adopter_says_is_in_the_readers_language(pat, writer, item):
    pat.language = "fr"
    pat.save()
    follow(pat, item)
    adoption = factories.make_adoption(writer.municipality, item, state="piloting")
    happened("adoption.declared", "adoption", adoption.pk, by=writer)
    telling.tell()
    sending.send_due()
    assert "piloting" not in mail.outbox[0].body


def asked(town, area, by, **fields):
    question = factories.make_question(town, area, by=by, **fields)
    happened("question.asked", question.kind, question.pk, by=None if question.anonymous else by)
    return question


def test_a_municipality_asks_and_answers_and_no_person_is_named(
    client, pat, writer, area, municipality, other_municipality
):
    followed = actions.follow(by=pat, kind="service_area", item_id=area.pk)
    actions.set_pace(follows=Follow.objects.filter(pk=followed.pk), pace=Pace.AT_ONCE)
    question = asked(other_municipality, area, writer)
    happened("question.answered", question.kind, question.pk, by=writer)
    telling.tell()
    html = inbox(client, pat)
    assert f"{other_municipality.title} asks" in html
    assert f"{other_municipality.title} answered" in html
    assert "Wil Writer" not in html
    sending.send_due()
    assert "Wil Writer" not in mail.outbox[0].body + mail.outbox[0].alternatives[0].content


def test_following_somebody_tells_of_no_question_of_their_town(pat, writer, area, other_municipality):
    follow(pat, writer)
    asked(other_municipality, area, writer)
    telling.tell()
    assert not News.objects.exists()


def test_who_cannot_be_found_is_not_named_as_a_page_changes(client, pat, writer, item):
    follow(pat, item)
    happened("item.changed", item.kind, item.pk, by=writer)
    telling.tell()
    assert "Wil Writer changed" in inbox(client, pat)
    writer.municipality = None
    writer.save()
    html = inbox(client, pat)
    assert "Wil Writer" not in html
    assert "Somebody changed" in html


def test_what_was_hidden_before_the_mail_left_counts_as_unread_no_more(client, pat, writer, item):
    follow(pat, item)
    comment(item, writer)
    telling.tell()
    item.audience = "municipality"
    item.save_revision().publish()
    sending.send_due()
    assert not mail.outbox
    assert not News.objects.exists()


def test_what_is_said_of_a_draft_is_for_those_who_write_on_it(pat, writer, item):
    happened("review.commented", item.kind, item.pk, by=writer, to=[pat.pk])
    telling.tell()
    assert not News.objects.exists()
