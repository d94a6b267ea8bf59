from django.urls import path

from discussions import views
from discussions.comments.urls import urlpatterns as comments
from discussions.moderation.urls import urlpatterns as moderation
from discussions.questions import coordination, mine
from discussions.questions import views as questions

app_name = "discussions"
urlpatterns = [
    path("questions/", views.question_list, name="questions"),
    path("questions/ask/", questions.ask, name="ask"),
    path("questions/mine/", mine.mine, name="mine"),
    path("questions/edit/<number:pk>/", questions.edit, name="edit_question"),
    path("questions/answer/<number:pk>/", questions.answer, name="answer"),
    path("questions/act/<number:pk>/", questions.act, name="question_act"),
    path("questions/<number:pk>/<slug:slug>/", views.question, name="question"),
    path("answers/edit/<number:pk>/", questions.edit_answer, name="edit_answer"),
    path("answers/act/<number:pk>/", questions.answer_act, name="answer_act"),
    path("coordination/questions/", coordination.unanswered, name="unanswered"),
    path("coordination/questions/<number:pk>/", coordination.act, name="coordinate"),
    *comments,
    *moderation,
]
