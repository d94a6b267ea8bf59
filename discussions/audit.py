"""Changes of a question's audience are noted; its municipality's publishers read of them, but not of anonymous ones."""

from django.db.models import QuerySet

from discussions.models import Question
from members.audit import notes, subjects
from members.audit.scope import Scope


def _own(scope: Scope) -> QuerySet[Question]:
    named = Question.objects.filter(municipality__in=scope.municipality_ids, anonymous=False)
    return named.visible_to(scope.reader)


notes.watch_audience(Question)
subjects.register(Question, _own)
