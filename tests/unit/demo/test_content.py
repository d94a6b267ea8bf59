"""The demo's own content: complete, in both languages, and loaded only once."""

import pytest

from casestudies.models import CaseStudyPage
from demo.loading import CONTENT, PROJECT, load_demo_content
from library.loading import load_service_areas
from members.loading import load_municipalities, read_rows
from playbooks.models import PlaybookPage


@pytest.mark.django_db
def test_demo_content_loads_and_a_second_run_changes_nothing():
    load_service_areas()
    wanted = ("Innisfil", "Hamilton", "Durham", "Toronto", "Kitchener", "Whitby")
    load_municipalities([row for row in read_rows() if row["official_name"].endswith(wanted)])
    assert load_demo_content().counts == {"created": 36}
    assert load_demo_content().counts == {"unchanged": 36}
    assert CaseStudyPage.objects.live().filter(language="en").count() == 12
    assert PlaybookPage.objects.live().filter(language="fr").count() == 6
    playbooks = PlaybookPage.objects.all()
    assert {page.municipality.official_name for page in playbooks} == {PROJECT}
    assert all(page.completeness.is_complete for page in playbooks)


@pytest.mark.parametrize("path", sorted(CONTENT.rglob("*.fr.md")), ids=lambda path: path.stem)
def test_each_translation_says_of_what(path):
    original = path.with_name(path.name.replace(".fr.md", ".md"))
    identifier = next(
        line for line in original.read_text(encoding="utf-8").splitlines() if line.startswith("identifier")
    )
    assert f"translation_of{identifier.removeprefix('identifier')}\n" in path.read_text(encoding="utf-8")
