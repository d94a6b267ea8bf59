"""Report, hide, show again, warn, suspend, dismiss, first posts: who may, what is noted, and who sees what."""

import datetime

import pytest
from django.core import mail
from wagtail.models import ModelLogEntry, PageLogEntry

from casestudies.models import CaseStudyPage
from core.happenings import Happening
from discussions.models import Answer, Comment, Decision, Question, Report, Suspension
from discussions.moderation import actions, checking, firstposts, queue
from discussions.moderation.hooks import hidden_pages_stay_hidden
from members.audience import ANONYMOUS, reader_for
from members.models import Person
from members.refusal import Refused
from members.roles import actions as roles
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def root(db):
    return factories.make_person("root@example.org", is_superuser=True)


@pytest.fixture
def mo(root):
    person = factories.make_person("mo@example.org", first_name="Mo")
    roles.name_moderator(by=root, person=person)
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def sam(other_municipality):
    return factories.make_person("sam@whitby.ca", municipality=other_municipality, first_name="Sam")


@pytest.fixture
def pat(municipality):
    return factories.make_person("pat@innisfil.ca", municipality=municipality, first_name="Pat")


@pytest.fixture
def comment(case_study, sam):
    return factories.make_comment(case_study, sam, "zqrude")


@pytest.fixture
def question(municipality, area):
    return factories.make_question(municipality, area, title="zqquestion?", body="zqbody")


@pytest.fixture
def answer(question):
    return Answer.objects.create(question=question, municipality=question.municipality, body="zqanswer")


def actions_noted():
    entries = [*ModelLogEntry.objects.all(), *PageLogEntry.objects.all()]
    return sorted(entry.action for entry in entries if entry.action.startswith("moderation."))


def test_one_report_for_each_person_and_thing_and_what_happens_next(client, comment, pat):
    client.force_login(pat)
    address = f"/en/moderation/report/comment/{comment.pk}/"
    assert client.post(address, {"words": "zqwords"}).status_code == 422
    for reason in ("insult", "wrong"):
        answer = client.post(address, {"reason": reason, "words": "zqwords"})
        assert "within two working days" in answer.content.decode()
    assert [(each.by, each.reason) for each in Report.objects.all()] == [(pat, "wrong")]


def test_what_one_may_not_see_one_cannot_report(client, comment, pat, case_study):
    case_study.audience = "municipality"
    case_study.save_revision().publish()
    stranger = factories.make_person("x@whitby.ca", municipality=comment.municipality)
    client.force_login(stranger)
    hidden = client.get(f"/en/moderation/report/comment/{comment.pk}/")
    assert hidden.status_code == client.get("/en/moderation/report/comment/99999/").status_code == 404
    assert client.get("/en/moderation/report/nothing/1/").status_code == 404
    with pytest.raises(Refused):
        actions.report(by=stranger, kind="comment", item_id=comment.pk, reason="insult")


def test_the_queue_is_there_for_moderators_alone(client, comment, pat, mo, sam):
    actions.report(by=pat, kind="comment", item_id=comment.pk, reason="insult", words="zqwords")
    addresses = ["/en/moderation/", f"/en/moderation/case/comment/{comment.pk}/", "/en/moderation/suspended/"]
    for other in (pat, sam):
        client.force_login(other)
        assert [client.get(address).status_code for address in addresses] == [404] * 3
        assert (
            client.post(f"{addresses[1]}decide/", {"action": "hide", "reason": "insult"}).status_code == 404
        )
        with pytest.raises(Refused):
            actions.hide(by=other, kind="comment", item_id=comment.pk, reason="insult")
    client.force_login(mo)
    pages = [client.get(address).content.decode() for address in addresses]
    assert "Insulting" in pages[0]
    assert "zqwords" in pages[1]
    assert "zqrude" in pages[1]


