"""Questions in the Wagtail admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from discussions.models import Question
from discussions.moderation import hooks  # noqa: F401


class QuestionViewSet(SnippetViewSet):
    """Questions and answers."""

    model = Question
    icon = "help"
    menu_label = _("Questions")
    add_to_admin_menu = True
    list_display = ["title", "municipality", "service_area", "asked"]
    list_filter = ["service_area", "language"]


register_snippet(QuestionViewSet)
