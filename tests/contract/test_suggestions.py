"""Suggestions while typing, from both engines: what they know, and what they must not tell."""

import time

import pytest
from django.utils import translation
from taggit.models import Tag

from library.retiring import actions as retiring
from members.audience import ANONYMOUS, Reader, reader_for
from search import readers
from search.suggest import suggest
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("installation")]


def said(text, reader: Reader = ANONYMOUS, language="en"):
    """The labels that are suggested, by kind."""
    with translation.override(language):
        found = suggest(text, language, reader)
    return {group.kind: [each.label for each in group.suggestions] for group in found.groups}


@pytest.fixture
def member(municipality):
    person = factories.make_person(
        municipality=municipality, first_name="Noémie", last_name="Zyxhart", job_title="Clerk"
    )
    return reader_for(person)


@pytest.mark.parametrize("text", ["snow pl", "auto side", "SIDEWALK", "plow snow", "  snow,  plow "])
def test_every_word_may_be_a_beginning(case_study, text):
    readers.catch_up()
    assert said(text) == {"case_study": ["Autonomous sidewalk snow plow"]}


@pytest.mark.parametrize(
    "text", ["", "s", "now", "snow bridge", "*", ".*", "sno*w", "title_exact:snow", "\x00", "zzzz" * 40]
)
def test_what_begins_nothing_suggests_nothing(case_study, text):
    readers.catch_up()
    assert said(text) == {}


def test_accents_and_ligatures_do_not_matter(municipality):
    factories.make_case_study(municipality, title="Œuvres d’été à l’école", slug="e", language="fr")
    readers.catch_up()
    for text in ("oeuv", "œuvres ete", "ECOLE", "l'école"):
        assert said(text, language="fr") == {"case_study": ["Œuvres d’été à l’école"]}, text


def test_every_kind_has_its_group(case_study, playbook, municipality, area, member):
    Tag.objects.all().delete()
    case_study.tags.add("Plowing tools")
    case_study.save_revision().publish()
    playbook.title = "Plow playbook"
    playbook.save()
    factories.make_question(municipality, area, title="Who plows at night?")
    readers.catch_up()
    assert set(said("plow")) == {"case_study", "playbook", "question", "tag"}
    assert said("plow")["tag"] == ["Plowing tools"]
    assert said("innis")["municipality"] == ["Innisfil"]
    assert said("noem zyx", member) == {"person": ["Noémie Zyxhart"]}
    assert said("wint") == {"service_area": ["Winter maintenance"]}
    assert said("hivern", language="fr") == {"service_area": ["Entretien hivernal"]}


def test_areas_are_found_by_their_synonyms_and_by_the_thesaurus(case_study, area):
    from search.models import TermGroup

    area.synonyms = "road salt"
    area.save()
    TermGroup.objects.create(name="snow", english="snow removal\nwinter maintenance", french="déneigement")
    readers.catch_up()
    for text in ("road sal", "snow rem", "déneig", "deneigement"):
        assert "Winter maintenance" in said(text).get("service_area", []), text


def test_translations_are_suggested_once_in_the_language_of_the_reader(municipality):
    english = factories.make_case_study(municipality, title="Snow routes", slug="snow")
    factories.make_case_study(
        municipality, title="Circuits de neige", slug="neige", language="fr", translation_of=english
    )
    readers.catch_up()
    assert said("snow rou") == said("neig") == {"case_study": ["Snow routes"]}
    assert said("snow rou", language="fr") == {"case_study": ["Circuits de neige"]}


def test_what_was_retired_or_replaced_comes_last(municipality, other_municipality):
    """Whatever else speaks for it: its language, its first word, who took it up, how many there are of it."""
    admin = factories.make_person("admin@example.org", is_superuser=True)
    for number in range(30):
        old = factories.make_case_study(municipality, title=f"Gravel road {number}", slug=f"old-{number}")
        factories.make_adoption(other_municipality, old)
        retiring.retire(by=admin, item=old, why="Paved.")
    replaced = factories.make_case_study(municipality, title="Gravel calendar", slug="replaced")
    factories.make_case_study(municipality, title="A newer gravel calendar", slug="new", supersedes=replaced)
    factories.make_case_study(municipality, title="Route en gravelle", slug="fr", language="fr")
    readers.catch_up()
    assert said("grav")["case_study"][:2] == ["A newer gravel calendar", "Route en gravelle"]
    assert said("gravel cal")["case_study"] == ["A newer gravel calendar", "Gravel calendar"]
    retired = said("gravel road")["case_study"]
    assert len(retired) == 4
    assert all(title.startswith("Gravel road") for title in retired)


def test_nothing_of_what_the_reader_may_not_see(municipality, other_municipality, area, member):
    hidden = factories.make_case_study(
        municipality, area, title="Canarytitle", slug="c", audience="municipality"
    )
    hidden.tags.add("Canarytag")
    hidden.save_revision().publish()
    factories.make_question(municipality, area, title="Canaryquestion", audience="members")
    readers.catch_up()
    stranger = reader_for(factories.make_person("x@example.org", municipality=other_municipality))
    assert set(said("canary", member)) == {"case_study", "question", "tag"}
    assert set(said("canary", stranger)) == {"question"}
    assert said("canary") == {}
    assert said("winter maint") == {}, "no visible document has this area"
    assert "service_area" in said("winter maint", member)
    assert said("zyxhart") == {}, "people are for members"
    assert set(said("zyxhart", stranger)) == {"person"}


def test_narrowing_is_respected_before_the_index_knows(case_study, area, member):
    case_study.tags.add("Canarytag")
    case_study.save_revision().publish()
    readers.catch_up()
    assert set(said("autonomous")) == {"case_study"}
    case_study.audience = "members"
    case_study.save()
    assert said("autonomous") == said("canarytag") == said("winter") == {}
    assert set(said("autonomous", member)) == set(), "left out for everybody until the index has heard"
    readers.catch_up()
    # How far Elasticsearch has read is known as of a second ago.
    deadline = time.monotonic() + 5
    while not said("autonomous", member) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert set(said("autonomous", member)) == {"case_study"}


def test_who_leaves_is_gone_at_once(member):
    from members.models import Person

    readers.catch_up()
    colleague = factories.make_person("b@example.org", municipality=Person.objects.get().municipality)
    reader = reader_for(colleague)
    assert set(said("zyxhart", reader)) == {"person"}
    person = Person.objects.get(last_name="Zyxhart")
    person.is_active = False
    person.save()
    assert said("zyxhart", reader) == {}