def test_a_moderator_reads_what_was_reported_and_nothing_else(client, municipality, area, pat, mo):
    page = factories.make_case_study(municipality, area, title="zqsecret", audience="municipality")
    colleague = factories.make_person("c@innisfil.ca", municipality=municipality)
    reported, other = (factories.make_comment(page, colleague, text) for text in ("zqreported", "zqother"))
    actions.report(by=pat, kind="comment", item_id=reported.pk, reason="insult")
    client.force_login(mo)
    html = client.get(f"/en/moderation/case/comment/{reported.pk}/").content.decode()
    assert "zqreported" in html
    assert "zqother" not in html
    assert client.get(f"/en/moderation/case/comment/{other.pk}/").status_code == 404
    assert client.get(f"/en/moderation/case/case_study/{page.pk}/").status_code == 404
    assert client.get(page.url).status_code == 404
    assert client.get(reported.get_absolute_url()).status_code == 404
    assert ModelLogEntry.objects.filter(action="private.view", user=mo).count() == 1


def test_a_hidden_comment_leaves_no_trace_and_its_author_sees_why(client, case_study, comment, pat, mo, sam):
    factories.make_comment(case_study, pat, "zqreply", answers_to=comment)
    actions.hide(by=mo, kind="comment", item_id=comment.pk, reason="insult", words="zqplease")
    actions.hide(by=mo, kind="comment", item_id=comment.pk, reason="insult", words="zqplease")
    for reader in (None, pat, mo):
        client.logout()
        if reader:
            client.force_login(reader)
        html = client.get(case_study.url).content.decode()
        assert "zqrude" not in html
        assert "zqreply" not in html
        for what in ("", "thread/", "history/"):
            assert client.get(f"/en/comments/{comment.pk}/{what}").status_code == 404
    client.force_login(sam)
    for address in (case_study.url, "/en/moderation/mine/"):
        html = client.get(address).content.decode()
        assert "zqrude" in html
        assert "zqplease" in html
    assert Happening.objects.filter(verb="moderation.hidden").values_list("to", flat=True).get() == [sam.pk]
    assert actions_noted() == ["moderation.hidden"]
    assert not Comment.objects.visible_to(reader_for(sam)).exists()


def test_shown_again_it_is_as_it_was(client, case_study, comment, pat, mo):
    actions.hide(by=mo, kind="comment", item_id=comment.pk, reason="insult")
    actions.show(by=mo, kind="comment", item_id=comment.pk, reason="other", words="My mistake")
    assert "zqrude" in client.get(case_study.url).content.decode()
    with pytest.raises(Refused):
        actions.show(by=mo, kind="comment", item_id=comment.pk, reason="other")
    assert actions_noted() == ["moderation.hidden", "moderation.shown"]
    assert [each.verdict for each in Decision.objects.all()] == ["shown", "hidden"]


def test_a_hidden_question_and_answer_leave_no_trace(client, question, answer, mo):
    addresses = [
        question.get_absolute_url(),
        "/en/questions/",
        f"/en/service-areas/{question.service_area.slug}/",
    ]
    assert "zqanswer" in client.get(addresses[0]).content.decode()
    assert "1 answer" in client.get(addresses[1]).content.decode()
    actions.hide(by=mo, kind="answer", item_id=answer.pk, reason="wrong")
    assert "zqanswer" not in client.get(addresses[0]).content.decode()
    assert "1 answer" not in client.get(addresses[1]).content.decode()
    actions.hide(by=mo, kind="question", item_id=question.pk, reason="wrong")
    assert client.get(addresses[0]).status_code == 404
    assert not any("zqquestion" in client.get(address).content.decode() for address in addresses[1:])
    assert not Question.objects.visible_to(ANONYMOUS).exists()
    actions.show(by=mo, kind="question", item_id=question.pk, reason="other")
    actions.show(by=mo, kind="answer", item_id=answer.pk, reason="other")
    assert "zqanswer" in client.get(addresses[0]).content.decode()


