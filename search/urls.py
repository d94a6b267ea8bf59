from django.urls import path

from search import feeds, suggest_view, views

app_name = "search"
urlpatterns = [
    path("search/", views.results, name="results"),
    path("search/feed/", feeds.PublicFeed(), name="feed"),
    path("search/suggest/", suggest_view.suggestions, name="suggest"),
    path("compare/", views.compare, name="compare"),
    path("similar/<slug:kind>/<number:pk>/", views.similar, name="similar"),
    path("library/", views.browse, name="browse"),
]
