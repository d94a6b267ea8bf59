"""What every page and file of the site is made of. Imports no app of ours."""

from core.attachments.models import Attachment, FileText
from core.files import File, Picture, Rendition
from core.happenings import Happening
from core.log import LogEntry
from core.pages import BasePage, HomePage

__all__ = [
    "Attachment",
    "BasePage",
    "File",
    "FileText",
    "Happening",
    "HomePage",
    "LogEntry",
    "Picture",
    "Rendition",
]
