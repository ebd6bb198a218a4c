"""A token of the API: for whom it acts, what it may do, how long, and when it was last used."""

import datetime as dt
import hashlib
import re
import secrets
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

# By it, people and programs that search for lost secrets know one of ours.
PREFIX = "clinic_"
SECRET_BYTES = 32
FORMAT = re.compile(rf"{PREFIX}[0-9a-f]{{{2 * SECRET_BYTES}}}")
SHOWN_LETTERS = len(PREFIX) + 6
LONGEST_LIFE = dt.timedelta(days=366)
# Oftener, the note of the last use would cost more than the requests themselves.
USE_IS_NOTED_EVERY = dt.timedelta(minutes=1)


class Scope(models.TextChoices):
    """What a token may be good for."""

    READ_DRAFTS = "drafts:read", _("Read drafts of pages")
    WRITE_CONTENT = "content:write", _("Write pages as drafts, and submit them for review")
    PUBLISH_CONTENT = "content:publish", _("Publish pages")
    SEND_FORMS = "forms:send", _("Say from which address a patient sends a form: for a front end with its own server")
    READ_SUBMISSIONS = "submissions:read", _("Read requests: what patients sent")


class State(models.TextChoices):
    """Whether a token still opens anything."""

    ACTIVE = "active", _("Active")
    EXPIRED = "expired", _("Expired")
    REVOKED = "revoked", _("Revoked")


class ApiToken(models.Model):
    """A token that acts for a user, never with more rights than that user has at the moment.

    Only a digest is kept: whoever reads the database learns no token. It is 256 random bits, so neither salt nor a slow
    hash would add anything (OWASP ASVS 4.0.3, 2.6 and 2.9: they are for secrets that can be guessed).
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("acts for")
    )
    name = models.CharField(
        _("name"), max_length=100, help_text=_("What uses it and where, such as “Website front end, staging”.")
    )
    scopes = models.JSONField(_("may"), default=list)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    beginning = models.CharField(_("token"), max_length=SHOWN_LETTERS, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("add",)
        permissions = [("manage_apitoken", _("Can make API tokens for others, and see and revoke all of them"))]

    def __str__(self) -> str:
        return f"{self.name} ({self.beginning}…)"

    @classmethod
    def issue(
        cls,
        user: "AbstractBaseUser",
        name: str,
        scopes: list[str],
        expires_at: dt.datetime,
        created_by: "AbstractBaseUser | None" = None,
    ) -> tuple[Self, str]:
        """Store a new token and return it with its value, which nothing can tell again."""
        value = PREFIX + secrets.token_hex(SECRET_BYTES)
        token = cls.objects.create(
            user=user,
            name=name,
            scopes=[str(scope) for scope in scopes],
            expires_at=expires_at,
            created_by=created_by,
            digest=digest_of(value),
            beginning=value[:SHOWN_LETTERS],
        )
        return token, value

    @classmethod
    def opened_by(cls, value: str) -> Self | None:
        """Return the token of that value while it is good: not expired, not revoked, its user not switched off."""
        if not FORMAT.fullmatch(value):
            return None
        token = cls.objects.select_related("user").filter(digest=digest_of(value)).first()
        if token is None or token.state != State.ACTIVE or not token.user.is_active:
            return None
        return token

    @property
    def state(self) -> State:
        """Whether it opens anything at the moment."""
        if self.revoked_at is not None:
            return State.REVOKED
        return State.ACTIVE if timezone.now() < self.expires_at else State.EXPIRED

    @property
    def scope_labels(self) -> list[str]:
        """What it may do, in words."""
        return [str(scope.label) for scope in Scope if scope in self.scopes]

    def note_use(self) -> None:
        """Note that it was used, at most once a minute."""
        now = timezone.now()
        if self.last_used_at is None or now - self.last_used_at >= USE_IS_NOTED_EVERY:
            self.last_used_at = now
            ApiToken.objects.filter(pk=self.pk).update(last_used_at=now)

    def revoke(self, by: "AbstractBaseUser | None") -> None:
        """End it at once. One that was revoked before keeps when and by whom."""
        ApiToken.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=timezone.now(), revoked_by=by)
        self.refresh_from_db()


def digest_of(value: str) -> str:
    """Return what is kept of a token's value."""
    return hashlib.sha256(value.encode()).hexdigest()
