from django.urls import path

from discussions.moderation import views

urlpatterns = [
    path("moderation/", views.moderation, name="moderation"),
    path("moderation/mine/", views.about_mine, name="about_mine"),
    path("moderation/suspended/", views.suspended, name="suspended"),
    path("moderation/suspended/<number:pk>/", views.lift, name="lift"),
    path("moderation/first-posts/<slug:slug>/", views.first_posts, name="first_posts"),
    path("moderation/check/<slug:kind>/<number:pk>/", views.check_first_post, name="check_first_post"),
    path("moderation/report/<slug:kind>/<number:pk>/", views.report, name="report"),
    path("moderation/case/<slug:kind>/<number:pk>/", views.case, name="case"),
    path("moderation/case/<slug:kind>/<number:pk>/decide/", views.decide, name="decide"),
]
