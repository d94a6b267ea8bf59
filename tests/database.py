"""The test database with nothing but the frame of the site, made once and copied from then on.

The migrations of Wagtail and of this project take far longer than most tests, and making the frame would be a
quarter of the rest. A copy is good as long as no migration and no version of a library has changed.
"""

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.db import connection
from filelock import FileLock

from members import loading

FOLDER = Path(tempfile.gettempdir())


@contextmanager
def prepared() -> Iterator[bool]:
    """Whether Django finds the copy when it makes its database in this block; if not, it is made afterwards."""
    # Held throughout, so that parallel workers run the migrations once.
    with FileLock(FOLDER / f"interurban-test-{connection.vendor}.lock"):
        copy = _OnSQLite() if connection.vendor == "sqlite" else _OnPostgreSQL()
        known = copy.exists()
        if known:
            copy.use()
        yield known
        if not known:
            loading.prepare_site()
            copy.make()


def start_from_copy(path: Path) -> None:
    """Put the copy for SQLite into this file, where there is one: the migrations then have nothing left to do."""
    copy = _OnSQLite()
    if copy.exists():
        shutil.copyfile(copy.path, path)


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{version('django')} {version('wagtail')} {sqlite3.sqlite_version}".encode())
    digest.update(Path(loading.__file__).read_bytes())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label):
        for path in sorted(Path(config.path).glob("migrations/*.py")):
            digest.update(f"{config.label}/{path.name}".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


class _OnSQLite:
    """A file, read into the database in memory that Django is about to open."""

    # Open as long as the process lives: with its last connection a database in memory is gone.
    _kept: list[sqlite3.Connection] = []

    def __init__(self) -> None:
        self.path = FOLDER / f"interurban-test-{_fingerprint()}.sqlite3"

    def exists(self) -> bool:
        return self.path.exists()

    def use(self) -> None:
        name = connection.creation._get_test_db_name()
        memory = sqlite3.connect(name, uri=True, check_same_thread=False)
        file = sqlite3.connect(self.path)
        file.backup(memory)
        file.close()
        self._kept.append(memory)

    def make(self) -> None:
        unfinished = self.path.with_suffix(".unfinished")
        unfinished.unlink(missing_ok=True)
        file = sqlite3.connect(unfinished)
        connection.connection.backup(file)
        file.close()
        unfinished.rename(self.path)


class _OnPostgreSQL:
    """A database that the server copies."""

    def __init__(self) -> None:
        self.name = f"interurban_test_{_fingerprint()}"

    def exists(self) -> bool:
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            return cursor.fetchone() is not None

    def use(self) -> None:
        connection.settings_dict["TEST"]["TEMPLATE"] = self.name

    def make(self) -> None:
        made = connection.settings_dict["NAME"]
        # The server copies only what nobody is connected to.
        connection.close()
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{self.name}" TEMPLATE "{made}"')
