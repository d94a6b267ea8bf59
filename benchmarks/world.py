"""A library of generated items, with skewed facets, built through the same models as real ones."""

import random

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from casestudies.choices import Stage, Verdict
from casestudies.models import CaseStudyPage
from library.loading import load_service_areas
from library.models import ServiceArea
from members.loading import load_municipalities, read_rows
from members.models import MunicipalityPage, Person
from playbooks.models import PlaybookPage

WORDS = (
    "snow plow transit data label voice channel permit counter survey resident council budget bridge water meter "
    "sensor privacy portal chatbot kiosk library arena parking licence inspection drainage tree sidewalk winter "
    "déneigement permis données sondage citoyen budget pont eau compteur capteur confidentialité stationnement"
).split()
PERSON = "bench@example.org"


def build(count: int) -> None:
    """Migrate and fill the database: municipalities, service areas, `count` items, one person, the index."""
    call_command("migrate", verbosity=0)
    # The admin's files are the most, and no page that is measured asks for one.
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["wagtail*"])
    load_service_areas()
    load_municipalities(read_rows())
    _items(count, random.Random(20261123))
    town = MunicipalityPage.objects.get(official_name="Town of Whitby")
    Person.objects.create_user(PERSON, "correct horse battery", municipality=town)
    call_command("search_rebuild", engine="embedded", verbosity=0)


@transaction.atomic
def _items(count: int, rng: random.Random) -> None:
    towns = list(MunicipalityPage.objects.order_by("-population")[:200])
    areas = list(ServiceArea.objects.exclude(parent=None))
    for number in range(count):
        # Most items come from few towns and areas, as they do in life.
        town = towns[min(int(rng.expovariate(0.03)), len(towns) - 1)]
        page = _item(number, rng)
        page.municipality = town
        page.service_areas = [areas[min(int(rng.expovariate(0.1)), len(areas) - 1)]]
        town.add_child(instance=page)


def _item(number: int, rng: random.Random) -> CaseStudyPage | PlaybookPage:
    title = f"{' '.join(rng.sample(WORDS, 5))} {number}"
    shared = {
        "title": title,
        "slug": f"item-{number}",
        "summary": _prose(rng, 20)[:290],
        "first_published_at": timezone.now(),
        "language": rng.choice(["en", "en", "en", "fr"]),
    }
    if number % 5 == 0:
        steps = [("step", {"title": f"Step {n}", "instruction": _prose(rng, 60)}) for n in range(6)]
        text = {"when_to_use": _prose(rng, 40), "when_not_to_use": _prose(rng, 40)}
        return PlaybookPage(**shared, **text, status="stable", steps=steps)
    stage, verdict = rng.choice(Stage.values), rng.choice(["", *Verdict.values])
    story = {name: _prose(rng, 120) for name in ("problem", "what_we_did", "challenges", "lessons")}
    return CaseStudyPage(**shared, **story, stage=stage, verdict=verdict)


def _prose(rng: random.Random, words: int) -> str:
    return " ".join(rng.choices(WORDS, k=words)).capitalize() + "."
