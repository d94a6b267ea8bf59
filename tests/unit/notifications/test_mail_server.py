"""A mail server in trouble (F16): everybody is told once, nobody is passed over, and no request waits for it."""

import smtplib
from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from notifications.inbox import sending
from notifications.inbox.models import News
from tests import factories
from tests.unit.notifications.test_storms import each_to, follow, people_of, say, send_all, tell_all

pytestmark = pytest.mark.django_db
# As many as show that each is treated alike: a mail takes a while to write.
READERS = 45


@pytest.fixture
def writer(other_municipality):
    return factories.make_person("writer@example.org", municipality=other_municipality, first_name="Wil")


@pytest.fixture
def item(other_municipality, area):
    return factories.make_case_study(other_municipality, area=area)


@pytest.fixture
def readers(municipality):
    return people_of(municipality, READERS)


def test_everybody_is_told_once_however_often_the_mail_server_fails(item, writer, readers, monkeypatch):
    """It takes ten mails, hangs up, is away for a day, comes back and does it again; then it is well."""
    follow(readers, item)
    say(item, writer)
    tell_all()
    send_really, taken = EmailMultiAlternatives.send, []

    def tired(self, fail_silently=False):
        if len(taken) >= 10:
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
    assert len(mail.outbox) == 20
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
    monkeypatch.setattr(sending, "MAILS", 12)
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


def test_who_has_to_wait_is_in_nobodys_way(item, writer, readers, monkeypatch):
    """Those in front have had a mail about this page a moment ago."""
    monkeypatch.setattr(sending, "PEOPLE", 10)
    early, late = readers[:30], readers[30:]
    follow(early, item)
    say(item, writer)
    tell_all()
    start = timezone.now()
    send_all(start)
    say(item, writer, "More")
    tell_all()
    follow(late, item)
    say(item, writer, "Still more")
    tell_all()
    send_all(start + timedelta(minutes=5))
    assert each_to() == Counter({person.email: 1 for person in readers})
