"""What is shown with an item and changes elsewhere reaches the index of the item too."""

import pytest
from taggit.models import Tag

from core.models import LogEntry
from tests.factories import make_case_study

pytestmark = pytest.mark.django_db


@pytest.fixture
def mark(case_study):
    case_study.tags.add("snow")
    case_study.save_revision().publish()
    return LogEntry.objects.latest("seq").seq


def told(mark, item):
    return LogEntry.objects.filter(seq__gt=mark, kind=item.kind, item_id=item.pk).exists()


def test_renamed_municipality(mark, case_study, municipality):
    municipality.title = "Innisfil upon Simcoe"
    municipality.save_revision().publish()
    assert told(mark, case_study)


def test_renamed_tag(mark, case_study):
    tag = Tag.objects.get(name="snow")
    tag.name = "winter"
    tag.save()
    assert told(mark, case_study)


def test_relabelled_service_area(mark, case_study, area):
    area.label_en = "Snow and ice"
    area.save()
    assert told(mark, case_study)


def test_moved_item(mark, case_study, other_municipality):
    case_study.move(other_municipality, pos="last-child")
    assert told(mark, case_study)


def test_others_are_left_alone(mark, other_municipality, area):
    elsewhere = make_case_study(other_municipality, area, title="Elsewhere", slug="elsewhere")
    seen = LogEntry.objects.latest("seq").seq
    tag = Tag.objects.get(name="snow")
    tag.save()
    assert not told(seen, elsewhere)
