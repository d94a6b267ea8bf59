"""Settings: safe by default, clear when wrong."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import storages
from django.utils.module_loading import import_string

from config.settings.parts.storage import storages_from_url

ROOT = Path(__file__).resolve().parents[3]


def test_storage_on_s3_keeps_files_private():
    options = storages_from_url("s3://KEY:SE%2FCRET@s3.example.ca/files?region=ca-central-1")["default"][
        "OPTIONS"
    ]
    assert options["secret_key"] == "SE/CRET"
    assert options["endpoint_url"] == "https://s3.example.ca"
    assert options["default_acl"] == "private"
    assert options["querystring_expire"] <= 60


def test_task_that_deletes_a_file_is_not_told_the_keys(settings):
    settings.STORAGES = {**settings.STORAGES, **storages_from_url("s3://KEY:SECRET@s3.example.ca/files")}
    storage = storages.create_storage(settings.STORAGES["default"])
    path, arguments, named = storage.deconstruct()
    assert "SECRET" not in str((path, arguments, named))
    again = import_string(path)(*arguments, **named)
    assert (again.bucket_name, again.secret_key) == ("files", "SECRET")


def test_storage_unknown_scheme_says_what_to_use():
    with pytest.raises(ImproperlyConfigured, match="file:///path or s3://"):
        storages_from_url("ftp://x/y")


def check_deploy(tmp_path, **environment):
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "ERROR"]
    return subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "VAR_DIR": str(tmp_path),
            "PATH": "/usr/bin",
            **environment,
        },
    )


def test_check_deploy_refuses_unsafe_settings_and_names_the_cure(tmp_path):
    result = check_deploy(tmp_path, SECRET_KEY="short", ALLOWED_HOSTS="*")
    assert result.returncode == 1
    assert "50 random characters" in result.stderr
    assert "core.E002" in result.stderr


def test_check_deploy_accepts_safe_settings(tmp_path):
    result = check_deploy(tmp_path, SECRET_KEY="k3" * 30, ALLOWED_HOSTS="library.example")
    assert result.returncode == 0, result.stderr


def test_production_refuses_to_start_without_a_secret(tmp_path):
    result = check_deploy(tmp_path, ALLOWED_HOSTS="library.example")
    assert result.returncode == 1
    assert "SECRET_KEY" in result.stderr
