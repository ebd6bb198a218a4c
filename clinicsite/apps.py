"""The app's start: house rules join Django's system checks, and signals are listened to."""

from django.apps import AppConfig


class ClinicsiteConfig(AppConfig):
    """What every page of the site shares."""

    name = "clinicsite"

    def ready(self) -> None:
        """Register the system checks, what publishing a page sets off, and what ends with a thread."""
        from clinicsite import checks, connections, content_changes, pictures  # noqa: F401
        from clinicsite.api import cors  # noqa: F401
