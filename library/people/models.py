"""What a person offers, and that somebody wrote to somebody: never what."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from library.people.choices import Spoken

PERSON = settings.AUTH_USER_MODEL


class Profile(models.Model):
    """A few words about oneself, and whether peers may write."""

    person = models.OneToOneField(PERSON, on_delete=models.CASCADE, related_name="profile")
    about = models.TextField(_("about you"), max_length=600, blank=True)
    may_be_written_to = models.BooleanField(_("peers may write to me through the site"), default=True)

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")

    def __str__(self) -> str:
        return str(self.person)


class SpokenLanguage(models.Model):
    """A language that somebody works in."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="spoken_languages")
    code = models.CharField(_("language"), max_length=3, choices=Spoken.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "code"], name="language_said_once"),
        ]
        verbose_name = _("spoken language")
        verbose_name_plural = _("spoken languages")

    def __str__(self) -> str:
        return f"{self.person}: {self.get_code_display()}"


class PersonArea(models.Model):
    """A service area that somebody works in, can help with, or both."""

    person = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="areas")
    area = models.ForeignKey("library.ServiceArea", on_delete=models.CASCADE, related_name="people")
    works_in = models.BooleanField(_("works in it"), default=False)
    can_help = models.BooleanField(_("can help with it"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "area"], name="area_said_once"),
            models.CheckConstraint(
                condition=models.Q(works_in=True) | models.Q(can_help=True), name="area_says_something"
            ),
        ]
        verbose_name = _("service area of a person")
        verbose_name_plural = _("service areas of people")

    def __str__(self) -> str:
        return f"{self.person}: {self.area}"


class ContactMessage(models.Model):
    """Somebody wrote to somebody through the site. What was written is kept nowhere."""

    sender = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="messages_sent")
    recipient = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="messages_received")
    sent = models.DateTimeField(_("sent"), default=timezone.now, db_index=True)
    shared_address = models.BooleanField(_("with the sender’s address"), default=False)

    class Meta:
        ordering: ClassVar = ["-sent", "-pk"]
        verbose_name = _("message between people")
        verbose_name_plural = _("messages between people")

    def __str__(self) -> str:
        return f"{self.sender} → {self.recipient}"
