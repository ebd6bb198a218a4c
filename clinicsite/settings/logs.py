"""What is logged and where: to standard error, and never what a patient typed."""

from typing import Any


def logging_config(level: str) -> dict[str, Any]:
    """Return Django's ``LOGGING``: one console, ``level`` and above, no request bodies and no debug e-mails.

    Django's own ``mail_admins`` handler is left out on purpose: an error report by e-mail would carry the request.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            # SQL carries answers in its parameters; it is never logged, whatever the level.
            "django.db.backends": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.utils.autoreload": {"level": "WARNING"},
            # A line when each job begins and ends; failures are errors and still show.
            "django_tasks": {"level": "WARNING"},
            "django_tasks_db": {"level": "ERROR"},
            "django.server": {"handlers": ["console"], "level": level, "propagate": False},
        },
    }
