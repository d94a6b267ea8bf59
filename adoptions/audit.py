"""Changes of an adoption's audience are noted; its municipality's publishers read of them."""

from django.db.models import QuerySet

from adoptions.models import Adoption
from members.audit import notes, subjects
from members.audit.scope import Scope


def _own(scope: Scope) -> QuerySet[Adoption]:
    return Adoption.objects.filter(municipality__in=scope.municipality_ids).visible_to(scope.reader)


notes.watch_audience(Adoption)
subjects.register(Adoption, _own)
