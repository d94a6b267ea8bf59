"""What the Wagtail admin loads besides its own."""

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_js")
def markdown_editor_script() -> SafeString:
    """Options of the Markdown editor; read before the editor starts."""
    return format_html('<script src="{}"></script>', static("admin/markdown-editor.js"))


@hooks.register("insert_global_admin_css")
def markdown_editor_style() -> SafeString:
    """Letters for its tools."""
    return format_html('<link rel="stylesheet" href="{}">', static("admin/markdown-editor.css"))
