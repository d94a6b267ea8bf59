"""The gallery's addresses, with and without a language prefix."""

from django.urls import path

from core import gallery

urlpatterns = [
    path("components/", gallery.gallery, name="components"),
    path("components/<str:name>/", gallery.gallery_component, name="component"),
]
