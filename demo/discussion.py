"""What the fictional township's people say under the demo's case studies: a thread each in English and French."""

from discussions.comments import actions
from discussions.models import Comment
from discussions.moderation import actions as moderation
from library.registry import kinds
from members.models import Person

_PLOW = "demo-innisfil-sidewalk-snow-plow"
_PLOW_FR = "demo-innisfil-sidewalk-snow-plow-fr"
_MEETINGS = "demo-durham-municipal-meetings"


def _person(name: str) -> Person:
    return Person.objects.get(email=f"{name}@demoville.example")


def _say(
    page_id: int, who: str, token: str, body: str, before: Comment | None = None, language: str = "en"
) -> Comment:
    """Tokens are the demo's own, so that a second run says nothing twice."""
    return actions.add(
        by=_person(who),
        page_id=page_id,
        body=body,
        token=f"demo-{token}",
        answers_to=before.pk if before else None,
        language=language,
    )


def _page(identifier: str) -> int | None:
    found = (model.objects.live().filter(identifier=identifier).first() for model in kinds().values())
    return next((page.pk for page in found if page), None)


def load_discussion() -> None:
    """Run twice, nothing is doubled. Needs the demo's people and content."""
    for identifier, tell in ((_PLOW, _plow), (_PLOW_FR, _plow_fr), (_MEETINGS, _meetings)):
        page_id = _page(identifier)
        if page_id is not None and not Comment.objects.filter(page_id=page_id).exists():
            tell(page_id)


def _plow(page_id: int) -> None:
    question = _say(
        page_id,
        "contributor",
        "plow-1",
        "What happens at driveways, where the plough on the road leaves a ridge? Our sidewalk crews spend half of "
        "their time on those.",
    )
    answer = _say(
        page_id,
        "publisher",
        "plow-2",
        "> where the plough on the road leaves a ridge\n\nWe asked at the demonstration: **it stops and calls**. "
        "Plan for somebody within ten minutes’ reach. @Cam Contributor, I can share my notes from that day.",
        question,
    )
    actions.name_answer(by=_person("contributor"), comment=answer)
    actions.find_helpful(by=_person("member"), comment=answer, reason="saved_time")
    advert = _say(
        page_id,
        "member",
        "plow-3",
        "My cousin sells ploughs, half price this week only! Write to me and I will send you his list.",
    )
    moderation.report(
        by=_person("publisher"),
        kind=Comment.kind,
        item_id=advert.pk,
        reason="advertising",
        words="This is no experience of a municipality.",
    )


def _plow_fr(page_id: int) -> None:
    question = _say(
        page_id, "publisher", "plow-fr-1",
        "A-t-on mesuré le temps gagné par trottoir? Chez nous, on hésite à acheter sans chiffres.", language="fr",
    )  # fmt: skip
    _say(
        page_id, "contributor", "plow-fr-2",
        "Pas encore, d’après la page : c’est un prototype. On pourrait chronométrer deux de nos parcours cet hiver "
        "pour comparer.", question, language="fr",
    )  # fmt: skip


def _meetings(page_id: int) -> None:
    _say(
        page_id,
        "publisher",
        "meetings-1",
        "We took this up, but every second month and online: with twelve people in the office nobody can leave for "
        "half a day. The agenda that everybody can add to is what made the difference.",
    )
