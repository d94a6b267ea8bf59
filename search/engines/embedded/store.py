"""Where the embedded index lives on disk.

    search/current              the name of the generation in use (replaced atomically)
    search/<generation>/index/  tantivy's own files
    search/<generation>/state.json   fingerprint and cursor of that index (replaced atomically)

A rebuild is a new generation beside the old one. The one before stays until the next rebuild, for
processes that are still opening it.
"""

import json
import os
import shutil
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

import tantivy

from search.engines.base import EngineMissing
from search.engines.embedded import analysis, layout


def write_atomically(path: Path, text: str) -> None:
    """Replace a small file so that a reader sees the old or the new content, never half."""
    beside = path.with_name(f".{path.name}-{uuid.uuid4().hex[:8]}")
    beside.write_text(text)
    os.replace(beside, path)


@dataclass(frozen=True)
class Generation:
    """One index on disk."""

    path: Path

    @property
    def index_path(self) -> Path:
        """Tantivy's own folder."""
        return self.path / "index"

    @property
    def meta_path(self) -> Path:
        """The file tantivy replaces at every commit."""
        return self.index_path / "meta.json"

    def state(self) -> dict[str, object]:
        """Fingerprint and cursor; empty when unreadable."""
        try:
            return dict(json.loads((self.path / "state.json").read_text()))
        except (OSError, ValueError):
            return {}

    def cursor(self) -> int:
        """The last log entry this index has passed."""
        return int(str(self.state().get("cursor", 0)))

    def urgent(self) -> int:
        """The last urgent log entry this index has passed."""
        return int(str(self.state().get("urgent", 0)))

    def heard(self) -> int:
        """The last log entry up to which all urgent ones are in this index."""
        state = self.state()
        return max(int(str(state.get("cursor", 0))), int(str(state.get("urgent", 0))))

    def remember(self, *, cursor: int | None = None, urgent: int | None = None) -> None:
        """Remember the last log entries, after the commit that contains them."""
        given = {name: mark for name, mark in (("cursor", cursor), ("urgent", urgent)) if mark is not None}
        state = {**self.state(), "fingerprint": layout.fingerprint(), "saved": time.time(), **given}
        write_atomically(self.path / "state.json", json.dumps(state))

    def fits(self) -> bool:
        """Whether this software can use the index."""
        path = str(self.index_path)
        same = self.state().get("fingerprint") == layout.fingerprint()
        return same and tantivy.Index.exists(path) and tantivy.Index.is_compatible(path)

    def open(self) -> tantivy.Index:
        """The index, ready to be searched or written."""
        index = tantivy.Index(layout.schema(), path=str(self.index_path), reuse=True)
        index.config_reader("manual")
        analysis.register(index)
        return index

    def size(self) -> int:
        """Bytes on disk."""
        return sum(_size(path) for path in self.index_path.glob("*"))


def _size(path: Path) -> int:
    # A merge may remove a file between the listing and the question.
    try:
        return path.stat().st_size
    except OSError:
        return 0


@dataclass(frozen=True)
class Store:
    """All generations of one embedded index."""

    root: Path

    @property
    def pointer(self) -> Path:
        """The file that names the generation in use."""
        return self.root / "current"

    def current(self) -> Generation:
        """The generation in use; raises EngineMissing."""
        try:
            name = self.pointer.read_text().strip()
        except OSError as error:
            raise EngineMissing("the embedded index has not been built yet") from error
        return Generation(self.root / Path(name).name)

    def create(self) -> Generation:
        """A new, empty generation that is not in use yet."""
        generation = Generation(self.root / f"g{time.strftime('%Y%m%d%H%M%S')}-{uuid.uuid4().hex[:6]}")
        generation.index_path.mkdir(parents=True)
        return generation

    def switch(self, generation: Generation) -> None:
        """Use this generation from now on, and drop those before the previous one."""
        before = self.pointer.read_text().strip() if self.pointer.exists() else ""
        write_atomically(self.pointer, generation.path.name)
        self.prune({before, generation.path.name})

    def prune(self, keep: set[str]) -> None:
        """Remove generations that nobody uses, also those of rebuilds that died."""
        for path in self.root.glob("g*"):
            if path.is_dir() and path.name not in keep:
                shutil.rmtree(path, ignore_errors=True)

    def destroy(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.root, ignore_errors=True)
