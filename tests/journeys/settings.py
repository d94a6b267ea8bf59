"""The demo's settings, without what costs journeys minutes and shows a browser nothing."""

from config.settings.demo import *  # noqa: F403
from config.settings.demo import STORAGES as _DEMOS

# Slow on purpose, against thieves of the database.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Names with hashes, as ever; but nobody waits for Wagtail's files to be compressed as small as can be.
STORAGES = {
    **_DEMOS,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
}
