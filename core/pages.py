"""The page every page type of the site builds on, and the home page."""

from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult

from core import slots


class BasePage(Page):
    """A page that asks who is reading before it is served. Abstract.

    Subclasses say who may read by `is_visible_to(reader)`; the default is the closed one
    for readers who are nobody, and Wagtail's own view restrictions stay in force besides.
    """

    class Meta:
        abstract = True

    def is_visible_to(self, reader: Any) -> bool:
        """Whether this reader may see the page; denied looks exactly like not found."""
        return self.live

    @classmethod
    def for_serving(cls, pk: int) -> "BasePage":
        """Return the page with what its template shows of related objects, in as few queries as it takes."""
        return cls.objects.get(pk=pk)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_visible_to(getattr(request, "reader", None)):
            raise Http404
        return super().serve(request, *args, **kwargs)

    def get_view_restrictions(self) -> Any:
        """Wagtail's own restrictions on this page and those above it, in one query instead of two.

        This site makes no alias pages, so there is no source whose restrictions count instead.
        """
        step = self.steplen
        paths = [self.path[:end] for end in range(step, len(self.path) + 1, step)]
        return PageViewRestriction.objects.filter(page__path__in=paths)

    def sections(self, request: HttpRequest, slot: str) -> list[slots.Section]:
        """What the apps above have to say on this page."""
        return slots.fill(slot, request, self)


def _findable(reader: Any) -> models.Q:
    """Pages of types without audiences, and those of the others that the reader may see."""
    if reader is None:
        return models.Q()
    types = _types_with_audiences()
    found = ~models.Q(content_type__in=[ContentType.objects.get_for_model(model) for model in types])
    for model in types:
        found |= models.Q(
            models.Exists(model.objects.visible_to(reader).filter(pk=models.OuterRef("pk")).order_by())
        )
    return found


@cache
def _types_with_audiences() -> tuple[Any, ...]:
    known = (model for model in apps.get_models() if issubclass(model, BasePage))
    return tuple(model for model in known if hasattr(model.objects.all(), "visible_to"))


class HomePage(BasePage):
    """The first page: the search box, what is new, service areas, months saved."""

    heading_en = models.CharField(
        _("heading (English)"), max_length=120, default="What has another town already solved?"
    )
    heading_fr = models.CharField(
        _("heading (French)"), max_length=120, default="Qu’est-ce qu’une autre ville a déjà résolu ?"
    )

    content_panels = [*Page.content_panels, FieldPanel("heading_en"), FieldPanel("heading_fr")]
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["members.MunicipalityIndexPage"]
    template = "core/home_page.html"

    class Meta:
        verbose_name = _("home page")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page by its whole path at once; Wagtail's own way asks twice for every level of the tree."""
        if not path_components:
            return super().route(request, path_components)
        url_path = f"{self.url_path}{'/'.join(path_components)}/"
        # What this reader may not see is not found by the very query that finds nothing where nothing is:
        # both take the same time.
        page = Page.objects.filter(
            _findable(getattr(request, "reader", None)), url_path=url_path, live=True
        ).first()
        if page is None:
            raise Http404
        model = page.specific_class
        specific = model.for_serving(page.pk) if issubclass(model, BasePage) else page.specific
        return specific.route(request, [])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        heading = self.heading_fr if request.LANGUAGE_CODE == "fr" else self.heading_en
        return context | {"heading": heading, "sections": self.sections(request, "home")}
