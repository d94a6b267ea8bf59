"""Gunicorn: one process with threads unless WEB_CONCURRENCY says otherwise."""

import gc
import os
from typing import Any

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "1"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 30
graceful_timeout = 20
keepalive = 5
max_requests = int(os.environ.get("WEB_MAX_REQUESTS", "0"))
loglevel = "warning"
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")


def settle() -> None:
    """Leave what was loaded at the start out of garbage collections: it stays, and looking through it takes long."""
    gc.collect()
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """What a process does before its first request."""
    from django.conf import settings

    from search import pool

    # The client of Elasticsearch takes a second to import: the first reader who searches has no time for that.
    pool.engines()
    settle()

    if settings.SEARCH_INLINE_READER:
        # On one machine the index is fed inside the server process (docs/operations/).
        from search.worker import start_inline_reader

        start_inline_reader()
