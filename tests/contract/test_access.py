"""Every reader × audience × state × channel: what is not for a reader leaves no trace anywhere.

Each item carries words of its own. A channel is asked with one of them where it takes words, and must
say the others exactly to those whom the item is for.
"""

from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile

from config.access import ROUTES, Access
from core import chores
from core.models import File
from library.interchange.exporter import Choice, records
from members.audience import reader_for
from members.groups import actions
from members.models import Region
from members.roles import actions as roles
from search import readers
from tests import factories
from tests.contract.addresses import addresses, routes
from tests.contract.readers import text_of


def test_every_route_is_in_the_access_table():
    assert {name for name, _pattern in routes()} == set(ROUTES)


# Items: an audience, or a state in which nobody but editors may see a public one.
AUDIENCES = ("public", "members", "municipality", "group")
STATES = ("draft", "unpublished", "deleted")
READERS = (
    "nobody", "without-municipality", "member-elsewhere", "member-here", "in-the-group",
    "left-the-group", "left-both", "suspended", "moderator", "coordinator", "administrator",
)  # fmt: skip
MEMBERS = {"public", "members"}
ALLOWED = {
    "nobody": {"public"},
    "without-municipality": {"public"},
    "member-elsewhere": MEMBERS,
    "member-here": MEMBERS | {"municipality"},
    "in-the-group": MEMBERS | {"group"},
    "left-the-group": MEMBERS,
    "left-both": {"public"},
    "suspended": {"public"},
    # Neither belongs to a municipality here; running a region gives no municipality's access.
    "moderator": MEMBERS,
    "coordinator": MEMBERS,
    "administrator": set(AUDIENCES),
}


def alpha(name: str) -> str:
    """What an item is looked for by."""
    return f"zqalpha{name.replace('-', '')}"


def beta(name: str) -> str:
    """What tells that it was found."""
    return f"zqbeta{name.replace('-', '')}"


def gamma(name: str) -> str:
    """A word that stands only in its file."""
    return f"zqgamma{name.replace('-', '')}"


@dataclass
class World:
    """One item of each audience and state, and everybody who may stand in some relation to them."""

    items: dict
    people: dict
    group: object
    municipality: object
    area: object
    region: object
    plain: object


def _item(world_name, municipality, area, group):
    words = f"{alpha(world_name)} {beta(world_name)}"
    file = File.objects.create(
        title=f"File {words}", file=ContentFile(f"{gamma(world_name)} tender".encode(), "t.txt")
    )
    item = factories.make_case_study(
        municipality, area, title=f"Ploughs {words}", slug=f"item-{beta(world_name)}", summary=f"Roads {words}",
        audience=world_name if world_name in AUDIENCES else "public", live=world_name != "draft",
        groups=[group] if world_name == "group" else [],
    )  # fmt: skip
    item.tags.add(beta(world_name))
    item.media = [("document", {"document": file, "description": ""})]
    item.save()
    if world_name == "unpublished":
        item.unpublish()
    address, pk = item.url, item.pk
    if world_name == "deleted":
        item.delete()
    return {"url": address, "pk": pk, "file": file.url}


@pytest.fixture
def world(installation, index, area):
    region = Region.objects.create(name="Simcoe", slug="simcoe")
    here = factories.make_municipality(index, "Town of Innisfil", region=region)
    elsewhere = factories.make_municipality(index, "Town of Whitby")
    lead = factories.make_person("lead@example.org", municipality=elsewhere)
    group = factories.make_group(lead)
    people = {
        "without-municipality": factories.make_person("a@example.org"),
        "member-elsewhere": factories.make_person("b@example.org", municipality=elsewhere),
        "member-here": factories.make_person("c@example.org", municipality=here),
        "in-the-group": factories.make_person("d@example.org", municipality=elsewhere),
        "left-the-group": factories.make_person("e@example.org", municipality=elsewhere),
        "left-both": factories.make_person("f@example.org", municipality=here),
        "suspended": factories.make_person("g@example.org", municipality=here),
        "moderator": factories.make_person("i@example.org"),
        "coordinator": factories.make_person("j@example.org"),
        "administrator": factories.make_person("h@example.org", is_superuser=True),
    }
    roles.name_moderator(by=people["administrator"], person=people["moderator"])
    roles.name_coordinator(by=people["administrator"], person=people["coordinator"], region=region)
    for name in ("in-the-group", "left-the-group", "left-both", "suspended"):
        factories.add_to_group(group, people[name])
    actions.leave(by=people["left-the-group"], group=group)
    people["left-both"].municipality = None
    people["left-both"].save()
    people["suspended"].is_active = False
    people["suspended"].save()
    items = {name: _item(name, here, area, group) for name in (*AUDIENCES, *STATES)}
    plain = factories.make_case_study(here, area, title="Ploughs and roads", slug="plain")
    chores.finish()
    readers.catch_up()
    cache.clear()
    return World(items, people, group, here, area, region, plain)


@pytest.fixture
def sign_in(client, world):
    def sign_in(name):
        client.logout()
        if name in world.people:
            client.force_login(world.people[name])
        return client

    return sign_in


def pick(world, name):
    """An item as the comparison names it."""
    return f"case_study:{world.items[name]['pk']}"


