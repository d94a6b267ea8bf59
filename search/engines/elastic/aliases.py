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
    actions: list[dict[str, object]] = []
    for alias in aliases:
        actions += [{"remove": {"index": f"{prefix}-*", "alias": alias, "must_exist": False}}]
        actions += [{"add": {"index": name, "alias": alias}}]
    client.indices.refresh(index=name)
    client.indices.update_aliases(actions=actions)


def discard(client: Elasticsearch, name: str, alias: str) -> None:
    """Remove an index that was not finished. The call that failed may have put it to use all the same."""
    held = client.indices.get_alias(index=name, ignore_unavailable=True)
    if alias not in held.get(name, {}).get("aliases", {}):
        remove(client, [name])


def remove_older(client: Elasticsearch, prefix: str, name: str) -> None:
    """Remove what came before this index: the one it replaced, and what killed rebuilds left behind."""
    remove(client, [index for index in own_indexes(client, prefix) if index < name])


def remove(client: Elasticsearch, names: Sequence[str]) -> None:
    """Delete these indexes."""
    if names:
        client.indices.delete(index=list(names), ignore_unavailable=True)
