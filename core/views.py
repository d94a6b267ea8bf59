"""Pages of the house itself: errors, robots, and pictures from the private storage."""

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same page for what does not exist and for what this reader may not see."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs neither database nor context: it must work when nothing else does."""
    return HttpResponse(loader.get_template("500.html").render(), status=500)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Crawlers read everything public except the endless combinations of facets."""
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /en/search/", "Disallow: /fr/search/", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=86_400, immutable=True)
def rendition(request: HttpRequest, path: str) -> FileResponse:
    """A picture's rendition, through the site, never from the storage's own address."""
    content_type, _ = mimetypes.guess_type(path)
    if ".." in path or not (content_type or "").startswith("image/") or not default_storage.exists(path):
        raise Http404
    response = FileResponse(default_storage.open(path), content_type=content_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
