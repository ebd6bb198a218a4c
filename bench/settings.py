"""Settings of the measurements: those of the tests, with wagtail.contrib.forms and Wagtail's API v2 beside ours."""

import os
import tempfile
from pathlib import Path

from clinicsite.settings.test import *  # noqa: F403
from clinicsite.settings.test import DATABASES, INSTALLED_APPS, MEDIA_ROOT

INSTALLED_APPS = [*INSTALLED_APPS, "wagtail.contrib.forms", "wagtail.api.v2", "rest_framework", "bench.contrib"]
ROOT_URLCONF = "bench.urls"
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
    MEDIA_ROOT = Path(os.environ.get("BENCH_MEDIA", MEDIA_ROOT))
ALLOWED_HOSTS = ["testserver", "127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
# As in production: the proxy says which patient asks.
BEHIND_PROXY = True
# As in production: no look at the disk for each request, and connections that are kept.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = False
LOGGING = {"version": 1, "disable_existing_loggers": True}
