from django.urls import path

from notifications import feeds, views

app_name = "notifications"
urlpatterns = [
    path("my/searches/", views.saved, name="searches"),
    path("my/searches/save/", views.save, name="save"),
    path("my/searches/<int:pk>/", views.change, name="change"),
    path("my/searches/feed/<str:token>/", feeds.PersonalFeed(), name="feed"),
    path("mail/stop/<str:token>/", views.stop, name="stop"),
]