# Each channel says whether an item shows in it.
CHANNELS = {
    "page": lambda client, world, name: beta(name) in text_of(client, world.items[name]["url"]),
    "library": lambda client, world, name: beta(name) in text_of(client, "/en/library/"),
    "cards": lambda client, world, name: beta(name) in text_of(client, "/en/library/", view="cards"),
    "search": lambda client, world, name: beta(name) in text_of(client, "/en/search/", q=alpha(name)),
    "spelling": lambda client, world, name: beta(name) in text_of(client, "/en/search/", q=f"{alpha(name)}x"),
    "facet": lambda client, world, name: f"value=\"{beta(name)}\"" in text_of(client, "/en/search/", q="ploughs"),
    "file in search": lambda client, world, name: beta(name) in text_of(client, "/en/search/", q=gamma(name)),
    "suggestion": lambda client, world, name: beta(name) in text_of(client, "/en/search/suggest/", q=alpha(name)),
    "tag suggestion": lambda client, world, name: beta(name) in text_of(client, "/en/search/suggest/", q=beta(name)[:-1]),
    "similar": lambda client, world, name: beta(name) in text_of(client, f"/en/similar/case_study/{world.plain.pk}/"),
    "compare": lambda client, world, name: beta(name) in text_of(client, "/en/compare/", item=pick(world, name)),
    "home": lambda client, world, name: beta(name) in text_of(client, "/en/"),
    "municipality": lambda client, world, name: beta(name) in text_of(client, world.municipality.url),
    "region": lambda client, world, name: beta(name) in text_of(client, f"/en/regions/{world.region.slug}/"),
    "service area": lambda client, world, name: beta(name) in text_of(client, f"/en/service-areas/{world.area.slug}/"),
    "file": lambda client, world, name: gamma(name) in text_of(client, world.items[name]["file"]),
}  # fmt: skip
# The same for every reader: what is public.
SHARED = {
    "sitemap": lambda client, world, name: beta(name) in text_of(client, "/sitemap.xml"),
    "public feed": lambda client, world, name: (
        beta(name) in text_of(client, "/en/search/feed/", q=alpha(name))
    ),
}


@pytest.mark.django_db
def test_each_item_shows_in_every_channel_exactly_to_those_it_is_for(subtests, world, sign_in):
    for reader in READERS:
        with subtests.test(reader=reader):
            assert _wrong(world, sign_in(reader), reader) == []


class Remembering:
    """Asks for each page once: one that shows an item tells of the others, too."""

    def __init__(self, client):
        self.client = client
        self.told = {}

    def get(self, address, query):
        key = (address, *sorted(query.items()))
        if key not in self.told:
            self.told[key] = self.client.get(address, query)
        return self.told[key]


def _wrong(world, client, reader):
    """What this reader is shown or not, against what they are allowed."""
    wrong, client = [], Remembering(client)
    for name in (*AUDIENCES, *STATES):
        expected = name in ALLOWED[reader]
        for channel, shows in CHANNELS.items():
            # An administrator has every file, for they may edit it.
            if channel == "file" and reader == "administrator":
                continue
            if shows(client, world, name) is not expected:
                wrong.append(f"{channel}: {name} {'missing' if expected else 'LEAKED'}")
        wrong += [
            f"{channel}: {name}"
            for channel, shows in SHARED.items()
            if shows(client, world, name) is not (name == "public")
        ]
    return wrong


@pytest.mark.django_db
def test_exports_hold_what_their_reader_may_see(subtests, world):
    for reader in READERS:
        with subtests.test(reader=reader):
            exported = str(list(records(Choice(reader_for(world.people.get(reader))))))
            for name in (*AUDIENCES, *STATES):
                assert (beta(name) in exported) is (name in ALLOWED[reader]), name


@pytest.mark.django_db
def test_what_is_hidden_is_answered_like_what_never_existed(subtests, world, sign_in):
    """Totals, facets, spelling, words of files: not one byte differs."""
    for reader in ("nobody", "member-elsewhere", "left-both"):
        with subtests.test(reader=reader):
            _compare_hidden(sign_in(reader), reader)


def _compare_hidden(client, reader):
    for name in (*AUDIENCES, *STATES):
        if name in ALLOWED[reader]:
            continue
        for address in ("/en/search/", "/en/search/suggest/", "/en/search/feed/"):
            for word in (alpha(name), gamma(name), f'"{beta(name)}"', f"ploughs -{alpha(name)}"):
                told, untold = (text_of(client, address, q=text) for text in (word, word.replace("zq", "zk")))
                assert _plain(told) == _plain(untold), (address, word)


def _plain(text: str) -> str:
    """The answer without what tells the two questions apart: it says again what was asked, in many forms."""
    return text.replace("zq", "").replace("zk", "")


NARROW = {"members": "member-elsewhere", "municipality": "member-here", "group": "in-the-group"}


@pytest.mark.django_db
@pytest.mark.parametrize("audience", sorted(NARROW))
def test_narrowed_is_gone_everywhere_at_once_while_the_index_still_has_it(world, sign_in, audience):
    """Nothing reads the log here: the index is as it was."""
    from casestudies.models import CaseStudyPage

    client = sign_in("nobody")
    assert all(shows(client, world, "public") for shows in CHANNELS.values())
    item = CaseStudyPage.objects.get(pk=world.items["public"]["pk"])
    item.audience = audience
    item.groups.set([world.group] if audience == "group" else [])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda action, **_: action())
        item.save_revision().publish()
    leaks = [name for name, shows in {**CHANNELS, **SHARED}.items() if shows(client, world, "public")]
    assert leaks == []


@pytest.mark.django_db
def test_who_has_not_signed_in_is_asked_to(subtests, index, client):
    known = addresses()
    for name, access in ROUTES.items():
        if access == Access.SIGNED_IN:
            with subtests.test(route=name):
                response = client.get(known[name])
                assert response.status_code == 302
                assert "login" in response["Location"]
