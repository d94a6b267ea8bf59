from django.urls import path

from members import views

app_name = "members"
urlpatterns = [
    path("people/<int:pk>/", views.person, name="person"),
    path("regions/", views.region_list, name="regions"),
    path("regions/<slug:slug>/", views.region, name="region"),
]
