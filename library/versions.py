"""Which content somebody saw: the same content is the same version, whatever revision it stands in."""

import hashlib
import json
from typing import Any

PREFIX = "v-"
# What is said about the content rather than in it.
_ABOUT = {
    "page_ptr", "rendered", "identifier", "municipality", "cleared_by", "cleared_on", "cleared_version",
    "last_verified", "review_by", "retired_on", "retired_why", "see_instead",
}  # fmt: skip


def version_of(item: Any) -> str:
    """A short name for an item's content, for example `v-4f1c09ab63de`.

    What has readers of its own, such as the candid note, is not in it: a change would tell others of it.
    """
    meta = item._meta
    apart = {name for pair in item.restricted_fields.items() for name in pair}
    names = {field.name for field in (*meta.local_fields, *meta.local_many_to_many)} - _ABOUT - apart
    data = item.serializable_data()
    content = {name: data.get(name) for name in sorted({*names, "title"})}
    content["tags"] = sorted(tag.name for tag in item.tags.all())
    text = json.dumps(content, sort_keys=True, default=str)
    return f"{PREFIX}{hashlib.sha256(text.encode()).hexdigest()[:12]}"
