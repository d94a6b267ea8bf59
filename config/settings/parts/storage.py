"""File storage from one address: `file:///path` or `s3://KEY:SECRET@host[:port]/bucket?region=…`."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

STATIC_BACKEND = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}


def storages_from_url(url: str) -> dict[str, dict[str, Any]]:
    """Return Django's STORAGES for the address; raise ImproperlyConfigured for an unknown scheme."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        default = {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": parts.path},
        }
    elif parts.scheme == "s3":
        default = {"BACKEND": "core.storage.ObjectStorage", "OPTIONS": _s3_options(parts)}
    else:
        raise ImproperlyConfigured(
            f"STORAGE_URL has the scheme “{parts.scheme}”: use file:///path or s3://KEY:SECRET@host/bucket."
        )
    return {"default": default, "staticfiles": STATIC_BACKEND}


def _s3_options(parts: Any) -> dict[str, Any]:
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    scheme = "http" if query.get("insecure") == "1" else "https"
    host = parts.hostname + (f":{parts.port}" if parts.port else "")
    return {
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "bucket_name": parts.path.strip("/"),
        "endpoint_url": f"{scheme}://{host}",
        "region_name": query.get("region"),
        # Never readable by address alone: files leave through a view that asks who is reading.
        "default_acl": "private",
        "querystring_auth": True,
        "querystring_expire": 60,
    }
