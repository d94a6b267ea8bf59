"""Who reads what is for whom, and what is looked for in every channel."""

from django.core.cache import cache

from core import chores
from search import pool, readers

CANARY = "zqcanary"
MEMBERS = {
    "member-elsewhere",
    "member-here",
    "in-the-group",
    "leads-another-group",
    "coordinator",
    "moderator",
}
HERE = {"member-here"}
GROUP = {"in-the-group"}
ALLOWED = {"public": MEMBERS | {"nobody", "unverified", "removed"}, "members": MEMBERS | {"removed"},
           "municipality": HERE, "group": GROUP}  # fmt: skip
READERS = sorted(ALLOWED["public"])
# Who belongs to a municipality.
WRITERS = {"member-here", "member-elsewhere", "in-the-group", "leads-another-group", "removed"}


def text_of(client, address, **query):
    response = client.get(address, query)
    # Read to its end it closes itself; closing it here would end the test's transaction on PostgreSQL.
    content = response.getvalue()
    return content.decode("utf-8", "replace") if response.status_code == 200 else ""


def index_all():
    """Everything has heard of everything: what is not found from here on is not found for good."""
    chores.finish()
    readers.catch_up()
    cache.clear()
    elastic = pool.elasticsearch()
    if elastic is not None:
        # It remembers for a second how far its index was, and leaves out so long what has just changed.
        elastic._known = None


def shows(client, *addresses, **query):
    return [address for address in addresses if CANARY in text_of(client, address, **query)]
