"""News of saved searches by mail."""

import smtplib
from datetime import timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from notifications import delivery, mails, news, searches
from notifications.models import Cadence, Notice, SavedSearch
from search import pool
from search.engines.base import EngineError
from search.values import SearchRequest
from tests.factories import make_case_study, make_person, make_playbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def watch(indexed):
    """Save a search that was looked at a while ago."""

    def watch(person, text="plow", *, cadence=Cadence.DAILY, language="en", name="", **request):
        indexed()
        asked = SearchRequest(text=text, language=language, **request)
        search = searches.save(by=person, name=name or text, request=asked, cadence=cadence)
        news.look(search, timezone.now() - timedelta(days=8))
        search.refresh_from_db()
        return search

    return watch


def send(indexed, **later):
    indexed()
    return delivery.send_due(timezone.now() + timedelta(**later))


def test_news_are_what_was_not_there_before(
    watch, indexed, member, case_study, municipality, area, mailoutbox
):
    watch(member)
    assert send(indexed) == 0
    new = make_case_study(municipality, area, title="Plow of the year", slug="new")
    assert send(indexed, days=1) == 1
    mail = mailoutbox[0]
    assert mail.to == ["kim@example.org"]
    assert mail.subject == "1 new result for “plow”"
    assert "Plow of the year" in mail.body
    assert new.url in mail.body
    assert case_study.title not in mail.body
    assert "because you saved these searches" in mail.body


def test_news_are_never_told_twice(watch, indexed, member, municipality, area, mailoutbox):
    watch(member)
    page = make_case_study(municipality, area, title="Plow", slug="new")
    assert send(indexed) == 1
    page.summary = "Now with a plow."
    page.save_revision().publish()
    assert send(indexed, days=1) == send(indexed, days=8) == 0
    assert len(mailoutbox) == 1


def test_news_come_as_often_as_was_asked(watch, indexed, member, municipality, area):
    weekly = watch(member, cadence=Cadence.WEEKLY)
    watch(member, cadence=Cadence.OFF, name="quiet")
    make_case_study(municipality, area, title="Plow 1", slug="a")
    assert send(indexed) == 1
    make_case_study(municipality, area, title="Plow 2", slug="b")
    assert send(indexed, days=6) == 0
    assert send(indexed, days=7, minutes=1) == 1
    assert Notice.objects.exclude(search=weekly).filter(sent=None).count() == 0


def test_news_include_what_has_become_visible(
    watch, indexed, municipality, other_municipality, area, mailoutbox
):
    page = make_case_study(municipality, area, title="Our plow", audience="municipality")
    watch(make_person("lee@example.org", municipality=other_municipality))
    page.audience = "members"
    page.save()
    assert send(indexed) == 1
    assert "Our plow" in mailoutbox[0].body


def test_news_that_are_hidden_by_then_leave_no_trace(watch, indexed, member, municipality, area, mailoutbox):
    search = watch(member)
    page = make_case_study(municipality, area, title="Plow", slug="new")
    indexed()
    assert news.look(search, timezone.now()) == 1
    type(page).objects.filter(pk=page.pk).update(live=False)
    assert delivery.send_due() == 0
    assert mailoutbox == []
    type(page).objects.filter(pk=page.pk).update(live=True)
    assert send(indexed, days=1) == 1, "shown again, it is news again"


def test_news_follow_the_person_and_not_the_past(watch, indexed, member, municipality, area, mailoutbox):
    watch(member)
    member.municipality = None
    member.save()
    make_case_study(municipality, area, title="Plow for members", slug="new", audience="members")
    assert send(indexed) == 0
    member.is_active = False
    member.save()
    make_case_study(municipality, area, title="Public plow", slug="public")
    assert send(indexed, days=1) == 0
    assert mailoutbox == []


