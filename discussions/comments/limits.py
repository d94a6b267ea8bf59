"""How much and how often. The table in docs/how-to/comments.md says the same; each limit has a test."""

from datetime import timedelta

# Of one comment. Whoever has more to say attaches it.
MAX_CHARACTERS = 10_000
# Quotes in quotes in quotes.
MAX_QUOTE_LEVELS = 5
# What the quote button takes over of a comment.
MAX_QUOTED = 1_500

A_MINUTE = 10
MINUTE = timedelta(minutes=1)

MENTIONS_EACH = 10
MENTIONS_A_DAY = 50
DAY = timedelta(days=1)

FILES_EACH = 5
MAX_FILE_BYTES = 10 * 1024 * 1024
# What an archive (a Word file is one) may hold when it is unpacked, and of how many parts.
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_PARTS = 2_000
MAX_PIXELS = 40_000_000

# Of a page's comments so many threads are shown at once, and of each so many replies; the rest is a click away.
THREADS = 10
REPLIES = 5
ALL_REPLIES = 50
# Whom to mention.
SUGGESTED = 8

# Text that could not be posted, and what was deleted, are kept this long.
KEPT = timedelta(days=30)
