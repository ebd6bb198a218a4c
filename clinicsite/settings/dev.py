"""Settings of ``make serve``: everything under ``var/``, nothing to configure, safe secrets generated once."""

from clinicsite.settings.base import *  # noqa: F403
from clinicsite.settings.base import LOGGING, STORAGES, VAR_DIR, env
from clinicsite.settings.local_secrets import local_encryption_key, local_secret

DEBUG = True
ALLOWED_HOSTS = ["*"]
SECRET_KEY = env.str("SECRET_KEY", default="") or local_secret(VAR_DIR / "secret_key")
FORMS_ENCRYPTION_KEYS = env.list("FORMS_ENCRYPTION_KEYS", default=[]) or [
    local_encryption_key(VAR_DIR / "encryption_key")
]

if not env.str("EMAIL_URL", default=""):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"

# Wagtail notes every page it saves; on a developer's screen that buries the addresses and logins.
LOGGING["loggers"]["wagtail"] = {"level": "WARNING"}

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
