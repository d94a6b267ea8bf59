"""Mail about somebody: queued with the change, sent by the worker, tried again, and forgotten once it has left."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core import tasks
from members.mail import MOST_TRIES, PAUSE, send_later
from members.models import Person
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queued")]


@pytest.fixture
def queue(django_capture_on_commit_callbacks):
    def queue():
        with django_capture_on_commit_callbacks(execute=True):
            context = {"town": "Innisfil", "queue": "https://library.example/secret-link"}
            send_later("members/joining/mail/asked", "kim@example.org", "en", context)

    return queue


@pytest.fixture
def server_down(monkeypatch):
    with monkeypatch.context() as patched:

        def refuse(self, fail_silently=False):
            raise ConnectionRefusedError

        patched.setattr(EmailMessage, "send", refuse)
        yield patched


def test_mail_is_sent_in_its_own_lane_and_what_it_held_is_forgotten(queue):
    queue()
    assert "secret-link" in str(DBTaskResult.objects.get().args_kwargs)
    tasks.run_ready()
    assert not mail.outbox, "the other tasks do not wait for a mail server"
    assert tasks.run_mail() == 1
    assert "secret-link" in mail.outbox[0].body
    assert not DBTaskResult.objects.exists()


def test_mail_that_no_server_takes_is_tried_again_for_a_day_and_then_given_up(queue, server_down):
    queue()
    now = timezone.now()
    for tries in range(1, MOST_TRIES + 1):
        with time_machine.travel(now + tries * (PAUSE + timedelta(seconds=1))):
            assert tasks.run_mail() == 1, tries
            assert tasks.run_mail() == 0, "not before the pause is over"
    assert not DBTaskResult.objects.exists()
    assert timedelta(hours=23) < MOST_TRIES * PAUSE <= timedelta(days=1)


def test_mail_leaves_when_the_server_is_back(queue, server_down):
    queue()
    tasks.run_mail()
    server_down.undo()
    with time_machine.travel(timezone.now() + PAUSE + timedelta(seconds=1)):
        tasks.run_mail()
    assert len(mail.outbox) == 1


def test_mail_to_somebody_whose_account_is_closed_by_then_goes_nowhere(django_capture_on_commit_callbacks):
    kim = factories.make_person("kim@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            send_later("members/joining/mail/asked", kim, "en", {"town": "Innisfil", "queue": ""})
    Person.objects.filter(pk=kim.pk).update(email="new@example.org")
    tasks.run_mail()
    assert [letter.to for letter in mail.outbox] == [["new@example.org"]] * 2
    with django_capture_on_commit_callbacks(execute=True):
        send_later("members/joining/mail/asked", kim, "en", {"town": "Innisfil", "queue": ""})
    Person.objects.filter(pk=kim.pk).update(is_active=False)
    tasks.run_mail()
    assert len(mail.outbox) == 2


def test_the_link_of_an_invitation_stays_in_no_table(municipality, django_capture_on_commit_callbacks):
    from members.joining import invitations

    admin = factories.make_person("root@example.org", is_superuser=True)
    with django_capture_on_commit_callbacks(execute=True):
        invitations.invite(by=admin, municipality=municipality, address="new@town.ca")
    tasks.run_mail()
    assert "/invitations/" in mail.outbox[0].body
    assert "/invitations/" not in str(list(DBTaskResult.objects.values_list("args_kwargs", flat=True)))
