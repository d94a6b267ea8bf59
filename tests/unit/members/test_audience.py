"""Two forms of one rule: the object predicate and the queryset agree for everybody and everything."""

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser

from casestudies.models import CaseStudyPage
from members.audience import ANONYMOUS, Audience, Reader, can_see, reader_for
from tests.factories import make_case_study, make_person

pytestmark = pytest.mark.django_db

READERS = ["nobody", "without-municipality", "member-here", "member-elsewhere", "suspended", "administrator"]


@pytest.fixture
def readers(municipality, other_municipality):
    people = {
        "without-municipality": make_person("a@example.org"),
        "member-here": make_person("b@example.org", municipality=municipality),
        "member-elsewhere": make_person("c@example.org", municipality=other_municipality),
        "suspended": make_person("d@example.org", municipality=municipality, is_active=False),
        "administrator": make_person("e@example.org", is_superuser=True),
    }
    return {"nobody": ANONYMOUS} | {name: reader_for(person) for name, person in people.items()}


ALLOWED = {
    "nobody": {"public"},
    "without-municipality": {"public"},
    "member-here": {"public", "members", "municipality"},
    "member-elsewhere": {"public", "members"},
    "suspended": {"public"},
    "administrator": {"public", "members", "municipality", "unheard-of"},
}


@pytest.mark.parametrize(
    ("name", "audience"), list(itertools.product(READERS, [*Audience.values, "unheard-of"]))
)
def test_both_forms_agree_and_are_right(readers, municipality, area, name, audience):
    item = make_case_study(municipality, area, audience="public")
    CaseStudyPage.objects.filter(pk=item.pk).update(audience=audience)
    item.refresh_from_db()
    reader = readers[name]
    expected = audience in ALLOWED[name]
    assert can_see(reader, item) is expected
    assert CaseStudyPage.objects.visible_to(reader).filter(pk=item.pk).exists() is expected


@pytest.mark.parametrize("name", READERS)
def test_page_is_served_to_its_audience_only(client, municipality, other_municipality, case_study, name):
    people = {
        "without-municipality": {},
        "member-here": {"municipality": municipality},
        "member-elsewhere": {"municipality": other_municipality},
        "suspended": {"municipality": municipality, "is_active": False},
        "administrator": {"is_superuser": True},
    }
    if name in people:
        client.force_login(make_person("x@example.org", **people[name]))
    for audience in Audience.values:
        case_study.audience = audience
        case_study.save_revision().publish()
        status = client.get(case_study.url).status_code
        assert status == (200 if audience in ALLOWED[name] else 404), audience


def test_reader_for_nobody():
    assert reader_for(None) == reader_for(AnonymousUser()) == Reader()


def test_unpublished_is_visible_to_nobody(readers, case_study):
    case_study.unpublish()
    for reader in readers.values():
        assert not CaseStudyPage.objects.visible_to(reader).exists()
