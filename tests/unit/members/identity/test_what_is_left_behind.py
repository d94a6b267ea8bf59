"""Who has left takes along that they contributed, and not what it is called today; a merge is asked for twice."""

import pytest
from django.core import mail
from django.urls import reverse

from core.models import Picture
from members.groups import actions as groups
from members.identity import export, merging
from members.models import Person
from members.refusal import Refused
from members.roles import actions as roles
from tests import factories
from tests.unit.core.test_files import small_png

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(municipality):
    return factories.make_person("author@town.ca", municipality=municipality, first_name="Ann")


@pytest.fixture
def things(author, municipality, area):
    from django.core.files.base import ContentFile

    secret = factories.make_case_study(
        municipality, area, title="zqlayoffs", slug="secret", audience="municipality", owner=author
    )
    factories.make_case_study(municipality, area, title="zqpublic", slug="public", owner=author)
    Picture.objects.create(
        title="zqpicture", file=ContentFile(small_png(), "plough.png"), uploaded_by_user=author
    )
    return secret


def test_titles_go_along_as_long_as_one_may_see_them(author, things):
    told = str(export.everything(author))
    assert "zqlayoffs" in told
    assert "zqpublic" in told
    roles.leave(by=author)
    told = export.everything(Person.objects.get(pk=author.pk))
    assert "zqlayoffs" not in str(told)
    assert "zqpicture" not in str(told)
    assert "zqpublic" in str(told)
    owned = told["contributed"]["wagtailcore.Page: owner"]
    assert str(things.pk) in {row["id"] for row in owned}, "that there is something is theirs to know"


def test_making_two_accounts_one_asks_who_it_is_once_more_and_says_so(
    client, author, django_capture_on_commit_callbacks
):
    other = factories.make_person("other@home.ca")
    token = merging.token_for(by=author, other=other, email="other@home.ca")
    client.force_login(author)
    address = reverse("members:merge", args=[token])
    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 302
        assert "reauthenticate" in answer["Location"]
    assert not Person.objects.filter(merged_into=author).exists()
    with django_capture_on_commit_callbacks(execute=True):
        merging.merge(by=author, token=token)
    assert Person.objects.get(pk=other.pk).merged_into == author
    (notice,) = mail.outbox
    assert notice.to == ["author@town.ca"]
    assert "other@home.ca" in notice.body


def test_asking_to_merge_ends_for_the_day(author):
    for _ in range(merging.A_DAY):
        merging.ask(by=author, email="nobody@home.ca", url_of=str)
    with pytest.raises(Refused, match="several times today"):
        merging.ask(by=author, email="nobody@home.ca", url_of=str)


def test_a_place_in_a_group_counts_for_nothing_without_a_municipality(client, author, other_municipality):
    group = factories.make_group(author)
    other = factories.make_person("other@whitby.ca", municipality=other_municipality, first_name="zqguest")
    factories.add_to_group(group, other)
    root = factories.make_person("root@example.org", is_superuser=True)
    waiting = factories.make_person(
        "third@whitby.ca", municipality=other_municipality, first_name="zqwaiting"
    )
    groups.join(by=waiting, group=group)
    groups.name_lead(by=author, group=group, person=other)
    roles.leave(by=author)
    moderator = Person.objects.get(pk=author.pk)
    roles.name_moderator(by=root, person=moderator)
    client.force_login(moderator)
    page = client.get(group.get_absolute_url()).content.decode()
    assert group.name in page
    assert "zqwaiting" not in page
    with pytest.raises(Refused, match="Only the leads"):
        groups.accept(by=moderator, group=group, person=waiting)
