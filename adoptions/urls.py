from django.urls import path

from adoptions import views

app_name = "adoptions"
urlpatterns = [
    path("adopt/<number:pk>/", views.adopt, name="adopt"),
    path("adoptions/<number:pk>/", views.record, name="record"),
    path("adoptions/<number:pk>/erase/", views.erase, name="erase"),
    path("adoptions/<number:pk>/thanks/", views.thanks, name="thanks"),
]
