"""Mentions: who is meant, who is told, and that nobody learns of anybody by them."""

import pytest

from core.happenings import Happening
from discussions.comments import actions, limits, mentions
from discussions.comments.models import Mention
from discussions.moderation import checking, firstposts
from members.audience import reader_for
from members.refusal import Refused
from members.roles import actions as roles
from tests import factories

pytestmark = pytest.mark.django_db


def person(town, first, last="", **fields):
    address = f"{first}.{last}.{town.pk}@example.org".lower().replace(" ", "")
    return factories.make_person(address, municipality=town, first_name=first, last_name=last, **fields)


@pytest.fixture
def pat(municipality):
    return person(municipality, "Pat", "Page")


@pytest.fixture
def sam(other_municipality):
    return person(other_municipality, "Sam", "Salt")


def told():
    found = Happening.objects.filter(verb="comment.mentioned").values_list("to", flat=True)
    return sorted(pk for to in found for pk in to)


@pytest.mark.parametrize(
    "text",
    [
        "@Pat Page, look",
        "Ask @pat page!",
        "(@Pat Page)",
        "**@Pat Page**",
        "@Pat Page’s plough",
        "x\n@Pat Page\ny",
    ],
)
def test_a_name_behind_an_at_sign_mentions(case_study, pat, sam, text):
    factories.make_comment(case_study, sam, text)
    assert told() == [pat.pk]


@pytest.mark.parametrize(
    "text",
    [
        "Pat Page",
        "mail@Pat Page",
        "@Pat Pages",
        "@Pat",
        "`@Pat Page`",
        "> @Pat Page\n\nindeed",
        "```\n@Pat Page\n```",
    ],
)
def test_what_only_looks_like_one_mentions_nobody(case_study, pat, sam, text):
    factories.make_comment(case_study, sam, text)
    assert told() == []


def test_names_with_accents_and_several_parts(case_study, municipality, sam):
    people = [person(municipality, "Élise", "Côté-Roy"), person(municipality, "Mary Ann", "O’Neil")]
    factories.make_comment(case_study, sam, "@Élise Côté-Roy and @Mary Ann O’Neil")
    assert told() == sorted(each.pk for each in people)


def test_of_two_of_one_name_the_town_says_which(case_study, pat, sam):
    other = person(sam.municipality, "Pat", "Page")
    factories.make_comment(case_study, sam, "@Pat Page")
    assert told() == []
    factories.make_comment(case_study, sam, "@Pat Page (Whitby)")
    assert told() == [other.pk]
    written = [text for _person, text in mentions.suggestions("pat", case_study, reader_for(sam))]
    assert sorted(written) == ["Pat Page (Innisfil)", "Pat Page (Whitby)"]


def test_a_mention_of_who_may_not_see_the_page_mentions_nobody_and_says_nothing(client, case_study, pat, sam):
    case_study.audience = "municipality"
    case_study.save_revision().publish()
    author = person(case_study.municipality, "Ann", "Author")
    factories.make_comment(case_study, author, "@Sam Salt and @Pat Page and @No Body")
    assert told() == [pat.pk]
    assert list(Mention.objects.values_list("person", flat=True)) == [pat.pk]
    client.force_login(author)
    people = client.get("/en/comments/people/", {"page": case_study.pk, "q": "s"}).content.decode()
    assert "Sam" not in people
    seen = client.post("/en/comments/preview/", {"page": case_study.pk, "body": "@Sam Salt"}).content.decode()
    unknown = client.post(
        "/en/comments/preview/", {"page": case_study.pk, "body": "@Sim Salt"}
    ).content.decode()
    assert seen == unknown.replace("Sim", "Sam")


def test_suggestions_are_for_those_who_may_write_on_the_page(client, case_study, pat, sam):
    address = f"/en/comments/people/?page={case_study.pk}&q=pa"
    client.force_login(factories.make_person("visitor@home.example"))
    assert client.get(address).status_code == 404
    client.force_login(sam)
    assert 'data-written="Pat Page"' in client.get(address).content.decode()
    case_study.audience = "municipality"
    case_study.save_revision().publish()
    assert client.get(address).status_code == 404


