"""A playbook: ordered steps with identifiers that stay."""

import pytest
from django.core.exceptions import ValidationError

from core.addresses import in_language
from tests.factories import make_case_study, make_playbook

pytestmark = pytest.mark.django_db


def test_steps_keep_their_identifiers_through_an_edit(playbook):
    before = [step.id for step in playbook.steps]
    assert all(before)
    playbook.title = "Another title"
    playbook.save_revision().publish()
    playbook.refresh_from_db()
    assert [step.id for step in playbook.steps] == before


def test_instructions_are_rendered(client, playbook):
    assert "<em>thing</em>" in client.get(playbook.url).content.decode()


def test_new_steps_are_rendered_at_their_first_save(municipality, area):
    playbook = make_playbook(municipality, area, live=False, slug="draft")
    playbook.steps = [("step", {"title": "New", "instruction": "Do it *now*."})]
    playbook.save()
    assert playbook.html[f"step:{playbook.steps[0].id}"] == "<p>Do it <em>now</em>.</p>\n"


def test_playbook_names_the_cases_it_is_based_on(client, playbook, case_study, municipality, area):
    hidden = make_case_study(municipality, area, title="Canary case", slug="canary", audience="members")
    playbook.based_on.set([case_study, hidden])
    playbook.save_revision().publish()
    html = client.get(in_language(playbook.url, "fr")).content.decode()
    assert f'href="{in_language(case_study.url, "fr")}"' in html
    assert "Canary" not in html


def test_playbook_needs_to_say_when_not_to_use_it(playbook):
    playbook.when_not_to_use = ""
    with pytest.raises(ValidationError, match="blank"):
        playbook.full_clean()
