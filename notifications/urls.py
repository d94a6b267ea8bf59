from django.urls import path

from notifications import feeds, views
from notifications.inbox import views as inbox

app_name = "notifications"
urlpatterns = [
    path("my/searches/", views.saved, name="searches"),
    path("my/searches/save/", views.save, name="save"),
    path("my/searches/<number:pk>/", views.change, name="change"),
    path("my/searches/feed/<str:token>/", feeds.PersonalFeed(), name="feed"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/read/", inbox.mark_read, name="mark_read"),
    path("my/follows/", inbox.following, name="following"),
    path("my/follows/change/", inbox.change_following, name="change_following"),
    path("follow/<slug:kind>/<number:pk>/", inbox.choose, name="choose"),
    path("follow/", inbox.follow, name="follow"),
    path("deliveries/", inbox.deliveries, name="deliveries"),
    path("mail/stop-news/<str:token>/", inbox.stop_news, name="stop_news"),
    path("mail/stop/<str:token>/", views.stop, name="stop"),
]
