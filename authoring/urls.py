from django.urls import path

from authoring.capture import views as capture
from authoring.clearance import views as clearance
from authoring.editions import views as editions
from authoring.review import views as review

app_name = "authoring"
urlpatterns = [
    path("share/", capture.start, name="start"),
    path("share/from-document/", capture.from_document, name="from_document"),
    path("share/<int:pk>/", capture.edit, name="edit"),
    path("share/<int:pk>/card/<slug:name>/", capture.card, name="card"),
    path("share/<int:pk>/act/", capture.act, name="act"),
    path("share/<int:pk>/preview/", capture.preview, name="preview"),
    path("share/<int:pk>/review/", review.review, name="review"),
    path("share/<int:pk>/review/act/", review.act, name="review_act"),
    path("share/<int:pk>/looking/", review.looking, name="looking"),
    path("clear/<str:token>/", clearance.clear, name="clear"),
    path("editions/<int:pk>/", editions.editions, name="editions"),
]
