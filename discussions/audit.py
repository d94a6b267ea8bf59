"""Changes of a question's audience are noted; its municipality's publishers read of them."""

from django.db.models import QuerySet

from discussions.models import Question
from members.audit import notes, subjects
from members.audit.scope import Scope


def _own(scope: Scope) -> QuerySet[Question]:
    return Question.objects.filter(municipality__in=scope.municipality_ids).visible_to(scope.reader)


notes.watch_audience(Question)
subjects.register(Question, _own)
