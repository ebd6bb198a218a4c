"""The form in which pictures are uploaded and edited."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class ClinicImageForm(BaseImageForm):
    """Wagtail's own form, with a word on what the description is for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "description" in self.fields:
            self.fields["description"].help_text = _(
                "What the picture shows, for people who cannot see it. Pages use it unless they bring their own words."
            )
