"""The app's start: house rules join Django's system checks, and signals are listened to."""

from django.apps import AppConfig


class ClinicsiteConfig(AppConfig):
    """What every page of the site shares."""

    name = "clinicsite"

    def ready(self) -> None:
        """Register the system checks and what publishing a page sets off."""
        from clinicsite import checks, content_changes, pictures  # noqa: F401
        from clinicsite.api import cors  # noqa: F401
