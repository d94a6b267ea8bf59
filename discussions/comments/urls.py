from django.urls import path

from discussions.comments import reading, writing

urlpatterns = [
    path("comments/<number:pk>/", reading.comment, name="comment"),
    path("comments/<number:pk>/thread/", reading.thread, name="thread"),
    path("comments/<number:pk>/history/", reading.history, name="comment_history"),
    path("comments/<number:pk>/edit/", writing.edit, name="edit_comment"),
    path("comments/<number:pk>/act/", writing.act, name="comment_act"),
    path("comments/on/<int:page_id>/", writing.add, name="add_comment"),
    path("comments/files/<number:pk>/<str:name>", reading.attachment, name="comment_file"),
    path("comments/preview/", writing.preview, name="preview_comment"),
    path("comments/people/", writing.people, name="people_to_mention"),
    path("comments/kept/", writing.kept, name="kept_texts"),
]
