"""The page that carries a form, and what is stored of it."""

from typing import Any

from clinicsite.models import ClinicPage


class FormPage(ClinicPage):
    """A form patients fill in, edited step by step and field by field."""

    def embed_context(self) -> dict[str, Any]:
        """Return what ``forms/embed.html`` needs to show the form inside another page."""
        return {"page": self}
