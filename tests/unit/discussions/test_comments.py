"""Comments: posted, answered, edited, deleted, found helpful; and who may do each of these."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from core.happenings import Happening
from discussions.comments import actions, limits
from discussions.comments.models import Comment, CommentVersion, KeptText, Mention, State, new_token
from members.audience import ANONYMOUS, reader_for
from members.groups import actions as groups
from members.models import Person
from members.refusal import Refused
from members.roles import actions as roles
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def pat(municipality):
    return factories.make_person(
        "pat@innisfil.ca", municipality=municipality, first_name="Pat", last_name="Page"
    )


@pytest.fixture
def sam(other_municipality):
    return factories.make_person(
        "sam@whitby.ca", municipality=other_municipality, first_name="Sam", last_name="Salt"
    )


@pytest.fixture
def root(db):
    return factories.make_person("root@example.org", is_superuser=True)


def verbs():
    return list(Happening.objects.order_by("seq").values_list("verb", "to"))


def post(client, page, body, **more):
    data = {"body": body, "token": new_token(), **more}
    return client.post(f"/en/comments/on/{page.pk}/", data)


def test_a_comment_stands_on_its_page_for_everybody_who_reads_it(client, case_study, sam):
    client.force_login(sam)
    answer = post(client, case_study, "It **works** in Whitby.")
    comment = Comment.objects.get()
    assert answer["Location"] == f"{case_study.get_url()}#comment-{comment.pk}", "where it stands"
    assert client.get(comment.get_absolute_url())["Location"] == answer["Location"], (
        "its own address leads there"
    )
    client.logout()
    html = client.get(case_study.url).content.decode()
    assert "It <strong>works</strong> in Whitby." in html
    assert "Sam Salt" in html
    assert comment.municipality == sam.municipality


def test_the_page_kept_for_strangers_is_dropped_with_a_new_comment(
    client, case_study, sam, django_capture_on_commit_callbacks, settings
):
    settings.PAGE_CACHE_SECONDS = 60
    cache.clear()
    assert "zqnew" not in client.get(case_study.url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        factories.make_comment(case_study, sam, "zqnew")
    assert "zqnew" in client.get(case_study.url).content.decode()


def test_a_reply_to_a_reply_joins_the_thread_and_tells_those_it_answers(case_study, pat, sam, root):
    first = factories.make_comment(case_study, pat)
    reply = factories.make_comment(case_study, sam, answers_to=first)
    third = factories.make_person("third@whitby.ca", municipality=sam.municipality)
    deeper = factories.make_comment(case_study, third, answers_to=reply)
    assert (reply.thread, deeper.thread, deeper.answers_to) == (first, first, reply)
    assert verbs() == [
        ("comment.added", []),
        ("comment.added", [pat.pk]),
        ("comment.added", sorted([pat.pk, sam.pk])),
    ]


def test_the_quote_button_quotes_what_was_said_and_not_what_was_quoted(client, case_study, pat, sam):
    first = factories.make_comment(case_study, pat, "> old words\n\nNew words,\nof mine")
    client.force_login(sam)
    html = client.get(f"/en/comments/on/{case_study.pk}/?reply={first.pk}&quote=1").content.decode()
    assert "&gt; New words,\n&gt; of mine" in html
    assert "&gt; old words" not in html


def test_editing_keeps_what_was_said_and_tells_nobody_again(client, case_study, pat, sam):
    comment = factories.make_comment(case_study, sam, "zqfirst @Pat Page")
    told = verbs()
    for number, text in enumerate(["zqsecond @Pat Page", "zqthird @Pat Page"], start=1):
        actions.edit(by=sam, comment=comment, body=text, version=number)
    assert verbs() == told
    html = client.get(case_study.url).content.decode()
    assert "zqthird" in html
    assert "zqfirst" not in html
    history = client.get(f"/en/comments/{comment.pk}/history/").content.decode()
    assert history.index("zqthird") < history.index("zqsecond") < history.index("zqfirst")


def test_two_edits_never_overwrite_each_other_silently(client, case_study, sam):
    comment = factories.make_comment(case_study, sam, "one")
    client.force_login(sam)
    address = f"/en/comments/{comment.pk}/edit/"
    assert client.post(address, {"body": "from this window", "version": 1}).status_code == 302
    refused = client.post(address, {"body": "from the other window", "version": 1})
    html = refused.content.decode()
    assert refused.status_code == 409
    assert "from the other window" in html
    assert "from this window" in html
    assert Comment.objects.get().body == "from this window"
    assert client.post(address, {"body": "both", "version": 2}).status_code == 302
    assert set(CommentVersion.objects.values_list("body", flat=True)) == {"one", "from this window"}


def test_only_its_author_edits_or_deletes_a_comment(client, case_study, pat, sam, root):
    comment = factories.make_comment(case_study, sam, "mine")
    for other in (pat, root):
        with pytest.raises(Refused):
            actions.edit(by=other, comment=comment, body="yours", version=1)
        with pytest.raises(Refused):
            actions.delete(by=other, comment=comment)
        client.force_login(other)
        assert client.get(f"/en/comments/{comment.pk}/edit/").status_code == 404
    assert Comment.objects.get().body == "mine"


def test_a_deleted_comment_leaves_its_place_and_its_replies_and_no_word(client, case_study, pat, sam):
    upload = SimpleUploadedFile("zqfile.txt", b"zqcontent")
    comment = factories.make_comment(case_study, sam, "zqgone", files=[upload])
    file = comment.files.get()
    factories.make_comment(case_study, pat, "zqreply", answers_to=comment)
    actions.edit(by=sam, comment=comment, body="zqgonetoo", version=1)
    actions.delete(by=sam, comment=comment)
    actions.delete(by=sam, comment=comment)
    for reader in (None, pat, sam):
        client.logout()
        if reader:
            client.force_login(reader)
        html = client.get(case_study.url).content.decode()
        assert "zqgone" not in html
        assert "zqreply" in html
        assert "deleted by its author" in html
        assert client.get(f"/en/comments/{comment.pk}/history/").status_code == 404
        assert client.get(f"/en/comments/files/{file.pk}/zqfile.txt").status_code == 404
    assert Comment.objects.get(pk=comment.pk).state == State.DELETED


def test_what_a_deleted_comment_said_goes_after_a_month(case_study, sam, time_machine):
    from discussions.comments import retention

    time_machine.move_to("2026-11-26 12:00:00")
    comment = factories.make_comment(case_study, sam, "zqgone")
    actions.delete(by=sam, comment=comment)
    assert retention.forget() == 0
    time_machine.shift(limits.KEPT + limits.DAY)
    assert retention.forget() == 1
    assert not CommentVersion.objects.exists()


def test_helpful_has_a_reason_is_said_once_and_can_be_taken_back(client, case_study, pat, sam):
    comment = factories.make_comment(case_study, sam)
    client.force_login(pat)
    address = f"/en/comments/{comment.pk}/act/"
    for reason in ("saved_time", "new"):
        client.post(address, {"action": "helpful", "reason": reason})
    assert [(vote.person, vote.reason) for vote in comment.helped.all()] == [(pat, "new")]
    assert verbs()[1:] == [("comment.helpful", [sam.pk])]
    assert "Helpful to 1 person: I did not know that" in client.get(case_study.url).content.decode()
    client.post(address, {"action": "helpful", "reason": "because"})
    client.post(address, {"action": "not-helpful"})
    assert not comment.helped.exists()
    with pytest.raises(Refused, match="for others"):
        actions.find_helpful(by=sam, comment=comment, reason="new")


def test_a_thread_has_one_answer_named_by_who_asked_or_by_the_page(case_study, pat, sam, root):
    question = factories.make_comment(case_study, sam)
    first, second = (factories.make_comment(case_study, pat, answers_to=question) for _ in range(2))
    stranger = factories.make_person("x@whitby.ca", municipality=sam.municipality)
    with pytest.raises(Refused):
        actions.name_answer(by=stranger, comment=first)
    with pytest.raises(Refused):
        actions.name_answer(by=sam, comment=question)
    actions.name_answer(by=sam, comment=first)
    roles.name_role(by=root, person=pat, municipality=pat.municipality, role="publisher")
    actions.name_answer(by=pat, comment=second)
    assert list(Comment.objects.filter(is_answer=True)) == [second]
    assert [each for each in verbs() if each[0] == "comment.answered"] == [
        ("comment.answered", [pat.pk]),
        ("comment.answered", [sam.pk]),
    ]


def test_publishers_and_moderators_close_a_thread_and_open_it_again(client, case_study, pat, sam, root):
    starter = factories.make_comment(case_study, sam)
    with pytest.raises(Refused):
        actions.close_thread(by=sam, comment=starter)
    roles.name_role(by=root, person=pat, municipality=pat.municipality, role="publisher")
    actions.close_thread(by=pat, comment=starter)
    client.force_login(sam)
    answer = post(client, case_study, "zqtoolate", answers_to=starter.pk)
    assert answer.status_code == 409
    assert "zqtoolate" in answer.content.decode()
    assert Comment.objects.count() == 1
    actions.close_thread(by=pat, comment=starter, closed=False)
    factories.make_comment(case_study, sam, answers_to=starter)


def test_who_belongs_to_no_municipality_reads_and_does_not_write(client, case_study, sam):
    factories.make_comment(case_study, sam, "zqread")
    visitor = factories.make_person("visitor@home.example")
    client.force_login(visitor)
    html = client.get(case_study.url).content.decode()
    assert "zqread" in html
    assert "<textarea" not in html
    assert client.get(f"/en/comments/on/{case_study.pk}/").status_code == 404
    with pytest.raises(Refused):
        factories.make_comment(case_study, visitor)


def test_double_posts_have_one_effect(client, case_study, sam):
    client.force_login(sam)
    token = new_token()
    answers = {post(client, case_study, "once", token=token)["Location"] for _ in range(5)}
    assert len(answers) == 1
    assert Comment.objects.count() == 1
    assert len(verbs()) == 1


def test_ten_comments_a_minute_and_then_429_with_the_text(client, case_study, sam, time_machine):
    time_machine.move_to("2026-11-26 12:00:00", tick=False)
    for _ in range(limits.A_MINUTE):
        factories.make_comment(case_study, sam)
    client.force_login(sam)
    answer = post(client, case_study, "zqeleventh")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"
    assert "zqeleventh" in answer.content.decode()
    time_machine.shift(61)
    assert post(client, case_study, "zqeleventh").status_code == 302


def test_the_text_is_given_back_when_the_page_is_not_for_its_author_any_more(client, case_study, pat, sam):
    client.force_login(sam)
    case_study.audience = "municipality"
    case_study.save_revision().publish()
    answer = post(client, case_study, "zqtyped for long")
    assert answer.status_code == 404
    assert "zqtyped for long" in answer.content.decode()
    assert case_study.title not in answer.content.decode()
    assert [kept.body for kept in KeptText.objects.filter(person=sam)] == ["zqtyped for long"]
    assert "zqtyped" in client.get("/en/comments/kept/").content.decode()
    never = client.post("/en/comments/on/987654/", {"body": "zqtyped for long", "token": new_token()})
    same = answer.content.replace(f"/on/{case_study.pk}/".encode(), b"/on/987654/")
    assert never.content == same, "nobody learns whether there was a page"
    client.force_login(pat)
    assert "zqtyped" not in client.get("/en/comments/kept/").content.decode()


def test_the_text_comes_back_to_whose_session_has_ended(client, case_study):
    answer = post(client, case_study, "zqtyped for long")
    assert answer.status_code == 401
    assert "zqtyped for long" in answer.content.decode()


def test_what_is_withdrawn_takes_its_comments_along(client, case_study, pat, sam):
    comment = factories.make_comment(case_study, sam, "zqgone")
    assert Comment.objects.visible_to(ANONYMOUS).count() == 1
    case_study.unpublish()
    for reader in (ANONYMOUS, reader_for(pat), reader_for(sam)):
        assert not Comment.objects.visible_to(reader).exists()
    client.force_login(sam)
    assert client.get(comment.get_absolute_url()).status_code == 404


def test_group_pages_are_discussed_in_the_group(case_study, pat, sam):
    group = factories.make_group(sam)
    case_study.audience = "group"
    case_study.groups.set([group])
    case_study.save_revision().publish()
    comment = factories.make_comment(case_study, sam, "for us")
    assert Comment.objects.visible_to(reader_for(sam)).count() == 1
    assert not Comment.objects.visible_to(reader_for(pat)).exists()
    factories.add_to_group(group, pat)
    assert Comment.objects.visible_to(reader_for(Person.objects.get(pk=pat.pk))).get() == comment
    groups.leave(by=pat, group=group)
    assert not Comment.objects.visible_to(reader_for(Person.objects.get(pk=pat.pk))).exists()


def test_closing_an_account_keeps_what_was_said(client, case_study, sam):
    from members.identity import closing

    factories.make_comment(case_study, sam, "zqstays")
    closing.close(by=sam)
    html = client.get(case_study.url).content.decode()
    assert "zqstays" in html
    assert "Former member of Whitby" in html
    assert "Sam Salt" not in html


def test_a_mention_in_a_comment_that_was_deleted_is_gone(case_study, pat, sam):
    comment = factories.make_comment(case_study, sam, "Ask @Pat Page")
    assert Mention.objects.get().person == pat
    actions.delete(by=sam, comment=comment)
    assert not Mention.objects.exists()


def test_an_address_is_never_shown_for_a_name(client, case_study, other_municipality):
    nameless = factories.make_person("zqsecret@whitby.ca", municipality=other_municipality)
    comment = factories.make_comment(case_study, nameless)
    reader = factories.make_person("r@whitby.ca", municipality=other_municipality)
    for person in (None, reader):
        if person:
            client.force_login(person)
        for address in (
            case_study.url,
            f"/en/comments/{comment.pk}/thread/",
            f"/en/comments/{comment.pk}/history/",
        ):
            html = client.get(address).content.decode()
            assert "zqsecret" not in html
            assert "somebody without a name" in html
