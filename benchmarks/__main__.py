"""`script/bench`: pages and search against a bare view and the raw engine, as ratios measured in one run."""

import argparse
import contextlib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any


def _folder(kept: Path | None) -> contextlib.AbstractContextManager[str]:
    if kept is None:
        return tempfile.TemporaryDirectory(prefix="interurban-bench-")
    kept.mkdir(parents=True, exist_ok=True)
    return contextlib.nullcontext(str(kept.resolve()))


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--items", type=int, default=2000, help="generated items (default 2000)")
    parser.add_argument("--runs", type=int, default=5, help="runs, of which the median counts (default 5)")
    parser.add_argument("--json", type=Path, help="keep the figures in this file")
    parser.add_argument("--world", type=Path, help="keep the generated library here, and use it again")
    parser.add_argument(
        "--scale",
        metavar="SIZES",
        type=lambda text: [int(size) for size in text.split(",")],
        help="measure search at these numbers of items instead, for example 1000,10000,100000; "
        "ELASTICSEARCH_URL names a server to measure too",
    )
    parser.add_argument(
        "--thread",
        metavar="COMMENTS",
        type=int,
        help="measure a page with so many comments instead, for example 10000, read by twenty people and written on by two",
    )
    options = parser.parse_args()

    with _folder(options.world) as folder:
        os.environ.update(
            VAR_DIR=folder,
            DJANGO_SETTINGS_MODULE="benchmarks.settings",
            SECRET_KEY="bench" * 12,
            SEARCH_INLINE_READER="0",
        )
        url = os.environ.pop("ELASTICSEARCH_URL", "")
        import django

        django.setup()
        figures = _measured(Path(folder), options, url)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2))


def _measured(folder: Path, options: argparse.Namespace, url: str) -> Any:
    if options.scale:
        return _scale(folder, options.scale, url)
    return _thread(options.thread) if options.thread else _pages(folder, options)


def _thread(comments: int) -> dict[str, Any]:
    from benchmarks import report, thread

    figures = thread.measure(comments)
    report.show_thread(figures, sys.stdout)
    return figures


def _pages(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    from benchmarks import pages, report, world

    if not (folder / "built").exists():
        world.build(options.items)
        (folder / "built").touch()
    figures = pages.measure(folder, runs=options.runs)
    report.show(figures, sys.stdout)
    return figures


def _scale(folder: Path, sizes: list[int], url: str) -> list[dict[str, Any]]:
    from benchmarks import report, scale

    rows = []
    for row in scale.measure(folder, sizes, url):
        rows.append(row)
        report.show_scale(rows, sys.stdout)
        sys.stdout.flush()
    return rows


if __name__ == "__main__":
    main()
