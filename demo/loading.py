"""The demo's content: the starter cases and the first playbooks, through the same importer as everybody's."""

from pathlib import Path

from django.utils.translation import gettext as _

from library.interchange.importer import import_path
from library.interchange.organisations import ensure_organisation
from library.interchange.problems import InterchangeError
from library.interchange.report import Report

CONTENT = Path(__file__).parent / "content"
PROJECT = "Interurban project"
_ABOUT = (
    "The people who make this library. Its first playbooks say what a town would need to follow in the steps "
    "of the first case studies; towns that try them are asked to correct them."
)


def load_demo_content(path: Path = CONTENT) -> Report:
    """Import the demo's items; a second run changes nothing. Needs `load_reference_data` first."""
    ensure_organisation(PROJECT, about=_ABOUT)
    report = import_path(path)
    if report.refused:
        raise InterchangeError("\n".join([_("The demo's own content was refused:"), *report.lines()]))
    return report
