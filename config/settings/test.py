"""For tests: a throw-away place for files and indexes, fast hashes, nothing from the environment but services."""

import os
import tempfile

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="interurban-test-"))
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ["SEARCH_INLINE_READER"] = "0"

from config.settings.demo import *  # noqa: F403
from config.settings.production import VAR_DIR

ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {**TASKS["default"], "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "media"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Clearing a Redis cache empties its whole database: each parallel worker has one of its own.
if str(CACHES["default"].get("LOCATION", "")).startswith("redis"):
    _worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    CACHES["default"]["LOCATION"] = f"{CACHES['default']['LOCATION'].rpartition('/')[0]}/{_worker}"
# The editor's own search costs each saved page a tenth of its time; tests that mean it switch it on.
WAGTAILSEARCH_BACKENDS = {"default": {**WAGTAILSEARCH_BACKENDS["default"], "AUTO_UPDATE": False}}
# Tests that mean the page cache switch it on.
PAGE_CACHE_SECONDS = 0
WHITENOISE_AUTOREFRESH = True
