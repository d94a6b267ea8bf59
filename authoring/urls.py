from django.urls import path

from authoring.capture import views as capture
from authoring.clearance import views as clearance
from authoring.editions import views as editions
from authoring.review import views as review

app_name = "authoring"
urlpatterns = [
    path("share/", capture.start, name="start"),
    path("share/from-document/", capture.from_document, name="from_document"),
    path("share/<number:pk>/", capture.edit, name="edit"),
    path("share/<number:pk>/card/<slug:name>/", capture.card, name="card"),
    path("share/<number:pk>/act/", capture.act, name="act"),
    path("share/<number:pk>/preview/", capture.preview, name="preview"),
    path("share/<number:pk>/review/", review.review, name="review"),
    path("share/<number:pk>/review/act/", review.act, name="review_act"),
    path("share/<number:pk>/looking/", review.looking, name="looking"),
    path("clear/<str:token>/", clearance.clear, name="clear"),
    path("editions/<number:pk>/", editions.editions, name="editions"),
]
