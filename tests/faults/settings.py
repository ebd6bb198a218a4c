"""Settings of the processes that fault tests run: as in the other tests, but with a real mail server and real files."""

from pathlib import Path

from clinicsite.settings.base import EMAIL_CONFIG, VAR_DIR
from clinicsite.settings.test import *  # noqa: F403
from clinicsite.settings.test import STORAGES

vars().update(EMAIL_CONFIG)
PRIVATE_ROOT = Path(VAR_DIR) / "private"
STORAGES = STORAGES | {"private": STORAGES["private"] | {"OPTIONS": {"location": PRIVATE_ROOT}}}
