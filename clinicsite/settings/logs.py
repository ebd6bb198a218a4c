"""What is logged and where: to standard error, and never what a patient typed."""

import logging
from typing import Any


class FailedJobsOnly(logging.Filter):
    """Lets a background job speak only when it failed; the worker sets its loggers' levels itself."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether to write ``record``."""
        return not record.name.startswith("django_tasks") or record.levelno >= logging.ERROR


def logging_config(level: str) -> dict[str, Any]:
    """Return Django's ``LOGGING``: one console, ``level`` and above, no request bodies and no debug e-mails.

    Django's own ``mail_admins`` handler is left out on purpose: an error report by e-mail would carry the request.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
        "filters": {"failed_jobs": {"()": FailedJobsOnly}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["failed_jobs"]},
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # SQL carries answers in its parameters; it is never logged, whatever the level.
            "django.db.backends": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.utils.autoreload": {"level": "WARNING"},
            "django.server": {"handlers": ["console"], "level": level, "propagate": False},
        },
    }
