from django.urls import path

from discussions import views

app_name = "discussions"
urlpatterns = [
    path("questions/", views.question_list, name="questions"),
    path("questions/<int:pk>/<slug:slug>/", views.question, name="question"),
]