def test_news_of_all_searches_come_in_one_mail(watch, indexed, member, municipality, area, mailoutbox):
    watch(member, "plow", name="A plow")
    watch(member, "snow", name="Snow & ice")
    make_case_study(municipality, area, title="Snow plow", slug="both")
    make_playbook(municipality, area, title="Snow plan")
    assert send(indexed) == 1
    mail = mailoutbox[0]
    assert mail.subject == "2 new results in your searches"
    assert mail.body.count("* Snow plow") == 1
    html = mail.alternatives[0][0]
    assert "Snow &amp; ice" in html
    assert "<script" not in html


def test_news_are_in_the_language_of_the_search(watch, indexed, member, municipality, area, mailoutbox):
    watch(member, "plow", language="fr", name="Chasse-neige")
    make_case_study(municipality, area, title="Plow", slug="new")
    send(indexed)
    assert mailoutbox[0].subject == "1 nouveau résultat pour « Chasse-neige »"
    assert "/fr/municipalities/" in mailoutbox[0].body


def test_a_mail_stops_with_one_click(
    watch, indexed, member, municipality, area, mailoutbox, client, settings
):
    search = watch(member)
    make_case_study(municipality, area, title="Plow", slug="new")
    send(indexed)
    headers = mailoutbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = headers["List-Unsubscribe"].strip("<>").removeprefix(settings.SITE_URL)
    assert client.get(path).status_code == 200
    search.refresh_from_db()
    assert search.cadence == Cadence.DAILY, "looking at the page changes nothing"
    strict = type(client)(enforce_csrf_checks=True)
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert strict.post(path).status_code == 200, "twice does no harm"
    search.refresh_from_db()
    assert search.cadence == Cadence.OFF


def test_a_mail_stops_for_one_search_alone(watch, member, client, settings):
    one, other = watch(member, name="one"), watch(member, name="other")
    client.post(mails.Section(one, []).stop_url.removeprefix(settings.SITE_URL))
    assert {s.name: s.cadence for s in SavedSearch.objects.all()} == {"one": "off", "other": "daily"}
    assert client.get("/en/mail/stop/forged:token/").status_code == 404
    gone = mails.Section(other, []).stop_url.removeprefix(settings.SITE_URL)
    other.delete()
    assert client.post(gone).status_code == client.get(gone).status_code == 200, "a click never fails"


def test_a_mail_that_does_not_leave_is_tried_again(
    watch, indexed, member, municipality, area, monkeypatch, mailoutbox
):
    watch(member)
    make_case_study(municipality, area, title="Plow", slug="new")

    def refuse(self, fail_silently=False):
        raise ConnectionRefusedError

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMultiAlternatives.send", refuse)
        assert send(indexed) == send(indexed) == send(indexed) == 0
    assert send(indexed) == 1
    assert len(mailoutbox) == 1


def test_a_mailbox_that_refuses_is_tried_rarely_for_a_day_and_holds_up_nobody(
    watch, indexed, member, municipality, area, monkeypatch, mailoutbox
):
    other = make_person("other@example.org", municipality=municipality)
    watch(member)
    watch(other)
    make_case_study(municipality, area, title="Plow", slug="new")
    tried, send_really = [], EmailMultiAlternatives.send

    def refuse(self, fail_silently=False):
        if self.to == [member.email]:
            tried.append(self)
            raise smtplib.SMTPRecipientsRefused({member.email: (550, b"no such mailbox")})
        return send_really(self, fail_silently)

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)
    for minutes in (0, 1, 2, 20, 21):
        send(indexed, minutes=minutes)
    assert len(tried) == 2, "at once, and again after a quarter of an hour"
    assert [mail.to for mail in mailoutbox] == [[other.email]]
    send(indexed, hours=25)
    assert len(tried) == 2, "what is a day old is no news"


