"""Storms (F31) and a mail server in trouble (F16): caps hold, everybody is told once, and nobody is passed over."""

import json
import smtplib
from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from core.happenings import Happening, happened
from discussions.comments import actions as comments
from discussions.comments import limits
from discussions.models import Comment, Mention
from library.interchange.importer import import_path
from members.models import Person
from members.refusal import Refused
from notifications.inbox import sending, telling
from notifications.inbox.models import Delivery, Follow, News, Pace
from tests import factories

pytestmark = pytest.mark.django_db
MANY = 500
# Mails take a while to write: of these, and of imported items, as many as show that each is treated alike.
READERS = 120
IMPORTED = 100


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
def readers(municipality):
    return people_of(municipality, READERS)


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


def test_fifty_changes_of_a_question_tell_nobody(municipality, area, writer, pat):
    from discussions.questions import asking

    question = asking.ask(
        title="Who ploughs?", body="", service_area=area, audience="public", language="en", by=writer
    )
    follow([pat], question)
    tell_all()
    told, news = Happening.objects.count(), News.objects.count()
    for number in range(50):
        question = asking.change(
            by=writer, question=question, body=f"Version {number}", seen=asking.stamp(question)
        )
    tell_all()
    assert (Happening.objects.count(), News.objects.count()) == (told, news)


def test_fifty_publications_are_one_mail_in_a_quarter_of_an_hour(item, writer, pat):
    follow([pat], item)
    for _ in range(50):
        happened("item.changed", item.kind, item.pk, by=writer)
    tell_all()
    start = timezone.now()
    for minutes in range(15):
        send_all(start + timedelta(minutes=minutes))
    assert each_to() == {pat.email: 1}


def test_an_import_tells_nobody(municipality, area, pat, tmp_path):
    Follow.objects.create(person=pat, kind="municipality", item_id=municipality.pk, pace=Pace.AT_ONCE)
    Follow.objects.create(person=pat, kind="service_area", item_id=area.pk, pace=Pace.AT_ONCE)
    path = tmp_path / "many.jsonl"
    row = {"kind": "case_study", "summary": "A try.", "municipality": "Innisfil", "stage": "pilot"}
    row |= {"service_areas": [area.label_en]}
    lines = [
        json.dumps({**row, "title": f"Try {number}", "identifier": f"try-{number}"})
        for number in range(IMPORTED)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    report = import_path(path)
    assert report.counts == {"created": IMPORTED}, report.lines()[:5]
    assert not Happening.objects.exists()
    tell_all()
    send_all(timezone.now() + timedelta(days=8))
    assert not News.objects.exists()
    assert not mail.outbox


def test_everybody_is_told_once_however_often_the_mail_server_fails(item, writer, readers, monkeypatch):
    """It takes twenty mails, hangs up, is away for a day, comes back and does it again; then it is well."""
    follow(readers, item)
    say(item, writer)
    tell_all()
    send_really, taken = EmailMultiAlternatives.send, []

    def tired(self, fail_silently=False):
        if len(taken) >= 20:
            raise smtplib.SMTPServerDisconnected
        taken.append(self)
        return send_really(self, fail_silently)

    def away(self, fail_silently=False):
        raise TimeoutError

    start = timezone.now()
    for hours, server in ((0, tired), (1, away), (12, away), (23, tired)):
        taken.clear()
        with monkeypatch.context() as patched:
            patched.setattr(EmailMultiAlternatives, "send", server)
            sending.send_due(start + timedelta(hours=hours))
    assert len(mail.outbox) == 40
    send_all(start + timedelta(hours=24))
    assert each_to() == Counter({person.email: 1 for person in readers})


def test_what_was_narrowed_while_the_server_was_away_reaches_nobody(item, writer, readers, monkeypatch):
    follow(readers, item)
    say(item, writer, "zqcanary")
    tell_all()

    def away(self, fail_silently=False):
        raise TimeoutError

    with monkeypatch.context() as patched:
        patched.setattr(EmailMultiAlternatives, "send", away)
        assert sending.send_due() == 0
    item.audience = "municipality"
    item.save_revision().publish()
    send_all(timezone.now() + timedelta(hours=1))
    assert not mail.outbox
    assert not News.objects.filter(verb="comment.added").exists()


def test_a_server_away_is_asked_once_a_time_not_once_a_person(item, writer, readers, monkeypatch):
    follow(readers, item)
    say(item, writer)
    tell_all()
    tried = []

    def away(self, fail_silently=False):
        tried.append(self)
        raise TimeoutError

    monkeypatch.setattr(EmailMultiAlternatives, "send", away)
    assert sending.send_due() == 0
    assert len(tried) == 1


def test_whoever_is_told_much_keeps_nobody_waiting(item, writer, readers, monkeypatch, municipality, area):
    """More people than fit in one go, and those in front have something new each time."""
    monkeypatch.setattr(sending, "MAILS", 30)
    follow(readers, item)
    say(item, writer)
    tell_all()
    start = timezone.now()
    for minutes in range(5):
        sending.send_due(start + timedelta(minutes=minutes))
        say(item, writer, f"More {minutes}")
        tell_all()
    assert each_to() == Counter({person.email: 1 for person in readers})


def test_nobody_who_writes_waits_for_the_mail_server(client, item, writer, readers, monkeypatch):
    """Only the worker talks to it: what is written meanwhile is noted, and told later."""
    follow(readers, item)

    def never(*args, **kwargs):
        raise AssertionError("a request asked the mail server")

    client.force_login(writer)
    with monkeypatch.context() as patched:
        patched.setattr(EmailMultiAlternatives, "send", never)
        patched.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", never)
        answer = client.post(f"/en/comments/on/{item.pk}/", {"body": "We tried.", "token": "t" * 43})
    assert answer.status_code == 302
    tell_all()
    send_all(timezone.now())
    assert len(mail.outbox) == READERS
