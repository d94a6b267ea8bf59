"""Files on S3-compatible storage, whose keys stay in the settings."""

from typing import Any

from django.core.files.storage import Storage, storages
from storages.backends.s3 import S3Storage


def default_files() -> Storage:
    """The storage that the settings name."""
    return storages["default"]


class ObjectStorage(S3Storage):
    """S3Storage that a queued task can be told of without being told its keys.

    Wagtail writes down the storage of a deleted file for the worker: as the settings' own, it is made from
    the settings again there.
    """

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """How to make it again: from the settings."""
        return (f"{__name__}.{default_files.__name__}", [], {})
