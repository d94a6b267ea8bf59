from django.urls import path

from adoptions import views

app_name = "adoptions"
urlpatterns = [
    path("adopt/<int:pk>/", views.adopt, name="adopt"),
    path("adoptions/<int:pk>/", views.record, name="record"),
    path("adoptions/<int:pk>/erase/", views.erase, name="erase"),
    path("adoptions/<int:pk>/thanks/", views.thanks, name="thanks"),
]
