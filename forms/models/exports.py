"""Exports that run in the background, and the choices of columns that the front desk keeps."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ExportFormat(models.TextChoices):
    """The kinds of file there are."""

    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("Excel (XLSX)")
    FHIR = "fhir", _("FHIR R4B questionnaires (NDJSON)")


class ExportPreset(models.Model):
    """A choice of columns and filters with a name, for everybody who may export."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    format = models.CharField(_("format"), max_length=10, choices=ExportFormat.choices, default=ExportFormat.CSV)
    # The columns' keys in order; empty is all of them.
    columns = models.JSONField(_("columns"), default=list, blank=True)
    # The inbox's filters as the query string names them. Never a contact searched for.
    filters = models.JSONField(_("filters"), default=dict, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("export preset")
        verbose_name_plural = _("export presets")
        ordering = ["name"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class ExportState(models.TextChoices):
    """How far an export has got."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    EXPIRED = "expired", _("Expired")


class ExportJob(models.Model):
    """An export that somebody asked for: made in the background, kept encrypted, downloaded until it expires."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    format = models.CharField(_("format"), max_length=10, choices=ExportFormat.choices, editable=False)
    columns = models.JSONField(default=list, editable=False)
    filters = models.JSONField(default=dict, editable=False)
    options = models.JSONField(default=dict, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=ExportState.choices, default=ExportState.QUEUED, editable=False
    )
    total = models.PositiveIntegerField(_("requests"), default=0, editable=False)
    done = models.PositiveIntegerField(_("done"), default=0, editable=False)
    unreadable = models.PositiveIntegerField(_("unreadable"), default=0, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0, editable=False)
    last_error = models.CharField(_("error"), max_length=200, blank=True, editable=False)
    key_id = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("asked for"), default=timezone.now, db_index=True, editable=False)
    # Moved on while the export runs: a worker that died is known by it.
    alive_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    expires_at = models.DateTimeField(_("can be downloaded until"), null=True, editable=False)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.get_format_display()} {self.created_at:%Y-%m-%d %H:%M}"
