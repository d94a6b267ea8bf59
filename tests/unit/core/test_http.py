"""What every answer carries, and what machines ask for."""

import pytest
from django.db import DatabaseError, connection

from core import health

pytestmark = pytest.mark.django_db


def test_policy_allows_no_inline_script_or_style(client, index):
    policy = client.get("/en/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy


def test_other_headers(client, index):
    response = client.get("/en/")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]
    assert response["X-Frame-Options"] == "DENY"


def test_editor_has_a_policy_of_its_own(client):
    assert "unsafe-inline" in client.get("/admin/")["Content-Security-Policy"]


def test_reading_sets_no_cookie(client, index):
    assert not client.get("/en/").cookies


def test_healthz_needs_no_host_name(client):
    response = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_readyz_names_what_is_down(client, monkeypatch):
    def broken():
        raise DatabaseError

    monkeypatch.setattr(health, "probes", dict)
    assert client.get("/readyz").json() == {"ready": True, "checks": {"database": True}}
    monkeypatch.setattr(connection, "cursor", broken)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["database"] is False


def test_not_found_and_forbidden_are_the_same_bytes(client, case_study):
    case_study.audience = "municipality"
    case_study.save_revision().publish()
    hidden = client.get(case_study.url)
    missing = client.get(case_study.url.replace(case_study.slug, "x" * len(case_study.slug)))
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content.replace(case_study.slug.encode(), b"") == missing.content.replace(
        b"x" * len(case_study.slug), b""
    )


def test_media_serves_pictures_only(client, settings):
    for path in (
        "../interurban.sqlite3",
        "documents/secret.pdf",
        "images/x.svg.html",
        "images/../../settings.py",
    ):
        assert client.get(f"/media/{path}").status_code == 404


def test_robots_keeps_crawlers_out_of_facets(client):
    assert "Disallow: /en/search/" in client.get("/robots.txt").content.decode()
