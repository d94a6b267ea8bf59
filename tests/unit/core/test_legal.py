"""The privacy notice, and that what is kept goes when its time is over."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from core import chores, sessions
from library.models import ContactMessage
from library.people import retention
from members.accounts import retention as past_sessions
from members.groups import retention as unanswered
from members.joining import retention as joining
from members.joining.models import Invitation, JoinRequest
from members.models import GroupMembership
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "kept"), [("en", "for 42 days"), ("fr", "pendant 42 jours")])
def test_the_notice_has_the_installations_facts(client, index, settings, language, kept):
    settings.PRIVACY_CONTROLLER = "Ontario Towns & Co"
    settings.PRIVACY_CONTACT = "privacy@towns.example"
    settings.PRIVACY_PLACE = "Toronto"
    settings.AUDIT_KEEP_DAYS = 42
    page = client.get(f"/{language}/privacy/").content.decode()
    for fact in ("Ontario Towns &amp; Co", "mailto:privacy@towns.example", "Toronto", kept):
        assert fact in page
    assert f"/{language}/privacy/" in client.get(f"/{language}/").content.decode()


def test_the_notice_reads_without_any_facts(client, index):
    assert "mailto:" not in client.get("/en/privacy/").content.decode()


def test_who_wrote_to_whom_is_forgotten(municipality, settings):
    pat, sam = (
        factories.make_person(f"{name}@example.org", municipality=municipality) for name in ("pat", "sam")
    )
    now = timezone.now()
    for days in (1, 3, 400):
        ContactMessage.objects.create(sender=pat, recipient=sam, sent=now - timedelta(days=days))
    assert retention.forget() == 1
    settings.CONTACT_KEEP_DAYS = 2
    assert retention.forget() == 1
    assert ContactMessage.objects.count() == 1, "what counts for the daily limit stays"


def test_unanswered_requests_and_invitations_to_municipalities_are_forgotten(municipality, settings):
    stranger = factories.make_person("stranger@example.org")
    JoinRequest.objects.create(person=stranger, municipality=municipality)
    JoinRequest.objects.create(person=stranger, municipality=municipality, state="accepted")
    for number, state in enumerate(("waiting", "withdrawn", "accepted")):
        Invitation.objects.create(
            municipality=municipality, address=f"{state}@town.ca", token_hash=str(number), state=state
        )
    assert joining.forget() == 0
    year_ago = timezone.now() - timedelta(days=366)
    JoinRequest.objects.update(asked=year_ago)
    Invitation.objects.update(sent=year_ago)
    settings.REQUESTS_KEEP_DAYS = 0
    assert joining.forget() == 0
    settings.REQUESTS_KEEP_DAYS = 365
    assert joining.forget() == 3
    assert JoinRequest.objects.get().state == Invitation.objects.get().state == "accepted"


def test_where_somebody_signed_in_is_forgotten_with_the_session(client, index):
    pat = factories.make_person("pat@example.org")
    client.force_login(pat)
    session = Session.objects.get()
    UserSession.objects.create(user=pat, session_key=session.pk, ip="127.0.0.1", user_agent="Browser")
    assert past_sessions.forget() == 0
    Session.objects.all().delete()
    assert past_sessions.forget() == 1
    assert not UserSession.objects.exists()


def test_unanswered_requests_are_forgotten_and_members_stay(municipality, settings):
    group = factories.make_group(factories.make_person("lead@example.org", municipality=municipality))
    for state in ("asked", "invited"):
        person = factories.make_person(f"{state}@example.org", municipality=municipality)
        GroupMembership.objects.create(group=group, person=person, state=state)
    GroupMembership.objects.update(since=timezone.now() - timedelta(days=366))
    settings.REQUESTS_KEEP_DAYS = 0
    assert unanswered.forget() == 0
    settings.REQUESTS_KEEP_DAYS = 365
    assert unanswered.forget() == 2
    assert [place.state for place in GroupMembership.objects.all()] == ["active"]


def test_sessions_that_are_over_go():
    for key, days in (("old", -1), ("new", 1)):
        expires = timezone.now() + timedelta(days=days)
        Session.objects.create(session_key=key, session_data="", expire_date=expires)
    sessions.tidy()
    assert [session.pk for session in Session.objects.all()] == ["new"]


def test_the_worker_does_all_of_it():
    for name in (
        "tidy sessions",
        "forget who wrote to whom",
        "forget unanswered requests",
        "prune the audit log",
    ):
        assert name in chores._chores
