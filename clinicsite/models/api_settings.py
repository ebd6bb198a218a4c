"""Which other front ends may read the API of a site from a browser."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from clinicsite.origins import parsed_origins


@register_setting(icon="code")
class ApiSettings(BaseSiteSetting):
    """What the API of a site allows other front ends."""

    allowed_origins = models.TextField(
        _("front ends on other origins"),
        blank=True,
        help_text=_("One per line, such as https://www.example.com: browsers may call the API from their pages."),
    )

    preview_url = models.CharField(
        _("preview page of the front end"),
        max_length=500,
        blank=True,
        help_text=_(
            "Such as https://www.example.com/preview/: editors see their drafts there while they write. Empty: as this "
            "site itself shows them."
        ),
    )

    panels = [
        HelpPanel(_("A front end that calls the API from its own server needs no entry here.")),
        FieldPanel("allowed_origins"),
        FieldPanel("preview_url"),
    ]

    class Meta:
        verbose_name = _("API")

    def clean(self) -> None:
        """Raise ValidationError at the field for a line that is no origin."""
        super().clean()
        try:
            self.allowed_origins = "\n".join(parsed_origins(self.allowed_origins))
        except ValueError as error:
            raise ValidationError({"allowed_origins": str(error)}) from error
        if self.preview_url:
            try:
                self.preview_origin  # noqa: B018 - it is only asked whether there is one
            except ValueError as error:
                raise ValidationError({"preview_url": str(error)}) from error

    @property
    def preview_origin(self) -> str:
        """The origin of the preview page. Raises ValueError, in words for who typed it, where it is not encrypted."""
        parts = urlsplit(self.preview_url)
        if parts.fragment or any(each.isspace() for each in self.preview_url):
            raise ValueError(_("Write the address without anything behind a #, and without spaces."))
        return parsed_origins(f"{parts.scheme}://{parts.netloc}")[0]

    @property
    def origins(self) -> list[str]:
        """The origins, each as a browser sends it; the one that shows previews is among them."""
        return self.allowed_origins.split() + ([self.preview_origin] if self.preview_url else [])
