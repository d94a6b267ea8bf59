"""Asked without the municipality's name: nothing that a peer can see or count tells it; those who may know, know."""

import re

import pytest
from django.core.cache import cache
from wagtail.models import ReferenceIndex

from core.happenings import Happening
from discussions.questions import answering, being_asked
from library.people import actions as people
from members.refusal import Refused
from members.roles import actions as roles
from search import readers, registry
from tests import factories

pytestmark = pytest.mark.django_db
NAME = "Innisfil"


@pytest.fixture
def question(ask, case_study_elsewhere):
    return ask(
        title="Who salts zebra crossings?", anonymous=True, audience="public", about=case_study_elsewhere
    )


@pytest.fixture
def case_study_elsewhere(other_municipality, area):
    return factories.make_case_study(other_municipality, area, title="Zebra crossings")


def text_of(client, address, **query):
    # The page says again what was asked for.
    return client.get(address, query).content.decode().replace("/innisfil", "")


def everything(client, question, municipality, case_study, area):
    """All that a reader can open where the question or its asker might show."""
    return {
        "page": text_of(client, question.get_absolute_url()),
        "list": text_of(client, "/en/questions/"),
        "french list": text_of(client, "/fr/questions/"),
        "area": text_of(client, f"/en/service-areas/{area.slug}/"),
        "item": text_of(client, case_study.url),
        "search": text_of(client, "/en/search/", q="salts zebra"),
        "feed": text_of(client, "/en/search/feed/", q="salts zebra"),
        "suggestions": text_of(client, "/en/search/suggest/", q="salts"),
        "similar": text_of(client, f"/en/similar/question/{question.pk}/"),
    }


def test_no_page_list_feed_or_search_names_the_municipality(
    client, question, asker, helper, municipality, case_study_elsewhere, area, settings, tmp_path
):
    settings.SEARCH_INDEX_DIR, settings.ELASTICSEARCH_URL = tmp_path / "search", ""
    given = answering.answer(by=helper, question=question, body="We do.")
    answering.answer(by=asker, question=question, body="Thank you, that helps.")
    answering.accept(by=asker, answer=given, thanks="Great help.", thanks_shown=True)
    readers.catch_up()
    colleague = factories.make_person("c@example.org", first_name="Cleo", municipality=municipality)
    for reader in (None, helper, colleague):
        cache.clear()
        client.logout()
        if reader:
            client.force_login(reader)
        seen = everything(client, question, municipality, case_study_elsewhere, area)
        assert "Who salts zebra crossings?" in seen["page"] + seen["search"]
        # A colleague is told that they answer for their own municipality.
        told = {name: re.sub(r"You (answer|ask) for Innisfil", "", text) for name, text in seen.items()}
        assert [name for name, text in told.items() if NAME in text or "Ann" in text] == []
        assert "A municipality" in seen["page"]
        assert "The municipality that asked" in seen["page"]
        thanks = client.get(helper.municipality.url).content.decode()
        assert "Great help." in thanks
        assert NAME not in thanks


def test_the_index_holds_nothing_that_tells(question, municipality):
    (document,), _refused = registry.documents("question", [question.pk])
    assert "innisfil" not in str(document).lower()
    assert not {"municipality", "region", "population", "tier"} & {k for k, v in document.facets.items() if v}
    assert document.population == 0


def test_filters_and_counts_by_municipality_leave_it_out(client, question, municipality, settings, tmp_path):
    settings.SEARCH_INDEX_DIR, settings.ELASTICSEARCH_URL = tmp_path / "search", ""
    municipality.population = 5_000
    municipality.save_revision().publish()
    readers.catch_up()
    for query in (
        {"municipality": municipality.slug},
        {"q": "zebra by:innisfil"},
        {"population": "2500-10000"},
    ):
        results = client.get("/en/search/", {"q": "zebra", **query}).context["results"]
        assert question.pk not in {hit.item_id for hit in results.hits if hit.kind == "question"}
    assert question.title not in client.get(municipality.url).content.decode()


def test_coordinator_of_the_region_administrator_and_asker_know(client, question, asker, admin, coordinator):
    for reader in (asker, admin, coordinator):
        client.force_login(reader)
        assert (
            "Asked by Innisfil, without its name" in client.get(question.get_absolute_url()).content.decode()
        )


def test_coordinators_of_other_regions_and_publishers_of_the_asker_s_town_do_not(
    client, question, admin, municipality
):
    from members.models import Region

    other = factories.make_person("o@example.org", first_name="Olga")
    roles.name_coordinator(by=admin, person=other, region=Region.objects.create(name="Durham", slug="durham"))
    publisher = factories.make_person("p@example.org", first_name="Pat", municipality=municipality)
    roles.name_role(by=admin, person=publisher, municipality=municipality, role="publisher")
    for reader in (other, publisher):
        client.force_login(reader)
        html = client.get(question.get_absolute_url()).content.decode()
        assert "without its name" not in html
        assert "Withdraw the question" not in html
    for address in ("/en/log/", "/en/log/?format=csv"):
        assert question.title not in client.get(address).content.decode()


def test_what_is_told_to_others_names_nobody(question, asker, helper):
    told = Happening.objects.filter(kind="question", item_id=question.pk)
    assert {each.by for each in told} == {None}
    given = answering.answer(by=helper, question=question, body="We do.")
    assert Happening.objects.get(verb="question.answered").to == [asker.pk]
    answering.accept(by=asker, answer=given)
    answering.answer(by=asker, question=question, body="Thanks.")
    later = Happening.objects.filter(verb__in=["question.accepted", "question.answered"]).order_by("seq")
    assert [each.by for each in later] == [helper, None, None]


def test_the_log_of_audiences_does_not_tell_the_town_s_publishers(client, question, admin, municipality):
    publisher = factories.make_person("p@example.org", first_name="Pat", municipality=municipality)
    roles.name_role(by=admin, person=publisher, municipality=municipality, role="publisher")
    question.audience = "members"
    question.save()
    client.force_login(publisher)
    assert "zebra" not in client.get("/en/log/").content.decode()
    client.force_login(admin)
    assert "zebra" in client.get("/en/log/").content.decode()


def test_the_editor_does_not_count_it_among_the_uses_of_the_town_s_page(question, municipality):
    assert not ReferenceIndex.get_references_to(municipality).filter(content_type__model="question").exists()


def test_for_one_s_own_colleagues_it_makes_no_sense_and_the_form_says_what_to_do(client, asker, area, ask):
    client.force_login(asker)
    said = {"title": "Who?", "body": "Long text.", "service_area": area.pk, "audience": "municipality",
            "language": "en", "anonymous": "on"}  # fmt: skip
    response = client.post("/en/questions/ask/", said)
    assert response.status_code == 422
    assert "Choose another audience" in response.content.decode()
    assert "Long text." in response.content.decode()
    with pytest.raises(Refused):
        ask(anonymous=True, audience="municipality")
    question = ask(anonymous=True, audience="public")
    client.post(f"/en/questions/edit/{question.pk}/", {**said, "seen": ""})
    question.refresh_from_db()
    assert question.audience == "public"


def test_people_of_the_asker_s_town_are_not_asked_by_anybody(
    question, asker, helper, coordinator, area, municipality
):
    colleague = factories.make_person("c@example.org", first_name="Cleo", municipality=municipality)
    people.offer(by=colleague, can_help=[area])
    assert colleague.pk not in question.routes.values_list("person", flat=True)
    with pytest.raises(Refused):
        being_asked.route_to(by=coordinator, question=question, person=colleague)
