"""Models whose Markdown is rendered when they are saved."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db import models
from django.utils.safestring import SafeString, mark_safe

from core import markdown


class RenderedMarkdown(models.Model):
    """Keeps the HTML of every Markdown field beside its source, in one column. Abstract.

    `rendered` maps a field's name to its HTML. Templates read `page.html.problem`.
    """

    rendered = models.JSONField(default=dict, editable=False)

    markdown_fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def markdown_sources(self) -> Mapping[str, str]:
        """All Markdown of this object by name; subclasses with blocks add theirs."""
        return {name: getattr(self, name) or "" for name in self.markdown_fields}

    def render_markdown(self) -> None:
        """Render every source anew. Raises ValidationError for a text over the limit."""
        sources = self.markdown_sources()
        self.rendered = {name: str(markdown.render(text)) for name, text in sources.items() if text.strip()}

    @property
    def html(self) -> dict[str, SafeString]:
        """The rendered HTML by name, safe to show: it was sanitised when it was stored."""
        return {name: mark_safe(html) for name, html in self.rendered.items()}  # noqa: S308

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        for text in self.markdown_sources().values():
            markdown.validate(text)
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> None:
        update_fields = kwargs.get("update_fields")
        # Wagtail saves single columns of a live page while its draft is in memory: the draft's HTML must not follow.
        if update_fields is None or set(update_fields) & set(self.markdown_fields):
            self.render_markdown()
            if update_fields is not None:
                kwargs["update_fields"] = {*update_fields, "rendered"}
        super().save(*args, **kwargs)