def test_a_hidden_page_is_gone_and_nobody_publishes_it_meanwhile(client, case_study, mo, root):
    case_study.title = "zqdraft"
    case_study.save_revision()
    live = CaseStudyPage.objects.get(pk=case_study.pk)
    actions.hide(by=mo, kind="case_study", item_id=case_study.pk, reason="unlawful")
    assert client.get(live.url).status_code == 404
    CaseStudyPage.objects.get(pk=case_study.pk).save_revision().publish(user=root)
    assert client.get(live.url).status_code == 404
    assert not CaseStudyPage.objects.get(pk=case_study.pk).live
    refused = hidden_pages_stay_hidden(client.get("/en/").wsgi_request, case_study)
    assert refused is not None
    assert refused["Location"] == f"/admin/pages/{case_study.pk}/edit/"
    actions.show(by=mo, kind="case_study", item_id=case_study.pk, reason="other")
    html = client.get(live.url).content.decode()
    assert live.title in html
    assert "zqdraft" not in html, "what was live comes back, not what was drafted meanwhile"


def test_a_warning_reaches_its_author_and_changes_nothing_else(client, case_study, comment, mo, sam):
    actions.warn(by=mo, kind="comment", item_id=comment.pk, reason="insult", words="zqcareful")
    assert "zqrude" in client.get(case_study.url).content.decode()
    client.force_login(sam)
    assert "zqcareful" in client.get("/en/moderation/mine/").content.decode()
    assert Happening.objects.filter(verb="moderation.warned").values_list("to", flat=True).get() == [sam.pk]


def test_a_dismissed_report_is_settled_and_its_author_hears_nothing(client, comment, pat, mo, sam):
    actions.report(by=pat, kind="comment", item_id=comment.pk, reason="insult")
    actions.dismiss(by=mo, kind="comment", item_id=comment.pk)
    assert Report.objects.get().decided.verdict == "dismissed"
    assert not Happening.objects.filter(verb__startswith="moderation.").exists()
    client.force_login(sam)
    assert "nothing wrong" not in client.get("/en/moderation/mine/").content.decode().lower()
    client.force_login(mo)
    assert f"/case/comment/{comment.pk}/" not in client.get("/en/moderation/").content.decode()


def test_a_suspended_person_is_out_at_once_and_in_again_when_it_ends(
    client, case_study, comment, mo, sam, time_machine, django_capture_on_commit_callbacks
):
    time_machine.move_to("2026-11-26 12:00:00")
    client.force_login(sam)
    assert client.get("/en/comments/kept/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        actions.suspend(
            by=mo, kind="comment", item_id=comment.pk, reason="insult", words="zqenough",
            until=datetime.date(2026, 12, 3),
        )  # fmt: skip
    assert client.get("/en/comments/kept/").status_code == 302
    with pytest.raises(Refused):
        factories.make_comment(case_study, sam)
    (letter,) = mail.outbox
    assert letter.to == ["sam@whitby.ca"]
    assert "zqenough" in letter.body
    assert actions.end_suspensions() == 0
    time_machine.move_to("2026-12-03 12:00:00")
    assert actions.end_suspensions() == 1
    assert Person.objects.get(pk=sam.pk).is_active
    client.force_login(sam)
    assert "zqenough" in client.get("/en/moderation/mine/").content.decode()
    assert actions_noted() == ["moderation.lifted", "moderation.suspended"]


def test_a_moderator_ends_a_suspension_before_its_time(client, comment, mo, sam):
    actions.suspend(by=mo, kind="comment", item_id=comment.pk, reason="insult")
    suspension = Suspension.objects.get()
    assert suspension.until is None
    client.force_login(mo)
    assert client.get("/en/moderation/suspended/").content.decode().count("Sam") == 2
    assert client.post(f"/en/moderation/suspended/{suspension.pk}/", {"words": "Talked"}).status_code == 302
    assert Person.objects.get(pk=sam.pk).is_active
    assert actions_noted() == ["moderation.lifted", "moderation.suspended"]


