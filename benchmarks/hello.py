"""The yardstick: a bare Django view without middleware, served by the same server."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def hello(request: HttpRequest) -> HttpResponse:
    # The length spares the server chunks; without middleware nobody else writes it.
    return HttpResponse("hello", headers={"Content-Length": "5"})


urlpatterns = [path("", hello)]

if not settings.configured:
    settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="hello", MIDDLEWARE=[])

application = get_wsgi_application()
