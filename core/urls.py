from django.urls import path, re_path

from core import views

urlpatterns = [
    path("robots.txt", views.robots, name="robots"),
    re_path(r"^media/(?P<path>images/.+)$", views.rendition, name="rendition"),
]
