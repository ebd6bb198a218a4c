"""The app that holds the other form page."""

from django.apps import AppConfig


class ContribConfig(AppConfig):
    """Installed by bench.settings alone."""

    name = "bench.contrib"
    label = "bench_contrib"
    default_auto_field = "django.db.models.BigAutoField"
