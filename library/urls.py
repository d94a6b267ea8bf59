from django.urls import path

from library import views
from library.people import views as people
from library.retiring import views as retiring

app_name = "library"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/me/", people.offer, name="offer"),
    path("people/<number:pk>/write/", people.write_to, name="write_to"),
    path("items/<number:pk>/still-true/", views.still_true, name="still_true"),
    path("items/<number:pk>/retire/", retiring.retire, name="retire"),
    path("items/<number:pk>/use-again/", retiring.use_again, name="use_again"),
    path("still-true/<str:token>/", views.still_true_link, name="still_true_link"),
    path("service-areas/", views.service_area_list, name="service_areas"),
    path("service-areas/<slug:slug>/", views.service_area, name="service_area"),
]