def test_ten_in_a_comment(client, case_study, municipality, sam):
    people = [person(municipality, f"Name{chr(97 + n)}", "Long") for n in range(limits.MENTIONS_EACH + 1)]
    text = " ".join(f"@{each.get_full_name()}" for each in people)
    client.force_login(sam)
    answer = client.post(f"/en/comments/on/{case_study.pk}/", {"body": text, "token": "t" * 20})
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert "10 people at most" in answer.content.decode()
    assert told() == []
    factories.make_comment(case_study, sam, text.rsplit(" @", 1)[0])
    assert len(told()) == limits.MENTIONS_EACH


def test_fifty_a_day_and_editing_is_no_way_around(case_study, municipality, sam, time_machine):
    time_machine.move_to("2026-11-26 12:00:00")
    people = [person(municipality, f"N{chr(97 + n // 26)}{chr(97 + n % 26)}", "Long") for n in range(51)]
    for start in range(0, 50, 10):
        names = " ".join(f"@{each.get_full_name()}" for each in people[start : start + 10])
        comment = factories.make_comment(case_study, sam, names)
    with pytest.raises(Refused, match="50 people a day"):
        factories.make_comment(case_study, sam, f"@{people[50].get_full_name()}")
    with pytest.raises(Refused, match="50 people a day"):
        actions.edit(by=sam, comment=comment, body=f"@{people[50].get_full_name()}", version=1)
    assert len(told()) == 50
    time_machine.shift(limits.DAY + limits.MINUTE)
    factories.make_comment(case_study, sam, f"@{people[50].get_full_name()}")


def test_fifty_edits_tell_nobody_twice(case_study, pat, sam):
    comment = factories.make_comment(case_study, sam, "@Pat Page 0")
    for number in range(1, 51):
        actions.edit(
            by=sam, comment=comment, body=f"{'@Pat Page' if number % 2 else ''} {number}", version=number
        )
    assert told() == [pat.pk]


def test_an_edit_tells_whom_it_newly_names(case_study, pat, sam, municipality):
    new = person(municipality, "Nia", "New")
    comment = factories.make_comment(case_study, sam, "@Pat Page")
    actions.edit(by=sam, comment=comment, body="@Pat Page @Nia New", version=1)
    assert told() == sorted([pat.pk, new.pk])


def test_a_held_comment_tells_nobody_until_it_is_let_through(case_study, pat, sam, other_municipality):
    root = factories.make_person("root@example.org", is_superuser=True)
    roles.name_role(by=root, person=sam, municipality=other_municipality, role="publisher")
    firstposts.switch(by=sam, municipality=other_municipality, on=True)
    newcomer = person(other_municipality, "Nia", "New")
    comment = factories.make_comment(case_study, newcomer, "@Pat Page")
    assert not Happening.objects.exists()
    checking.approve(by=sam, kind="comment", item_id=comment.pk)
    assert told() == [pat.pk]
    assert Happening.objects.filter(verb="comment.added", by=newcomer).count() == 1


def test_on_a_page_for_several_groups_one_names_people_of_ones_own(
    client, municipality, other_municipality, area, pat, sam
):
    plough, water = factories.make_group(pat), factories.make_group(sam, name="Water")
    wanda = person(other_municipality, "Wanda", "Well")
    factories.add_to_group(water, wanda)
    page = factories.make_case_study(municipality, area, audience="group", groups=[plough, water])
    client.force_login(pat)
    names = client.get("/en/comments/people/", {"page": page.pk, "q": "wanda"}).content.decode()
    assert "Well" not in names
    factories.make_comment(page, pat, "@Wanda Well and I")
    assert told() == []
    factories.make_comment(page, sam, "@Wanda Well and I")
    assert told() == [wanda.pk]
