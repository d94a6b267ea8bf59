"""Documents and helpers for the search tests: one truth about what an indexed document looks like."""

from collections.abc import Iterable
from typing import Any

from search.documents import Document, key_of
from search.engines.base import Engine, RawResult
from search.plan import build_plan
from search.values import SearchRequest

PUBLIC = frozenset({"public"})


def document(item_id: int, title: str, **fields: Any) -> Document:
    """A public English case study, unless said otherwise."""
    kind = fields.pop("kind", "case_study")
    fields.setdefault("labels", ("public",))
    return Document(key=key_of(kind, item_id), kind=kind, item_id=item_id, title=title, **fields)


LIBRARY = (
    document(
        1,
        "Snow removal guided by sensors",
        summary="Ploughs go where the snow is.",
        body="Sensors on every plough tell residents which streets are clear.",
        facets={"stage": ("live",), "municipality": ("innisfil",), "verdict": ("worked",)},
        published=100,
        adoptions=2,
    ),
    document(
        2,
        "Une déneigeuse pour les trottoirs",
        language="fr",
        summary="Le déneigement des trottoirs de l’école à la mairie.",
        body="Les municipalités déneigent leurs trottoirs grâce à l’électricité. Un œil sur chaque rue.",
        facets={"stage": ("pilot",), "municipality": ("hearst",), "tag": ("hiver",)},
        published=300,
        adoptions=9,
    ),
    document(
        3,
        "On-demand transit",
        summary="Shared rides instead of a bus line.",
        body="Residents book a ride; the fare is fixed. "
        + "Nothing else here matters. " * 40
        + "A plough once.",
        facets={"stage": ("live",), "municipality": ("innisfil",), "verdict": ("mixed",)},
        published=200,
        adoptions=5,
    ),
    document(
        4,
        "Members only: snow contract terms",
        labels=("members",),
        body="What the vendor asked for.",
        facets={"stage": ("stopped",), "municipality": ("barrie",)},
        published=400,
    ),
    document(
        5,
        "Innisfil's own snow notes",
        labels=("municipality:17",),
        facets={"stage": ("live",), "municipality": ("innisfil",)},
        published=500,
    ),
    document(
        6,
        "How to plan for snow",
        kind="playbook",
        summary="A playbook for winter.",
        body="Write down <script>alert('x')</script> & who decides about snow.",
        facets={"municipality": ("hearst",)},
        published=50,
    ),
)


def fill(engine: Engine, documents: Iterable[Document] = LIBRARY, cursor: int = 0) -> None:
    """Build the engine's index from these documents."""
    with engine.build(cursor) as building:
        building.add(list(documents))


def ask(engine: Engine, text: str = "", labels: frozenset[str] | None = PUBLIC, **request: Any) -> RawResult:
    """What the engine answers to somebody with these labels."""
    options = {
        name: request.pop(name) for name in ("excluded", "thesaurus", "alternatives") if name in request
    }
    return engine.search(build_plan(SearchRequest(text=text, **request), labels, **options))


def ids(result: RawResult) -> list[int]:
    """The items found, in order."""
    return [hit.item_id for hit in result.hits]
