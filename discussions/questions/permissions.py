"""Who may do what with questions and answers: one predicate for each."""

from typing import Any

from discussions.models import Answer, Question
from members.audience import can_see, reader_for
from members.roles.rules import coordinates, is_publisher_of, may_manage


def may_ask(person: Any) -> bool:
    """Whether this person can ask for a municipality."""
    return person.is_authenticated and person.is_active and person.municipality_id is not None


def sees(person: Any, question: Question) -> bool:
    """Whether somebody may read a question now."""
    return question.withdrawn is None and can_see(reader_for(person), question)


def may_answer(person: Any, question: Question) -> bool:
    """Whether this person can answer for their municipality: whoever belongs to one and may read the question."""
    return may_ask(person) and sees(person, question)


def knows_asker(person: Any, question: Question) -> bool:
    """Whether somebody is told who asked: everybody, or of an anonymous question the few who answer for it."""
    if not question.anonymous:
        return True
    if not person.is_authenticated or not person.is_active:
        return False
    region = question.municipality.region_id
    return bool(person.pk == question.by_id or person.is_superuser or coordinates(person, region))


def may_change(person: Any, thing: Question | Answer) -> bool:
    """Whether somebody may edit or withdraw what was written: its author, and publishers for their municipality.

    Who moved on to another municipality does not speak for the former one. Publishers don't know of what a
    colleague asked without their municipality's name.
    """
    question = thing if isinstance(thing, Question) else thing.question
    if thing.withdrawn or not may_ask(person) or person.municipality_id != thing.municipality_id:
        return False
    hidden = question.anonymous and (isinstance(thing, Question) or thing.as_asker)
    publishes = not hidden and is_publisher_of(person, thing.municipality)
    return (person.pk == thing.by_id or publishes) and can_see(reader_for(person), question)


def may_accept(person: Any, question: Question) -> bool:
    """Whether somebody chooses the best answer: whoever asked, or a publisher in their place."""
    return may_change(person, question)


def may_coordinate(person: Any, question: Question) -> bool:
    """Whether somebody looks after an unanswered question: a coordinator of the asker's region, an administrator."""
    if not person.is_authenticated or not person.is_active:
        return False
    looks_after = person.is_superuser or coordinates(person, question.municipality.region_id)
    return looks_after and sees(person, question)


def may_hide_addendum(person: Any, page: Any) -> bool:
    """Whether somebody decides what stands on a page beside what its authors wrote."""
    return may_manage(person, page.municipality)
