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
LOGGING = {"version": 1, "disable_existing_loggers": True}
