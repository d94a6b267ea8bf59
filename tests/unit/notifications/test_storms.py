"""Storms (F31): caps hold, an edit tells nobody anew, and much at once is one mail for each thread, or a digest."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from core.happenings import Happening, happened
from discussions.comments import actions as comments
from discussions.comments import limits
from discussions.models import Comment, Mention
from members.models import Person
from members.refusal import Refused
from notifications.inbox import sending, telling
from notifications.inbox.models import Delivery, Follow, News, Pace
from tests import factories

pytestmark = pytest.mark.django_db
MANY = 500


def people_of(town, count, first="Zoe"):
    """People without passwords: hashing five hundred takes longer than all the rest."""
    names = [f"{first}{number}" for number in range(count)]
    return Person.objects.bulk_create(
        Person(
            email=f"{name}@example.org".lower(),
            password="!",
            first_name=name,
            last_name="Page",
            municipality=town,
        )
        for name in names
    )


@pytest.fixture
def writer(other_municipality):
    return factories.make_person("writer@example.org", municipality=other_municipality, first_name="Wil")


@pytest.fixture
def item(other_municipality, area):
    return factories.make_case_study(other_municipality, area=area)


@pytest.fixture
def crowd(municipality):
    return people_of(municipality, MANY)


@pytest.fixture
def pat(municipality):
    return factories.make_person(
        "pat@example.org", municipality=municipality, first_name="Pat", last_name="Peer"
    )


def tell_all():
    while telling.tell():
        pass


def send_all(now):
    """As the worker does, until nothing leaves any more."""
    rounds = 0
    while sending.send_due(now):
        rounds += 1
    return rounds


def each_to():
    return Counter(letter.to[0] for letter in mail.outbox)


def follow(people, thing, pace=Pace.AT_ONCE):
    Follow.objects.bulk_create(
        Follow(person=person, kind=thing.kind, item_id=thing.pk, pace=pace) for person in people
    )


def say(item, writer, body="What did it cost?"):
    """A comment, past the limit of how often one person writes."""
    written = Comment.objects.create(page=item, author=writer, municipality=writer.municipality, body=body)
    happened("comment.added", Comment.kind, written.pk, by=writer)
    return written


def test_five_hundred_mentions_in_one_comment_are_refused_and_tell_nobody(item, writer, crowd):
    body = " ".join(f"@{person.get_full_name()}" for person in crowd)
    with pytest.raises(Refused, match="10 people at most"):
        factories.make_comment(item, writer, body)
    assert not Comment.objects.exists()
    assert not Happening.objects.exists()


def test_five_hundred_mentions_in_fifty_comments_stop_at_fifty_a_day(item, writer, crowd, time_machine):
    start = timezone.now()
    refused = 0
    for number in range(50):
        time_machine.move_to(start + timedelta(minutes=number))
        named = crowd[number * 10 : number * 10 + 10]
        try:
            factories.make_comment(item, writer, " ".join(f"@{person.get_full_name()}" for person in named))
        except Refused:
            refused += 1
    assert refused == 45
    assert Mention.objects.count() == limits.MENTIONS_A_DAY
    tell_all()
    send_all(timezone.now())
    assert each_to() == Counter({person.email: 1 for person in crowd[:50]})


def test_who_is_mentioned_five_hundred_times_gets_one_mail_for_each_thread_and_window(item, writer, pat):
    written = [say(item, writer) for _ in range(MANY)]
    for each in written:
        happened("comment.mentioned", Comment.kind, each.pk, by=writer, to=[pat.pk])
    tell_all()
    assert News.objects.filter(person=pat).count() == MANY
    start = timezone.now()
    send_all(start)
    say_again = say(item, writer, "Again")
    happened("comment.mentioned", Comment.kind, say_again.pk, by=writer, to=[pat.pk])
    tell_all()
    for minutes in range(1, 14):
        send_all(start + timedelta(minutes=minutes))
    assert each_to() == {pat.email: 1}
    assert f"and {MANY - 20} more" in mail.outbox[0].body
    send_all(start + timedelta(minutes=16))
    assert each_to() == {pat.email: 2}


def test_five_hundred_threads_at_once_are_twenty_mails_and_one_digest(municipality, area, writer, pat):
    questions = [
        factories.make_question(municipality, area, title=f"Question {number}?", by=None)
        for number in range(MANY)
    ]
    for question in questions:
        happened("question.routed", question.kind, question.pk, to=[pat.pk])
    tell_all()
    start = timezone.now()
    send_all(start)
    assert each_to() == {pat.email: sending.MOST_AT_ONCE}
    send_all(start + timedelta(hours=12))
    assert each_to() == {pat.email: sending.MOST_AT_ONCE}
    send_all(start + timedelta(hours=25))
    assert each_to() == {pat.email: sending.MOST_AT_ONCE + 1}
    assert f"{MANY - sending.MOST_AT_ONCE} pieces of news" in mail.outbox[-1].subject
    assert not News.objects.filter(settled=None).exists()
    assert sum(Delivery.objects.values_list("count", flat=True)) == MANY


def test_fifty_edits_tell_nobody_anew(item, writer, pat):
    comment = factories.make_comment(item, writer, "@Pat Peer, look.")
    for number in range(50):
        comment.refresh_from_db()
        # The name goes and comes back, too.
        body = f"@Pat Peer, look: {number}." if number % 2 else f"Look: {number}."
        comments.edit(by=writer, comment=comment, body=body, version=comment.version)
    assert comment.versions.count() == 50
    assert Happening.objects.filter(verb="comment.mentioned").count() == 1
    tell_all()
    send_all(timezone.now())
    assert News.objects.filter(person=pat).count() == 1
    assert each_to() == {pat.email: 1}


def test_fifty_publications_are_one_mail_in_a_quarter_of_an_hour(item, writer, pat):
    follow([pat], item)
    for _ in range(50):
        happened("item.changed", item.kind, item.pk, by=writer)
    tell_all()
    start = timezone.now()
    for minutes in range(15):
        send_all(start + timedelta(minutes=minutes))
    assert each_to() == {pat.email: 1}
