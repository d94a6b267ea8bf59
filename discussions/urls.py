from django.urls import path

from discussions import views
from discussions.comments.urls import urlpatterns as comments
from discussions.moderation.urls import urlpatterns as moderation

app_name = "discussions"
urlpatterns = [
    path("questions/", views.question_list, name="questions"),
    path("questions/ask/", views.ask, name="ask"),
    path("questions/<int:pk>/<slug:slug>/", views.question, name="question"),
    *comments,
    *moderation,
]
