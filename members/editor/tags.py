"""Suggestions of tags while an editor types: only tags of what they may see."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe
from taggit.models import Tag, TaggedItem
from wagtail.admin import filters
from wagtail.admin.auth import require_admin_access
from wagtail.images.views import chooser
from wagtail.models import Page
from wagtail.permissions import policy_registry

from core.models import File, Picture
from members.editor import sight

MOST = 10


@require_safe
@require_admin_access
def suggest(request: HttpRequest, app_name: str = "", model_name: str = "") -> JsonResponse:
    """In place of Wagtail's own, which suggests the tags of everybody's drafts."""
    term = request.GET.get("term", "").strip()[:100]
    found = Tag.objects.filter(name__istartswith=term) if term else Tag.objects.none()
    if not request.user.is_superuser:
        found = found.filter(_of_pages(request.user) | _of_files(request.user))
    names = found.order_by("name").values_list("name", flat=True).distinct()[:MOST]
    return JsonResponse(list(names), safe=False)


def hide_popular_ones() -> None:
    """Leave out the tags that Wagtail offers as filters of files and pictures: it counts everybody's."""
    for module in (filters, chooser):
        module.popular_tags_for_model = lambda model, count=10: Tag.objects.none()


def _of_pages(user: Any) -> Q:
    seen = sight.pages(user).order_by().values("pk")
    allowed = Q(pk__in=())
    for relation in Tag._meta.related_objects:
        model = relation.related_model
        fields = {field.name: field for field in model._meta.fields}
        target = fields.get("content_object")
        if target is not None and target.is_relation and issubclass(target.related_model, Page):
            allowed |= Q(pk__in=model.objects.filter(content_object__in=seen).values("tag"))
    return allowed


def _of_files(user: Any) -> Q:
    allowed = Q(pk__in=())
    for model in (Picture, File):
        policy = policy_registry.get_by_type(model)
        own = policy.instances_user_has_any_permission_for(user, {"choose", "change"}).order_by().values("pk")
        kind = ContentType.objects.get_for_model(model)
        allowed |= Q(pk__in=TaggedItem.objects.filter(content_type=kind, object_id__in=own).values("tag"))
    return allowed
