"""Settings of the measurements: those of the tests, with wagtail.contrib.forms installed beside our forms."""

import os
import tempfile
from pathlib import Path

from clinicsite.settings.test import *  # noqa: F403
from clinicsite.settings.test import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.contrib.forms", "bench.contrib"]
# A database of its own, made for the run and dropped after it.
_default = DATABASES["default"]
_default["TEST"] = {
    "NAME": str(Path(tempfile.gettempdir()) / f"bench-{os.getpid()}.sqlite3")
    if "sqlite" in _default["ENGINE"]
    else f"bench_{os.getpid()}"
}
if name := os.environ.get("BENCH_DATABASE"):
    # A server of the measurement, on the database that the measurement made.
    _default["NAME"] = name
ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
# All patients of a measurement share one address.
FORMS_RATE_SOFT_LIMIT = FORMS_RATE_HARD_LIMIT = 10_000_000
# As in production: no look at the disk for each request, and connections that are kept.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = False
LOGGING = {"version": 1, "disable_existing_loggers": True}
