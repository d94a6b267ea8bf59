"""A hundred thousand items in minutes: rows written in bulk, as the models themselves would have written them.

Lengths and vocabulary follow three hundred real articles of public services (median 880 words, log-normal with
a spread of 0.6; word frequencies like 1/(rank + 2.7)), facets and audiences are skewed as they are in life.
"""

import random
from collections.abc import Iterator
from itertools import accumulate, islice

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape
from taggit.models import Tag
from wagtail.models import Page

from benchmarks.world import WORDS
from casestudies.choices import Stage, Verdict
from casestudies.models import CaseStudyPage
from library.choices import CostBand
from library.loading import load_service_areas
from library.models import ServiceArea
from members.loading import load_municipalities, read_rows
from members.models import MunicipalityPage

VOCABULARY = 60_000
STORY = ("problem", "what_we_did", "challenges", "conditions", "lessons")
BATCH = 1000
AUDIENCES = ["public"] * 7 + ["members"] * 2 + ["municipality"]
_SYLLABLES = [c + v for c in "bcdfglmnprstv" for v in ("a", "e", "i", "o", "u", "an", "er")]


class Prose:
    """Text with a natural distribution of words."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        made = (self._word() for _ in range(VOCABULARY * 3))
        self.words = list(dict.fromkeys([*WORDS, *made]))[:VOCABULARY]
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))

    def _word(self) -> str:
        return "".join(self.rng.choices(_SYLLABLES, k=self.rng.choice((2, 2, 3, 3, 4))))

    def take(self, count: int) -> str:
        """So many words, with a full stop now and then."""
        found = self.rng.choices(self.words, cum_weights=self.weights, k=count)
        found[11::12] = [f"{word}." for word in found[11::12]]
        return " ".join(found)


def prepare() -> None:
    """Migrate, and load what every library has; a library that was kept is brought up to date."""
    call_command("migrate", verbosity=0)
    if not MunicipalityPage.objects.exists():
        load_service_areas()
        load_municipalities(read_rows())


def count() -> int:
    """How many items the library has."""
    return CaseStudyPage.objects.count()


def extend(size: int, seed: int = 20261123) -> None:
    """Add items until there are `size`."""
    have = count()
    rng = random.Random(seed + have)
    prose = Prose(rng)
    towns = list(MunicipalityPage.objects.order_by("-population")[:200])
    areas = list(ServiceArea.objects.exclude(parent=None))
    tags = _tags(prose)
    pages = (_page(number, rng, prose, towns) for number in range(have, size))
    while batch := list(islice(pages, BATCH)):
        _store(batch, rng, areas, tags)
    for town in towns:
        Page.objects.filter(pk=town.pk).update(numchild=Page.objects.child_of(town).count())


def _tags(prose: Prose) -> list[Tag]:
    names = [f"tag {word}" for word in prose.words[:300]]
    Tag.objects.bulk_create(
        [Tag(name=name, slug=name.replace(" ", "-")) for name in names], ignore_conflicts=True
    )
    return list(Tag.objects.filter(name__in=names).order_by("pk"))


def _skewed(rng: random.Random, things: list, rate: float) -> object:
    return things[min(int(rng.expovariate(rate)), len(things) - 1)]


def _page(number: int, rng: random.Random, prose: Prose, towns: list[MunicipalityPage]) -> CaseStudyPage:
    town = _skewed(rng, towns, 0.03)
    length = max(60, int(rng.lognormvariate(6.69, 0.59)))
    story = {name: prose.take(length // len(STORY)) for name in STORY}
    title, slug = f"{prose.take(6)} {number}", f"generated-{number}"
    return CaseStudyPage(
        title=title, draft_title=title, slug=slug, url_path=f"{town.url_path}{slug}/", locale_id=town.locale_id,
        depth=town.depth + 1, path=Page._get_path(town.path, town.depth + 1, number + 1), content_type=_type(),
        live=True, first_published_at=timezone.now(), last_published_at=timezone.now(), municipality=town,
        summary=prose.take(20)[:290], language=rng.choice(["en", "en", "en", "fr"]),
        audience=rng.choice(AUDIENCES), stage=rng.choice(Stage.values), verdict=rng.choice(["", *Verdict.values]),
        setup_cost=rng.choice(["", *CostBand.values]), **story,
        rendered={name: f"<p>{escape(text)}</p>" for name, text in story.items()},
    )  # fmt: skip


def _type() -> object:
    from django.contrib.contenttypes.models import ContentType

    return ContentType.objects.get_for_model(CaseStudyPage)


@transaction.atomic
def _store(batch: list[CaseStudyPage], rng: random.Random, areas: list, tags: list) -> None:
    """What `save` would write, a thousand rows at a time; Django offers no bulk insert for pages of a type."""
    names = [field.attname for field in Page._meta.local_concrete_fields if not field.primary_key]
    parents = Page.objects.bulk_create(
        [Page(**{name: getattr(page, name) for name in names}) for page in batch]
    )
    for page, parent in zip(batch, parents, strict=True):
        page.pk = page.page_ptr_id = page.id = parent.pk
    own = CaseStudyPage._meta.local_concrete_fields
    CaseStudyPage._base_manager._insert(batch, fields=own, using="default")
    _link(CaseStudyPage.service_areas.through, "servicearea_id", batch, lambda: _skewed(rng, areas, 0.1).pk)
    through = CaseStudyPage._meta.get_field("tagged_items").related_model
    through.objects.bulk_create(
        [
            through(content_object_id=page.pk, tag=tag)
            for page in batch
            for tag in {_skewed(rng, tags, 0.02) for _ in range(3)}
        ]
    )


def _link(through: type, name: str, batch: list[CaseStudyPage], choose: object) -> None:
    through.objects.bulk_create([through(casestudypage_id=page.pk, **{name: choose()}) for page in batch])


def queries(count: int, seed: int = 7) -> Iterator[str]:
    """What people type: one to three words, neither the most frequent nor the rarest."""
    rng = random.Random(seed)
    prose = Prose(random.Random(20261123))
    known = prose.words[20:3000]
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(20, 3000)))
    return (
        " ".join(rng.choices(known, cum_weights=weights, k=rng.choice((1, 2, 2, 3)))) for _ in range(count)
    )
