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
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "media"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Tests that mean the page cache switch it on.
PAGE_CACHE_SECONDS = 0
WHITENOISE_AUTOREFRESH = True
