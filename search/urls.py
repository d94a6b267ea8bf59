from django.urls import path

from search import suggest_view, views

app_name = "search"
urlpatterns = [
    path("search/", views.results, name="results"),
    path("search/suggest/", suggest_view.suggestions, name="suggest"),
    path("library/", views.browse, name="browse"),
]
