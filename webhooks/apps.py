"""The app of webhooks."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """Listens to what changes."""

    name = "webhooks"

    def ready(self) -> None:
        """Import what listens."""
        from webhooks import content, pages  # noqa: F401
