"""The app's start: house rules join Django's system checks."""

from django.apps import AppConfig


class ClinicsiteConfig(AppConfig):
    """What every page of the site shares."""

    name = "clinicsite"

    def ready(self) -> None:
        """Register the system checks."""
        from clinicsite import checks  # noqa: F401
