"""Which index is in use, and how another takes its place."""

from collections.abc import Iterable, Sequence

from elasticsearch import Elasticsearch


def own_indexes(client: Elasticsearch, prefix: str) -> list[str]:
    """The indexes of this installation, oldest first."""
    # Another installation's prefix may begin with ours, so the whole name must fit.
    found = client.indices.get(index=f"{prefix}-*", features="aliases")
    ours = len(prefix.split("-")) + 3
    return sorted(name for name in found if len(name.split("-")) == ours)


def swap(client: Elasticsearch, prefix: str, name: str, aliases: Iterable[str]) -> None:
    """One call takes the aliases away from the index in use and gives them to the new one."""
    old = [index for index in own_indexes(client, prefix) if index < name]
    actions: list[dict[str, object]] = []
    for alias in aliases:
        actions += [{"remove": {"index": f"{prefix}-*", "alias": alias, "must_exist": False}}]
        actions += [{"add": {"index": name, "alias": alias}}]
    client.indices.refresh(index=name)
    client.indices.update_aliases(actions=actions)
    remove(client, old)


def remove(client: Elasticsearch, names: Sequence[str]) -> None:
    """Delete these indexes."""
    if names:
        client.indices.delete(index=names, ignore_unavailable=True)
