"""Settings of the test suite: production's shape with the costs that tests need not pay taken out."""

import tempfile
from pathlib import Path

from clinicsite.settings.base import *  # noqa: F403
from clinicsite.settings.base import DATABASES, STORAGES

SECRET_KEY = "a secret for tests only, never used to serve"
FORMS_ENCRYPTION_KEYS = ["test:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="clinic-media-"))
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
PRIVATE_ROOT = Path(tempfile.mkdtemp(prefix="clinic-private-"))
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "private": STORAGES["private"] | {"OPTIONS": {"location": PRIVATE_ROOT}},
}
# Static files come from where they are written, without collectstatic.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in production: threads on a database in memory meet locks that wait for nobody.
    DATABASES["default"]["TEST"] = {"NAME": str(MEDIA_ROOT / "test.sqlite3")}
# All tests ask from one address.
API_RATE_LIMIT = 10_000_000
