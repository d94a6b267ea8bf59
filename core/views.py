"""Pages of the house itself: errors, robots, and pictures from the private storage."""

import mimetypes

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template import loader
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from core.attachments.access import may_have
from core.models import Rendition


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
def rendition(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture's rendition, to whoever may read a page with it; never from the storage's own address."""
    found = Rendition.objects.filter(file=path).select_related("image").first()
    if found is None or not may_have(request, found.image):
        raise Http404
    return _send(request, found)


def _send(request: HttpRequest, found: Rendition) -> HttpResponseBase:
    etag = f'"{found.pk}-{found.image.file_hash[:16]}"'
    response = get_conditional_response(request, etag=etag) or _file(found)
    response["ETag"] = etag
    # No shared cache may keep it; a member's browser asks again, and is told if nothing changed.
    signed_in = request.user.is_authenticated
    patch_cache_control(response, private=True, **({"no_cache": True} if signed_in else {"max_age": 600}))
    return response


def _file(found: Rendition) -> HttpResponseBase:
    content_type, _ = mimetypes.guess_type(found.file.name)
    if not (content_type or "").startswith("image/") or not default_storage.exists(found.file.name):
        raise Http404
    response = FileResponse(default_storage.open(found.file.name), content_type=content_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
