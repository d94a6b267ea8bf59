"""The languages that people can say they work in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Spoken(models.TextChoices):
    """English and French first, then what is spoken most in Ontario, sign languages among it."""

    ENGLISH = "en", _("English")
    FRENCH = "fr", _("French")
    ANISHINAABEMOWIN = "oj", _("Anishinaabemowin (Ojibwe)")
    CREE = "cr", _("Cree")
    MOHAWK = "moh", _("Kanien’kéha (Mohawk)")
    ASL = "ase", _("American Sign Language")
    LSQ = "fcs", _("Quebec Sign Language")
    ARABIC = "ar", _("Arabic")
    CANTONESE = "yue", _("Cantonese")
    GERMAN = "de", _("German")
    HINDI = "hi", _("Hindi")
    ITALIAN = "it", _("Italian")
    MANDARIN = "cmn", _("Mandarin")
    PERSIAN = "fa", _("Persian")
    POLISH = "pl", _("Polish")
    PORTUGUESE = "pt", _("Portuguese")
    PUNJABI = "pa", _("Punjabi")
    SPANISH = "es", _("Spanish")
    TAGALOG = "tl", _("Tagalog")
    TAMIL = "ta", _("Tamil")
    UKRAINIAN = "uk", _("Ukrainian")
    URDU = "ur", _("Urdu")
