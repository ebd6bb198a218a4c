"""Settings of a deployment: the safe base, and a refusal to start while something it needs is missing."""

from django.core.exceptions import ImproperlyConfigured

from clinicsite.settings.base import *  # noqa: F403
from clinicsite.settings.base import ALLOWED_HOSTS, FORMS_ENCRYPTION_KEYS, SECRET_KEY, env

REQUIRED = {
    "SECRET_KEY": SECRET_KEY,
    "ALLOWED_HOSTS": ALLOWED_HOSTS,
    "FORMS_ENCRYPTION_KEYS": FORMS_ENCRYPTION_KEYS,
}
if missing := [name for name, value in REQUIRED.items() if not value]:
    raise ImproperlyConfigured(f"Set these environment variables before starting: {', '.join(missing)}.")

# The links in e-mails to staff: a local address would lead nowhere.
WAGTAILADMIN_BASE_URL = env.str("ADMIN_BASE_URL", default=f"https://{ALLOWED_HOSTS[0].lstrip('.')}")