def test_a_closed_account_stays_closed_when_a_suspension_ends(comment, mo, sam):
    from members.identity import closing

    actions.suspend(by=mo, kind="comment", item_id=comment.pk, reason="insult")
    closing.retire(Person.objects.get(pk=sam.pk), former_municipality=sam.municipality)
    actions.lift(by=mo, suspension=Suspension.objects.get())
    assert not Person.objects.get(pk=sam.pk).is_active


def test_moderators_and_administrators_are_not_suspended_by_moderators(case_study, municipality, mo, root):
    other = factories.make_person("other@example.org", municipality=municipality)
    roles.name_moderator(by=root, person=other)
    theirs = factories.make_comment(case_study, Person.objects.get(pk=other.pk))
    with pytest.raises(Refused, match="administrators"):
        actions.suspend(by=mo, kind="comment", item_id=theirs.pk, reason="insult")
    actions.suspend(by=root, kind="comment", item_id=theirs.pk, reason="insult")
    with pytest.raises(Refused):
        actions.suspend(by=mo, kind="comment", item_id=theirs.pk, reason="insult")


def test_a_day_that_has_passed_is_refused_and_what_was_typed_stays(client, comment, mo, pat):
    actions.report(by=pat, kind="comment", item_id=comment.pk, reason="insult")
    client.force_login(mo)
    given = {"action": "suspend", "reason": "insult", "words": "zqtyped", "until": "2020-01-01"}
    answer = client.post(f"/en/moderation/case/comment/{comment.pk}/decide/", given)
    assert answer.status_code == 422
    assert "zqtyped" in answer.content.decode()
    assert not Suspension.objects.exists()


@pytest.fixture
def publisher(root, other_municipality):
    person = factories.make_person("pub@whitby.ca", municipality=other_municipality)
    roles.name_role(by=root, person=person, municipality=other_municipality, role="publisher")
    person = Person.objects.get(pk=person.pk)
    firstposts.switch(by=person, municipality=other_municipality, on=True)
    return person


def test_a_first_post_is_seen_by_its_author_and_those_who_check_it(
    client, case_study, publisher, sam, pat, mo
):
    held = factories.make_comment(case_study, sam, "zqheld")
    for reader, sees in ((None, False), (pat, False), (sam, True), (publisher, True), (mo, True)):
        client.logout()
        if reader:
            client.force_login(reader)
        assert ("zqheld" in client.get(case_study.url).content.decode()) is sees
        assert (client.get(held.get_absolute_url()).status_code == 302) is sees
        assert (client.get("/en/moderation/").status_code == 200) is (reader in (publisher, mo))
    with pytest.raises(Refused):
        checking.approve(by=pat, kind="comment", item_id=held.pk)
    client.force_login(publisher)
    assert "zqheld" in client.get("/en/moderation/").content.decode()
    client.post(f"/en/moderation/check/comment/{held.pk}/", {"action": "approve"})
    client.logout()
    assert "zqheld" in client.get(case_study.url).content.decode()
    factories.make_comment(case_study, sam, "zqsecond")
    assert "zqsecond" in client.get(case_study.url).content.decode()


def test_a_publisher_checks_no_other_municipalitys_posts(
    client, case_study, publisher, municipality, root, pat
):
    roles.name_role(by=root, person=pat, municipality=municipality, role="publisher")
    firstposts.switch(by=Person.objects.get(pk=pat.pk), municipality=municipality, on=True)
    new = factories.make_person("new@innisfil.ca", municipality=municipality)
    held = factories.make_comment(case_study, new, "zqheld")
    client.force_login(publisher)
    assert "zqheld" not in client.get("/en/moderation/").content.decode()
    assert client.post(f"/en/moderation/check/comment/{held.pk}/", {"action": "approve"}).status_code == 404
    with pytest.raises(Refused):
        checking.approve(by=publisher, kind="comment", item_id=held.pk)


