"""What the Wagtail admin loads besides its own."""

from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from core.attachments.access import may_have
from core.files import File


@hooks.register("insert_global_admin_js")
def markdown_editor_script() -> SafeString:
    """Options of the Markdown editor; read before the editor starts."""
    return format_html('<script src="{}"></script>', static("admin/markdown-editor.js"))


@hooks.register("insert_global_admin_css")
def markdown_editor_style() -> SafeString:
    """Letters for its tools."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin/markdown-editor.css"))


@hooks.register("before_serve_document")
def only_to_readers(document: File, request: HttpRequest) -> None:
    """A file goes to whoever may read a page that shows it; to others it does not exist."""
    if not may_have(request, document):
        raise Http404
