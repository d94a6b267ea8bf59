"""Whether the demo has to be prepared again: did the code or the content it came from change?"""

import hashlib
from pathlib import Path

from django.conf import settings

_SUFFIXES = {".py", ".md", ".csv", ".css", ".js", ".svg", ".glb", ".json", ".woff2"}
_SKIP = {".venv", "var", ".git", "tests", "docs", "node_modules"}


class Fingerprint:
    """Names, sizes and times of the project's files, compared with what the last start kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.value = _of_tree(settings.BASE_DIR)

    def changed(self) -> bool:
        """Whether anything differs from the last start, or there was none."""
        return not self.path.exists() or self.path.read_text() != self.value

    def keep(self) -> None:
        """Remember this state."""
        self.path.write_text(self.value)


def _of_tree(root: Path) -> str:
    digest = hashlib.sha256(str(settings.DATABASES["default"]["NAME"]).encode())
    for path in sorted(_files(root)):
        stat = path.stat()
        digest.update(f"{path.relative_to(root)}:{stat.st_size}:{stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _files(folder: Path) -> list[Path]:
    found: list[Path] = []
    for path in folder.iterdir():
        if path.is_dir():
            found += [] if path.name in _SKIP or path.name.startswith((".", "__")) else _files(path)
        elif path.suffix in _SUFFIXES:
            found.append(path)
    return found
