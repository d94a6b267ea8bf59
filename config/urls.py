"""Addresses. Everything people read has a language prefix; what machines and the admin use has none."""

from django.apps import apps
from django.conf.urls.i18n import i18n_patterns
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from library.sitemaps import ItemSitemap
from members.editor import tags

handler404 = "core.views.not_found"
handler429 = "members.accounts.limits.too_many"
handler500 = "core.views.server_error"

# Wagtail's own forms ask for a password only: every one of their addresses leads to the site's door.
sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("admin/tag-autocomplete/", tags.suggest),
    path("admin/tag-autocomplete/<slug:app_name>/<slug:model_name>/", tags.suggest),
    path("admin/login/", sign_in, name="editor_sign_in"),
    re_path(r"^admin/password_reset/", sign_in, name="editor_password_reset"),
    path("admin/", include(wagtailadmin_urls)),
    # Identity providers know one address, whatever the language.
    path("account/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemap, {"sitemaps": {"items": ItemSitemap}}, name="sitemap"),
    path("", include("core.urls")),
    # The gallery answers with and without a language prefix; names lead to the prefixed address.
    path("", include("core.gallery_urls")),
    *i18n_patterns(
        path("_util/login/", sign_in, name="page_sign_in"),
        path("account/", include("members.accounts.urls")),
        path("", include("core.gallery_urls")),
        path("", include("core.legal_urls")),
        *([path("", include("demo.urls"))] if apps.is_installed("demo") else []),
        path("", include("members.urls")),
        path("", include("library.urls")),
        path("", include("adoptions.urls")),
        path("", include("discussions.urls")),
        path("", include("authoring.urls")),
        path("", include("search.urls")),
        path("", include("notifications.urls")),
        path("", include(wagtail_urls)),
    ),
]
