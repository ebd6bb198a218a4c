"""The app of forms."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """Connects the freezing of definitions."""

    name = "forms"

    def ready(self) -> None:
        """Import what registers itself."""
        from forms import signals  # noqa: F401
