"""The table that a person reads."""

from typing import Any, TextIO

PAGE = "{:14}{:>12}{:>12}{:>12}{:>10}{:>9}{:>9}\n"


def show(figures: dict[str, Any], out: TextIO) -> None:
    """Print what was measured, with the aims beside it."""
    out.write(
        f"\nMedian of {figures['runs']} runs, production settings, four clients; “×” is times slower than a bare view.\n\n"
    )
    out.write(PAGE.format("page", "anonymous ×", "signed in ×", "alone ms", "queries", "CPU ms", "kB"))
    for name, row in figures["pages"].items():
        cells = [
            f"{row['anonymous_slower']:.1f}",
            f"{row['member_slower']:.0f}",
            f"{row['anonymous_alone_ms']:.2f}",
        ]
        out.write(
            PAGE.format(name, *cells, row["queries"], f"{row['cpu_ms']:.1f}", f"{row['bytes'] / 1000:.0f}")
        )
    out.write(PAGE.format("aim", "5", "", "", "12", "25", ""))
    search = figures["search"]
    out.write(
        f"\nSearch: engine {search['engine_ms']:.2f} ms, through the door {search['door_ms']:.2f} ms, "
        f"whole page {search['page_ms']:.2f} ms: {search['page_ms'] - search['engine_ms']:.2f} ms over the engine (aim 10); "
        f"{search['total']} hits.\n"
    )


def show_thread(figures: dict[str, Any], out: TextIO) -> None:
    """Print how long reading and posting took, in milliseconds."""
    out.write("\n{:24}{:>8}{:>8}{:>8}\n".format("", "p50 ms", "p95 ms", "times"))
    for name, row in figures.items():
        out.write(f"{name:24}{row['p50']:8.0f}{row['p95']:8.0f}{row['count']:8.0f}\n")


SCALE = (
    ("items", "items", "{:.0f}"),
    ("rebuild /s", "rebuild_per_s", "{:.0f}"),
    ("raw /s", "raw_per_s", "{:.0f}"),
    ("ratio (aim 0.7)", "rebuild_ratio", "{:.2f}"),
    ("search p50 ms", "search_p50", "{:.1f}"),
    ("p95", "search_p95", "{:.1f}"),
    ("engine p50", "engine_p50", "{:.1f}"),
    ("raw p50", "raw_p50", "{:.1f}"),
    ("p95", "raw_p95", "{:.1f}"),
    ("with three facets p50", "raw_few_p50", "{:.1f}"),
    ("p95", "raw_few_p95", "{:.1f}"),
    ("suggest p50", "suggest_p50", "{:.1f}"),
    ("p95", "suggest_p95", "{:.1f}"),
    ("edit found s", "edit_s", "{:.2f}"),
    ("index MB", "size_mb", "{:.0f}"),
    ("memory MB", "memory_mb", "{:.0f}"),
)


def show_scale(rows: list[dict[str, Any]], out: TextIO) -> None:
    """Print the table of growth as Markdown, so that it can stand in a document."""
    out.write("\n| engine | " + " | ".join(title for title, _, _ in SCALE) + " |\n")
    out.write("|---|" + "--:|" * len(SCALE) + "\n")
    for row in rows:
        cells = (form.format(row[name]) for _, name, form in SCALE)
        out.write(f"| {row['engine']} | " + " | ".join(cells) + " |\n")
