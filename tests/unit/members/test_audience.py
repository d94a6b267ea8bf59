"""Two forms of one rule: the object predicate and the queryset agree for everybody and everything."""

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError

from casestudies.models import CaseStudyPage
from core.log import LogEntry, Reason
from members.audience import ANONYMOUS, Audience, Reader, can_see, reader_for
from members.groups import actions
from tests.factories import add_to_group, make_case_study, make_group, make_person

pytestmark = pytest.mark.django_db

READERS = [
    "nobody", "without-municipality", "member-here", "member-elsewhere", "in-the-group", "in-another-group",
    "asked-to-join", "left-the-group", "left-the-municipality", "suspended", "administrator",
]  # fmt: skip


@pytest.fixture
def group(other_municipality):
    return make_group(make_person("lead@example.org", municipality=other_municipality))


@pytest.fixture
def people(municipality, other_municipality, group):
    """Everybody who may stand in some relation to an item of the first municipality and of the group."""
    here, elsewhere = {"municipality": municipality}, {"municipality": other_municipality}
    people = {
        "without-municipality": make_person("a@example.org"),
        "member-here": make_person("b@example.org", **here),
        "member-elsewhere": make_person("c@example.org", **elsewhere),
        "in-the-group": make_person("f@example.org", **elsewhere),
        "in-another-group": make_person("g@example.org", **elsewhere),
        "asked-to-join": make_person("h@example.org", **elsewhere),
        "left-the-group": make_person("i@example.org", **elsewhere),
        "left-the-municipality": make_person("j@example.org", **here),
        "suspended": make_person("d@example.org", is_active=False, **here),
        "administrator": make_person("e@example.org", is_superuser=True),
    }
    for name in ("in-the-group", "left-the-group", "left-the-municipality"):
        add_to_group(group, people[name])
    make_group(people["in-another-group"], "Other group")
    actions.join(by=people["asked-to-join"], group=group)
    actions.leave(by=people["left-the-group"], group=group)
    people["left-the-municipality"].municipality = None
    people["left-the-municipality"].save()
    return people


@pytest.fixture
def readers(people):
    return {"nobody": ANONYMOUS} | {name: reader_for(person) for name, person in people.items()}


ALLOWED = {
    "nobody": {"public"},
    "without-municipality": {"public"},
    "member-here": {"public", "members", "municipality"},
    "member-elsewhere": {"public", "members"},
    "in-the-group": {"public", "members", "group"},
    "in-another-group": {"public", "members"},
    "asked-to-join": {"public", "members"},
    "left-the-group": {"public", "members"},
    "left-the-municipality": {"public"},
    "suspended": {"public"},
    "administrator": {"public", "members", "municipality", "group", "unheard-of"},
}


@pytest.mark.parametrize(
    ("name", "audience"), list(itertools.product(READERS, [*Audience.values, "unheard-of"]))
)
def test_both_forms_agree_and_are_right(readers, group, municipality, area, name, audience):
    item = make_case_study(municipality, area, audience="public")
    item.groups.set([group])
    item.save()
    CaseStudyPage.objects.filter(pk=item.pk).update(audience=audience)
    item.refresh_from_db()
    reader = readers[name]
    expected = audience in ALLOWED[name]
    assert can_see(reader, item) is expected
    assert CaseStudyPage.objects.visible_to(reader).filter(pk=item.pk).exists() is expected


@pytest.mark.parametrize("name", READERS)
def test_page_is_served_to_its_audience_only(client, people, group, case_study, name):
    if name in people:
        client.force_login(people[name])
    case_study.groups.set([group])
    for audience in Audience.values:
        case_study.audience = audience
        case_study.save_revision().publish()
        status = client.get(case_study.url).status_code
        assert status == (200 if audience in ALLOWED[name] else 404), audience


def test_item_for_two_groups_is_one_item(people, group, case_study):
    both = people["in-the-group"]
    second = make_group(both, "Second group")
    case_study.audience = "group"
    case_study.groups.set([group, second])
    case_study.save_revision().publish()
    assert CaseStudyPage.objects.visible_to(reader_for(both)).count() == 1


def test_item_for_groups_names_one(case_study):
    case_study.audience = "group"
    with pytest.raises(ValidationError, match="at least one working group"):
        case_study.full_clean()


def test_changing_the_groups_is_a_change_of_audience(group, case_study):
    case_study.audience = "group"
    case_study.groups.set([group])
    case_study.save_revision().publish()
    before = LogEntry.objects.latest("seq").seq
    case_study.groups.set(
        [make_group(make_person("x@example.org", municipality=case_study.municipality), "New")]
    )
    case_study.save_revision().publish()
    assert LogEntry.objects.filter(seq__gt=before, reason=Reason.AUDIENCE, item_id=case_study.pk).exists()


def test_reader_for_nobody():
    assert reader_for(None) == reader_for(AnonymousUser()) == Reader()


def test_unpublished_is_visible_to_nobody(readers, case_study):
    case_study.unpublish()
    for reader in readers.values():
        assert not CaseStudyPage.objects.visible_to(reader).exists()
