"""The page of saved searches."""

import pytest
from django.urls import reverse

from notifications import searches
from notifications.models import SavedSearch
from search.values import SearchRequest
from tests.factories import make_case_study, make_person

pytestmark = pytest.mark.django_db

LIST, SAVE = "/en/my/searches/", "/en/my/searches/save/"


@pytest.fixture
def signed_in(client, member):
    client.force_login(member)
    return client


@pytest.fixture
def search(member):
    return searches.save(by=member, name="Plows", request=SearchRequest(text="plow"), cadence="off")


def change(client, search, **data):
    return client.post(reverse("notifications:change", args=[search.pk]), data)


def test_results_offer_to_save_the_search(client, case_study, indexed):
    indexed()
    html = client.get("/en/search/?q=plow&stage=pilot&view=cards&page=1").content.decode()
    assert f'href="{SAVE}?q=plow&amp;stage=pilot"' in html
    assert f'href="{reverse("search:feed")}?q=plow&amp;stage=pilot"' in html


def test_saving_needs_an_account(client):
    response = client.get(f"{SAVE}?q=plow")
    assert response.status_code == 302
    assert "next=/en/my/searches/save/%3Fq%3Dplow" in response["Location"]
    assert client.get(LIST).status_code == 302


def test_saved_search_is_kept_listed_renamed_and_deleted(signed_in, member, indexed, case_study):
    indexed()
    address = f"{SAVE}?q=plow&population_min=500&like=mine&view=map&page=3"
    assert 'value="plow"' in signed_in.get(address).content.decode()
    response = signed_in.post(address, {"name": "Plows", "cadence": "daily"}, follow=True)
    assert "The search is saved." in response.content.decode()
    search = SavedSearch.objects.get()
    assert search.query == "q=plow&population_min=500&like=mine"
    assert search.person == member
    assert search.looked, "what is there now is known"
    assert f"/en/search/?{search.query}".replace("&", "&amp;") in response.content.decode()
    change(signed_in, search, **{f"{search.pk}-name": "Snow plows", f"{search.pk}-cadence": "weekly"})
    search.refresh_from_db()
    assert (search.name, search.cadence) == ("Snow plows", "weekly")
    change(signed_in, search, do="delete")
    assert not SavedSearch.objects.exists()


def test_saved_search_needs_a_name(signed_in, search):
    assert "This field is required" in signed_in.post(f"{SAVE}?q=a", {"cadence": "off"}).content.decode()
    change(signed_in, search, **{f"{search.pk}-name": "", f"{search.pk}-cadence": "off"})
    search.refresh_from_db()
    assert search.name == "Plows"


def test_saved_searches_are_fifty_at_most(signed_in, member, monkeypatch, search):
    monkeypatch.setattr(searches, "MOST", 1)
    response = signed_in.post(f"{SAVE}?q=a", {"name": "a", "cadence": "off"})
    assert "delete one first" in response.content.decode()
    assert SavedSearch.objects.count() == 1


def test_saved_searches_are_nobody_elses(client, search):
    client.force_login(make_person("other@example.org"))
    assert "Plows" not in client.get(LIST).content.decode()
    assert change(client, search, do="delete").status_code == 404
    assert SavedSearch.objects.exists()


def test_saved_searches_are_never_kept_by_caches(signed_in, search):
    assert "no-store" in signed_in.get(LIST)["Cache-Control"]


# Feeds


def feed_of(client, search):
    change(client, search, do="open-feed")
    return client.get(LIST).context["entries"][0][2]


def test_feed_of_ones_own_asks_with_the_rights_of_the_moment(
    signed_in, client, search, member, municipality, area, indexed
):
    make_case_study(municipality, area, title="Members' plow", audience="members")
    indexed()
    address = feed_of(signed_in, search)
    stranger = type(client)()
    response = stranger.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert "Members&#x27; plow" in response.content.decode() or "Members' plow" in response.content.decode()
    member.municipality = None
    member.save()
    assert "plow</title>" not in stranger.get(address).content.decode()
    member.is_active = False
    member.save()
    assert stranger.get(address).status_code == 404


def test_feed_addresses_can_be_put_out_of_use(signed_in, search, client):
    first = feed_of(signed_in, search)
    second = feed_of(signed_in, search)
    assert first != second
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    change(signed_in, search, do="close-feed")
    assert client.get(second).status_code == 404
    assert client.get(second.replace("feed/", "feed/x")).status_code == 404


def test_public_feed_is_the_same_for_everybody(client, member, case_study, municipality, area, indexed):
    make_case_study(municipality, area, title="Secret plow", slug="secret", audience="members")
    indexed()
    address = reverse("search:feed") + "?q=plow&like=mine"
    anonymous = client.get(address)
    client.force_login(member)
    assert client.get(address).content == anonymous.content
    text = anonymous.content.decode()
    assert case_study.title in text
    assert "Secret" not in text
    assert f"urn:interurban:case_study:{case_study.pk}" in text
    assert "public" in anonymous["Cache-Control"]
    assert client.get("/fr/search/feed/?q=plow").status_code == 200


@pytest.mark.parametrize("query", ["", "q=zzzz", "q=%00&page=99&stage=%22", "q=" + "a" * 3000])
def test_public_feed_of_anything_is_well_formed_and_stable(client, case_study, indexed, query):
    from xml.etree import ElementTree

    indexed()
    one, two = (client.get(f"{reverse('search:feed')}?{query}") for _ in range(2))
    assert one.status_code == 200
    assert one.content == two.content
    assert ElementTree.fromstring(one.content).tag.endswith("feed")


def test_pages_of_searches_keep_to_the_budget(signed_in, member, django_assert_max_num_queries):
    for number in range(20):
        searches.save(by=member, name=str(number), request=SearchRequest(text="a"), cadence="off")
    signed_in.get(LIST)
    with django_assert_max_num_queries(12):
        signed_in.get(LIST)