def test_a_server_that_does_not_answer_is_asked_once_a_time(
    watch, indexed, member, municipality, area, monkeypatch, mailoutbox
):
    watch(member)
    watch(make_person("other@example.org", municipality=municipality))
    make_case_study(municipality, area, title="Plow", slug="new")
    tried = []

    def hang(self):
        tried.append(self)
        raise TimeoutError

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.backends.locmem.EmailBackend.open", hang, raising=False)
        assert send(indexed) == 0
    assert len(tried) == 1
    assert send(indexed) == 2


def test_news_waits_where_no_mail_server_is_set(watch, indexed, member, municipality, area):
    watch(member)
    make_case_study(municipality, area, title="Plow", slug="new")
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend"):
        assert send(indexed) == 0
    assert not Notice.objects.filter(tries__gt=0).exists()
    assert send(indexed) == 1


def test_a_worker_that_dies_costs_one_duplicate_at_most(
    watch, indexed, member, municipality, area, monkeypatch, mailoutbox
):
    watch(member)
    make_case_study(municipality, area, title="Plow", slug="new")
    whole = mails.digest

    def dying(*args):
        mail = whole(*args)

        def send_and_die():
            type(mail).send(mail)
            raise KeyboardInterrupt

        mail.send = send_and_die
        return mail

    monkeypatch.setattr(mails, "digest", dying)
    for minutes in (0, 20):
        with pytest.raises(KeyboardInterrupt):
            send(indexed, minutes=minutes)
        assert send(indexed, minutes=minutes + 1) == 0, "somebody may still be at it"
    monkeypatch.undo()
    assert send(indexed, minutes=60) == send(indexed, days=2) == 0
    assert len(mailoutbox) == 2


def test_two_workers_note_news_once(watch, indexed, member, municipality, area):
    search = watch(member)
    make_case_study(municipality, area, title="Plow", slug="new")
    indexed()
    twin = SavedSearch.objects.get(pk=search.pk)
    now = timezone.now()
    assert (news.look(search, now), news.look(twin, now)) == (1, 0)


def test_an_engine_that_is_down_makes_no_news(watch, indexed, member, case_study, monkeypatch, mailoutbox):
    search = watch(member)

    def refuse(plan):
        raise EngineError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(pool.embedded(), "search", refuse)
        assert delivery.send_due() == 0
    looked = search.looked
    search.refresh_from_db()
    assert search.looked == looked, "it is looked at again"
    assert send(indexed) == 0
    assert mailoutbox == []


def test_mail_asked_for_again_tells_of_what_comes_from_then_on(
    watch, indexed, member, municipality, area, mailoutbox
):
    search = watch(member, cadence=Cadence.OFF)
    make_case_study(municipality, area, title="Plow meanwhile", slug="a")
    indexed()
    searches.change(by=member, search=search, name="plow", cadence=Cadence.DAILY)
    assert send(indexed) == 0
    make_case_study(municipality, area, title="Plow after", slug="b")
    assert send(indexed, days=1, minutes=1) == 1
    assert "Plow meanwhile" not in mailoutbox[0].body


def test_of_very_many_results_only_what_was_published_since_is_news(
    watch, indexed, member, municipality, area, monkeypatch
):
    monkeypatch.setattr(news, "PAGE", 2)
    monkeypatch.setattr(news, "PAGES", 1)
    pages = [make_case_study(municipality, area, title=f"Plow {n}", slug=f"p-{n}") for n in range(4)]
    for number, page in enumerate(pages):
        long_ago = timezone.now() - timedelta(days=100 - number)
        type(page).objects.filter(pk=page.pk).update(first_published_at=long_ago)
        page.refresh_from_db()
        page.save()
    watch(member)
    pages[3].unpublish()
    assert send(indexed) == 0, "an old one has moved up"
    make_case_study(municipality, area, title="Plow new", slug="new")
    assert send(indexed, days=1) == 1


def test_command_sends_what_is_due(watch, indexed, member, municipality, area, capsys):
    watch(member)
    make_case_study(municipality, area, title="Plow", slug="new")
    indexed()
    call_command("send_search_news")
    assert "1 mail sent." in capsys.readouterr().out
