"""Production settings: the base that `demo` and `test` loosen.

Everything that differs between installations comes from the environment
(docs/operations/settings.md lists every name). A forgotten setting is the safe one.
"""

from pathlib import Path

from django.utils.translation import gettext_lazy as _
from environs import Env

from config.settings.parts.accounts import *  # noqa: F403
from config.settings.parts.accounts import ACCOUNT_APPS, oidc_providers
from config.settings.parts.logging import logging_config
from config.settings.parts.security import *  # noqa: F403
from config.settings.parts.storage import storages_from_url

env = Env()
BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
SITE_URL = env.str("SITE_URL", "https://localhost")

INSTALLED_APPS = [
    "notifications",
    "search",
    "adoptions",
    "authoring",
    "discussions",
    "casestudies",
    "playbooks",
    "library",
    "members",
    "core",
    "wagtailmarkdown",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    # Wagtail's users, with our forms for their addresses.
    "members.editor.apps.PeopleConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    *ACCOUNT_APPS,
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "django_prometheus",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "core.middleware.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.AdminPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.pagecache.AnonymousPageCacheMiddleware",
    "core.middleware.PrivateResponseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "members.middleware.ReaderMiddleware",
    "members.editor.guard.EditorGuardMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "members.accounts.middleware.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "members.middleware.VisibleRedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton", "core.templatetags.face"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.site",
            ],
        },
    }
]
COTTON_DIR = "components"

DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'interurban.sqlite3'}", conn_max_age=60)
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue instead of failing; readers never wait for them.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }

CACHES = {"default": env.dj_cache_url("CACHE_URL", "locmem://")}
vars().update(env.dj_email_url("EMAIL_URL", "dummy://"))
# A mail server that hangs must not hold up the worker.
EMAIL_TIMEOUT = vars().get("EMAIL_TIMEOUT") or 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Interurban <no-reply@localhost>")

STORAGES = storages_from_url(env.str("STORAGE_URL", f"file://{VAR_DIR / 'media'}"))
MEDIA_ROOT = STORAGES["default"].get("OPTIONS", {}).get("location", "")
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    # A component's style and script live beside its template.
    ("components", BASE_DIR / "templates" / "components"),
]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]

# Sessions survive a flushed cache, and cost no query while it is warm.
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
AUTH_USER_MODEL = "members.Person"
# Publishers, coordinators, moderators and administrators need a second factor.
MFA_REQUIRED = env.bool("MFA_REQUIRED", True)
# How many proxies of our own stand before the site; only what they add to X-Forwarded-For is believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
# Identity providers of municipalities; what each entry says stands in parts/accounts.py.
SOCIALACCOUNT_PROVIDERS = oidc_providers(env.str("OIDC_PROVIDERS", ""))

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
TIME_ZONE = env.str("TIME_ZONE", "America/Toronto")
USE_I18N = True
USE_TZ = True

WAGTAILMARKDOWN = {"autodownload_fontawesome": False}
WAGTAIL_SITE_NAME = "Interurban"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.forms.PictureForm"
WAGTAILIMAGES_IMAGE_MODEL = "core.Picture"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_DOCUMENT_MODEL = "core.File"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "glb", "gltf", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "wagtail.search.backends.database"}
}
TAGGIT_CASE_INSENSITIVE = True
TAGGIT_STRIP_UNICODE_WHEN_SLUGIFYING = True

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}
LOGGING = logging_config(env.str("LOG_LEVEL", "INFO"))

# Search: the embedded index is always fed; Elasticsearch answers where it is configured.
ELASTICSEARCH_URL = env.str("ELASTICSEARCH_URL", "")
SEARCH_INDEX_DIR = Path(env.str("SEARCH_INDEX_DIR", str(VAR_DIR / "search")))
SEARCH_INDEX_PREFIX = env.str("SEARCH_INDEX_PREFIX", "interurban")
SEARCH_TIMEOUT_SECONDS = env.float("SEARCH_TIMEOUT_SECONDS", 1.5)
# Searches of one process that may wait for Elasticsearch at the same time: fewer than it has threads.
SEARCH_SEATS = env.int("SEARCH_SEATS", 4)
SEARCH_INLINE_READER = env.bool("SEARCH_INLINE_READER", False)
# When the nightly comparison of indexes and database begins, on TIME_ZONE's clock; -1 for never.
SEARCH_RECONCILE_HOUR = env.int("SEARCH_RECONCILE_HOUR", 3)
# Entries that every index has read stay this many days; an index unheard of for longer is built anew.
LOG_KEEP_DAYS = env.int("LOG_KEEP_DAYS", 14)
# The privacy notice's facts.
PRIVACY_CONTROLLER = env.str("PRIVACY_CONTROLLER", "")
PRIVACY_CONTACT = env.str("PRIVACY_CONTACT", "")
PRIVACY_PLACE = env.str("PRIVACY_PLACE", "")
# How long it is kept that somebody wrote to somebody (two days at least, for the daily limit), and what nobody
# answered (0: for good).
CONTACT_KEEP_DAYS = max(env.int("CONTACT_KEEP_DAYS", 365), 2)
REQUESTS_KEEP_DAYS = env.int("REQUESTS_KEEP_DAYS", 365)
# News in people's inboxes, and which mail about it left; 0 keeps for good.
NEWS_KEEP_DAYS = env.int("NEWS_KEEP_DAYS", 180)
DELIVERIES_KEEP_DAYS = env.int("DELIVERIES_KEEP_DAYS", 365)
# What people are told where they write; empty: our own words, in both languages.
RECORDS_NOTICE = {"en": env.str("RECORDS_NOTICE_EN", ""), "fr": env.str("RECORDS_NOTICE_FR", "")}
# Who did what is kept this many days; 0 keeps it for good.
AUDIT_KEEP_DAYS = env.int("AUDIT_KEEP_DAYS", 730)

# Whole anonymous pages are kept this long at most; events clear them earlier.
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", 600)
# Months after which nobody having said "still true" makes a page stale.
REVIEW_AFTER_MONTHS = env.int("REVIEW_AFTER_MONTHS", 12)
# Whether the worker asks other people's servers if the links of items still lead somewhere; how many links in an
# hour, after how many days the same one again, and how many seconds a server rests between two requests.
LINK_CHECK = env.bool("LINK_CHECK", False)
LINK_CHECK_PER_HOUR = max(env.int("LINK_CHECK_PER_HOUR", 60), 1)
LINK_CHECK_DAYS = max(env.int("LINK_CHECK_DAYS", 30), 1)
LINK_CHECK_HOST_SECONDS = max(env.int("LINK_CHECK_HOST_SECONDS", 10), 1)
