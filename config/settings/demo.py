"""One machine, no service: SQLite, the embedded index, plain HTTP on localhost."""

import os

from django.core.management.utils import get_random_secret_key

os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
os.environ.setdefault("SEARCH_INLINE_READER", "1")
os.environ.setdefault("LOG_LEVEL", "WARNING")
# So that the demo's printed logins work at once; a real site never does this.
os.environ.setdefault("MFA_REQUIRED", "0")

from config.settings.production import *  # noqa: F403
from config.settings.production import SECRET_KEY, VAR_DIR, env

SITE_URL = WAGTAILADMIN_BASE_URL = env.str("SITE_URL", "http://localhost:8000")
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SECURE_PROXY_SSL_HEADER = None  # type: ignore[assignment]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
# Browsers allow passkeys on http://localhost, and nowhere else without TLS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
SESSION_COOKIE_NAME = "session"
CSRF_COOKIE_NAME = "csrf"

if not SECRET_KEY:
    # Made once and kept beside the demo's database, so sessions survive a restart.
    _key_file = VAR_DIR / "secret-key"
    if not _key_file.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        _key_file.write_text(get_random_secret_key())
        _key_file.chmod(0o600)
    SECRET_KEY = _key_file.read_text()

if not env.str("EMAIL_URL", ""):
    # Kept in files; a page shows what would have been sent.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")

INSTALLED_APPS = ["demo", *INSTALLED_APPS]
