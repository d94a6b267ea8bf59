from django.urls import path

from library import views

app_name = "library"
urlpatterns = [
    path("service-areas/", views.service_area_list, name="service_areas"),
    path("service-areas/<slug:slug>/", views.service_area, name="service_area"),
]
