"""A human with an account. Identity outlives the job: the municipality may change, the person stays."""

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from members.audience import Audience, Reader

if TYPE_CHECKING:
    from members.roles.models import RoleGrant


class PersonQuerySet(models.QuerySet["Person"]):
    """People."""

    def listed(self) -> "PersonQuerySet":
        """Those who can be found: active, with a name, in a municipality. An address is never shown for a name."""
        named = ~models.Q(first_name="", last_name="")
        return self.filter(named, is_active=True, municipality__live=True)

    def visible_to(self, reader: Reader) -> "PersonQuerySet":
        """People are for members."""
        member = reader.sees_everything or Audience.MEMBERS in reader.labels
        return self.listed() if member else self.none()


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Creates people, who sign in by e-mail address."""

    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Create a person whose address the caller vouches for; it is stored in lower case, as confirmed.

        Raises ValueError without an address. Who signs up comes another way, and confirms their own.
        """
        if not email:
            raise ValueError("A person needs an e-mail address.")
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Create an administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").strip().lower())


class Person(AbstractUser):
    """Signs in by e-mail address; belongs to at most one municipality at a time."""

    # The name of this kind in the log and in search.
    kind = "person"

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    municipality = models.ForeignKey(
        "members.MunicipalityPage", null=True, blank=True, on_delete=models.SET_NULL, related_name="people"
    )
    job_title = models.CharField(_("job title"), max_length=120, blank=True)
    # Of mail and, where an address names no language, of the site; empty: whatever the browser asks for.
    language = models.CharField(
        _("language of mail"), max_length=2, choices=settings.LANGUAGES, blank=True, default=""
    )
    # A closed account keeps what was contributed, under “Former member of …”, and nothing else.
    closed = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    former_municipality = models.ForeignKey(
        "members.MunicipalityPage", null=True, blank=True, editable=False, on_delete=models.SET_NULL,
        related_name="former_people",
    )  # fmt: skip
    # Of two accounts of one person, the one that is no longer used leads to the other.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="merged_from"
    )

    # As it was read from the database.
    _loaded: dict[str, Any] | None = None

    # Set by the backend for whoever asks.
    known_groups: list[int] | None = None
    known_roles: "list[RoleGrant] | None" = None
    known_second_factor: bool | None = None

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> "Person":
        person: Person = super().from_db(*args, **kwargs)
        person._loaded = person._now()
        return person

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        super().refresh_from_db(*args, **kwargs)
        self._loaded = self._now()

    def _now(self) -> dict[str, Any]:
        """What this copy says, by field, of what was read from the database."""
        deferred = self.get_deferred_fields()
        fields = self._meta.concrete_fields
        return {field.name: getattr(self, field.attname) for field in fields if field.attname not in deferred}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write what was changed on this copy, and nothing else.

        A request works on the person as they were when it came. To write all of it back, as libraries do, would
        undo what happened to them meanwhile: that they were put out, suspended, or lost a role.
        """
        if self._loaded is not None and not self._state.adding and kwargs.get("update_fields") is None:
            now, loaded = self._now(), self._loaded
            kwargs["update_fields"] = [name for name in loaded if now[name] != loaded[name]]
        super().save(*args, **kwargs)
        written = kwargs.get("update_fields")
        now = self._now()
        self._loaded = (
            now if written is None else {**(self._loaded or {}), **{n: now[n] for n in written if n in now}}
        )

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        """The name; of a closed account, where they were a member."""
        if not self.closed:
            return super().get_full_name()
        if self.former_municipality is None:
            return gettext("Former member")
        return gettext("Former member of %(municipality)s") % {"municipality": self.former_municipality.title}

    def group_ids(self) -> list[int]:
        """The working groups this person belongs to; of whoever asks, as it was when the request came."""
        if self.known_groups is not None:
            return self.known_groups
        return list(self.group_memberships.active().values_list("group_id", flat=True))

    def get_absolute_url(self) -> str:
        return reverse("members:person", args=[self.pk])