def test_a_declined_first_post_was_never_there_for_others(client, case_study, publisher, sam):
    held = factories.make_comment(case_study, sam, "zqheld")
    client.force_login(publisher)
    client.post(
        f"/en/moderation/check/comment/{held.pk}/",
        {"action": "decline", "reason": "off_topic", "words": "zqwhy"},
    )
    assert not Happening.objects.filter(verb="comment.added").exists()
    assert "zqheld" not in client.get(case_study.url).content.decode()
    client.force_login(sam)
    assert "zqwhy" in client.get(case_study.url).content.decode()


def test_the_switch_is_on_the_municipalitys_desk_for_its_publishers(
    client, publisher, other_municipality, sam
):
    address = f"/en/moderation/first-posts/{other_municipality.slug}/"
    client.force_login(sam)
    assert client.post(address, {"on": "0"}).status_code == 404
    client.force_login(publisher)
    desk = client.get(f"/en/municipalities/{other_municipality.slug}/manage/").content.decode()
    assert "Stop checking first posts" in desk
    client.post(address, {"on": "0"})
    assert not firstposts.checked(other_municipality.pk)
    assert actions_noted() == ["moderation.first_posts_off", "moderation.first_posts_on"]


def test_deleting_what_was_reported_settles_nothing(client, comment, pat, sam, mo):
    from discussions.comments import actions as comments

    actions.report(by=pat, kind="comment", item_id=comment.pk, reason="insult")
    comments.delete(by=sam, comment=comment)
    assert queue.settle_gone() == 0
    client.force_login(mo)
    assert "zqrude" in client.get(f"/en/moderation/case/comment/{comment.pk}/").content.decode()
    with pytest.raises(Refused, match="deleted this comment already"):
        actions.hide(by=mo, kind="comment", item_id=comment.pk, reason="insult", words="No.")
    actions.warn(by=mo, kind="comment", item_id=comment.pk, reason="insult", words="zqcareful")
    assert client.get(f"/en/moderation/case/comment/{comment.pk}/").status_code == 404


def test_reports_of_what_is_gone_for_good_settle_themselves(client, question, pat, mo):
    actions.report(by=pat, kind="question", item_id=question.pk, reason="insult")
    question.delete()
    client.force_login(mo)
    assert client.get("/en/moderation/").status_code == 200
    assert queue.settle_gone() == 1
    assert Report.objects.get().decided is not None


def test_a_group_s_comments_are_checked_by_nobody_outside(client, municipality, area, root):
    lead = factories.make_person("lead@innisfil.ca", municipality=municipality, first_name="Lee")
    publisher = factories.make_person("pub@innisfil.ca", municipality=municipality, first_name="Pub")
    roles.name_role(by=root, person=publisher, municipality=municipality, role="publisher")
    firstposts.switch(by=publisher, municipality=municipality, on=True)
    page = factories.make_case_study(
        municipality, area, audience="group", groups=[factories.make_group(lead)]
    )
    said = factories.make_comment(page, lead, "zqgroup")
    assert said.state == "shown"
    client.force_login(publisher)
    assert "zqgroup" not in client.get("/en/moderation/").content.decode()


def test_a_case_that_is_closed_opens_nothing_that_its_moderator_may_not_read(
    client, municipality, area, pat, mo
):
    page = factories.make_case_study(municipality, area, audience="municipality", title="zqours")
    actions.report(by=pat, kind="case_study", item_id=page.pk, reason="wrong")
    client.force_login(mo)
    address = f"/en/moderation/case/case_study/{page.pk}/"
    assert client.get(address).status_code == 200
    actions.dismiss(by=mo, kind="case_study", item_id=page.pk)
    assert client.get(address).status_code == 404
    assert "zqours" not in client.get("/en/moderation/").content.decode()
