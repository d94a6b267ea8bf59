"""The empty test database, made by the migrations once and copied from then on.

The migrations of Wagtail and of this project take far longer than most tests. A copy is good as long as no
migration and no version of a library has changed.
"""

import hashlib
import sqlite3
import tempfile
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.db import connection
from filelock import FileLock

FOLDER = Path(tempfile.gettempdir())


def template() -> Path:
    """Where the copy is for the migrations as they are now."""
    return FOLDER / f"interurban-test-{_fingerprint()}.sqlite3"


def lock() -> FileLock:
    """Held while the copy is looked for and made, so that parallel workers make it once."""
    return FileLock(FOLDER / "interurban-test.lock")


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{version('django')} {version('wagtail')} {sqlite3.sqlite_version}".encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for path in sorted(Path(config.path).glob("migrations/*.py")):
            digest.update(f"{config.label}/{path.name}".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def fill_from(path: Path) -> sqlite3.Connection:
    """Fill the database in memory that Django is about to open; it lives as long as what is returned is open."""
    memory = sqlite3.connect(connection.creation._get_test_db_name(), uri=True, check_same_thread=False)
    with sqlite3.connect(path) as file:
        file.backup(memory)
    file.close()
    return memory


def keep_at(path: Path) -> None:
    """Keep the database that the migrations have just made."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with sqlite3.connect(unfinished) as file:
        connection.connection.backup(file)
    file.close()
    unfinished.rename(path)
