"""Names of facet values: kept between requests, told only to those who ask for these values."""

import pytest
from taggit.models import Tag

from search.labels import value_labels

pytestmark = pytest.mark.django_db


def test_names_that_others_asked_for_are_not_told():
    for name in ("Winter", "Zebra merger"):
        Tag.objects.create(name=name, slug=name.lower().replace(" ", "-"))
    assert value_labels("tag", ["zebra-merger"]) == {"zebra-merger": "Zebra merger"}
    assert value_labels("tag", ["winter"]) == {"winter": "Winter"}
