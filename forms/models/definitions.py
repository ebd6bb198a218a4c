"""The frozen version of a form."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from forms import definitions
from forms.answer_checker import AnswerChecker
from forms.fields import Frozen

if TYPE_CHECKING:
    from forms.models.pages import FormPage


class FormDefinitionQuerySet(models.QuerySet["FormDefinition"]):
    """Look-ups by form: a form is known by its ``form_id``, whether or not its page still exists."""

    def of_form(self, form_id: Any) -> Self:
        """Return the versions of one form, the oldest first."""
        return self.filter(form_id=form_id).order_by("version")

    def current(self, form_id: Any) -> "FormDefinition | None":
        """Return the newest version of a form; None for a form that was never published."""
        return self.filter(form_id=form_id).order_by("-version").first()

    @transaction.atomic
    def freeze(self, page: "FormPage") -> "FormDefinition":
        """Return the definition of ``page`` as it now reads; a new version only if it differs from the newest."""
        content = definitions.freeze(page)
        digest = definitions.content_hash(content)
        newest = self.select_for_update().filter(form_id=page.form_id).order_by("-version").first()
        if newest is not None and newest.content_hash == digest:
            return newest
        return self.create(
            form_id=page.form_id,
            page=page,
            title=page.title,
            version=newest.version + 1 if newest else 1,
            content=content,
            content_hash=digest,
        )


class FormDefinition(models.Model):
    """A form as patients saw it between two publishings. Never changed, and kept when the page is deleted."""

    form_id = models.UUIDField(_("form"), editable=False)
    page = models.ForeignKey(
        "forms.FormPage",
        verbose_name=_("page"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="definitions",
    )
    title = models.CharField(_("title"), max_length=255)
    version = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    content_hash = models.CharField(_("hash of the content"), max_length=64)
    created_at = models.DateTimeField(_("frozen at"), default=timezone.now)

    objects = FormDefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("form definition")
        verbose_name_plural = _("form definitions")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["form_id", "version"], name="one_definition_per_version")]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new definition. Raises TypeError for one that is stored already: submissions rely on it."""
        if self.pk is not None:
            raise TypeError("A form definition is never changed: freeze a new version.")
        super().save(*args, **kwargs)

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The steps: ``id``, ``title``, ``introduction`` (rich text source) and ``fields``."""
        return self.content["steps"]

    @cached_property
    def questions(self) -> list[Frozen]:
        """The fields that take an answer, in order."""
        return list(definitions.questions_of(self.content))

    @cached_property
    def checker(self) -> AnswerChecker:
        """What checks answers to this definition."""
        return AnswerChecker(self.content, self.form_id)

    def json_schema(self, schema_id: str = "") -> dict[str, Any]:
        """Return the JSON Schema (2020-12) of the answers, an object keyed by field id."""
        return definitions.json_schema(self.content, schema_id)
