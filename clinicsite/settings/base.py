"""Settings every deployment shares, safe for production; what differs per deployment comes from the environment.

``dev`` and ``test`` override a little. ``production`` adds nothing but the refusal to start half-configured.
"""

from datetime import timedelta
from pathlib import Path
from zoneinfo import available_timezones

import environ
from django import forms
from django.utils.translation import gettext_lazy as _

from clinicsite.settings.databases import database_from_env
from clinicsite.settings.logs import logging_config

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

SECRET_KEY = env.str("SECRET_KEY", default="")
DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Comma-separated "id:base64 key of 32 bytes"; the first encrypts, all of them decrypt.
FORMS_ENCRYPTION_KEYS: list[str] = env.list("FORMS_ENCRYPTION_KEYS", default=[])

# Posts of forms from one address: more than the soft limit go to quarantine, more than the hard one are refused.
FORMS_RATE_WINDOW = timedelta(minutes=60)
FORMS_RATE_SOFT_LIMIT = env.int("FORMS_RATE_SOFT_LIMIT", default=10)
FORMS_RATE_HARD_LIMIT = env.int("FORMS_RATE_HARD_LIMIT", default=60)
# What is sent sooner than this after the page was opened goes to quarantine.
FORMS_MINIMUM_SECONDS = env.float("FORMS_MINIMUM_SECONDS", default=2.0)
# How long a submission in quarantine is kept, and for how long the same answers are known again.
FORMS_QUARANTINE = timedelta(days=30)
FORMS_DUPLICATE_WINDOW = timedelta(hours=24)
FORMS_RESEND_WINDOW = timedelta(minutes=10)

# Hosts in the clinic's own network that webhooks may be sent to, on any port and without https.
WEBHOOKS_ALLOWED_HOSTS: list[str] = env.list("WEBHOOKS_ALLOWED_HOSTS", default=[])

INSTALLED_APPS = [
    "clinicsite",
    "conditions",
    "staff",
    "forms",
    "tokens",
    "webhooks",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.contrib.table_block",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "ninja",
    "django_tasks",
    "django_tasks_db",
    "corsheaders",
    "csp",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "clinicsite.api.cors.ApiCorsMiddleware",
    "clinicsite.api.middleware.ApiMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "clinicsite.middleware.ContentSecurityPolicyMiddleware",
    "clinicsite.middleware.PermissionsPolicyMiddleware",
    "forms.middleware.FormPostMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "forms.middleware.FormOriginMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "clinicsite.completeness.IncompletePageMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "clinicsite.urls"
WSGI_APPLICATION = "clinicsite.wsgi.application"
ASGI_APPLICATION = "clinicsite.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Django's own form templates are found by path: as an app, django.forms would claim the label of ours.
        "DIRS": [BASE_DIR / "templates", Path(forms.__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": database_from_env(env, VAR_DIR / "clinic.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": env.str("REDIS_URL")}
        if env.str("REDIS_URL", default="")
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# Behind these logins is health information, so passwords cannot be guessed for long: counted by user name and address
# together, so that nobody locks a colleague out from elsewhere; many wrong ones for one name from anywhere close the
# login for addresses that the user has not signed in from in the last weeks.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "wagtailadmin/locked_out.html"
AXES_CLIENT_IP_CALLABLE = "clinicsite.client_address.counted_address"
AXES_HANDLER = "clinicsite.logins.LoginLimits"
LOGIN_FAILURES_EVERYWHERE = 50
LOGIN_KNOWN_FOR = timedelta(days=60)
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en"
TIME_ZONE = env.str("TIME_ZONE", default="America/Los_Angeles")
# Only zones that browsers know: a system also lists "localtime" and "Factory", where the account page's script fails.
WAGTAIL_USER_TIME_ZONES = sorted({"UTC", *(zone for zone in available_timezones() if "/" in zone)})
USE_I18N = True
USE_TZ = True
WAGTAIL_I18N_ENABLED = True
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "static-build")))
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
# Patients' files, encrypted: never under MEDIA_ROOT, which is served.
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", default=str(VAR_DIR / "private")))
FORMS_UPLOAD_MAX_BYTES = env.int("FORMS_UPLOAD_MAX_BYTES", default=10 * 1024 * 1024)
# All files together whose form was not sent yet: they stay for a day, so somebody could fill the disk with them.
FORMS_UPLOAD_WAITING_MAX_BYTES = env.int("FORMS_UPLOAD_WAITING_MAX_BYTES", default=1024**3)
# How much room the files from one address may take in a day.
FORMS_UPLOAD_ADDRESS_MAX_BYTES = env.int("FORMS_UPLOAD_ADDRESS_MAX_BYTES", default=FORMS_UPLOAD_WAITING_MAX_BYTES // 8)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "forms.storage.PrivateStorage", "OPTIONS": {"location": PRIVATE_ROOT}},
    "staticfiles": {"BACKEND": "clinicsite.static_storage.ModuleStaticFilesStorage"},
}

EMAIL_CONFIG = env.email("EMAIL_URL", default="smtp://localhost:25")
vars().update(EMAIL_CONFIG)
# For each step of handing over an e-mail. Without it one silent mail server would stop all e-mails.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=15)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="website@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
# "Remember me" lasts a working day: a machine at the front desk is used by many.
SESSION_COOKIE_AGE = 12 * 60 * 60
X_FRAME_OPTIONS = "DENY"
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Public pages load nothing from elsewhere and run no inline script or style.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}
# Wagtail's admin writes inline scripts and styles and shows previews in frames; still nothing from elsewhere.
ADMIN_CONTENT_SECURITY_POLICY = CONTENT_SECURITY_POLICY["DIRECTIVES"] | {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}

# The API: which origins may call it is set per site in the admin (clinicsite/api/cors.py).
CORS_URLS_REGEX = r"^/api/"
CORS_EXPOSE_HEADERS = [
    *("etag", "last-modified", "location", "ratelimit", "ratelimit-policy", "retry-after", "www-authenticate"),
    "x-request-id",
]
CORS_ALLOW_HEADERS = [
    *("accept", "authorization", "content-type", "idempotency-key", "if-match", "if-none-match", "x-request-id"),
]
API_CACHE_SECONDS = 60
# So many requests of one address in so many seconds.
API_RATE_LIMIT = env.int("API_RATE_LIMIT", default=600)
API_RATE_SECONDS = 60

LOGGING = logging_config(env.str("LOG_LEVEL", default="INFO"))
DEFAULT_EXCEPTION_REPORTER_FILTER = "clinicsite.error_reports.PrivateReporterFilter"

WAGTAIL_SITE_NAME = env.str("SITE_NAME", default="Clinic website")
WAGTAILADMIN_BASE_URL = env.str("ADMIN_BASE_URL", default="http://127.0.0.1:8000")
WAGTAILIMAGES_IMAGE_MODEL = "clinicsite.ClinicImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "clinicsite.image_forms.ClinicImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "rtf", "txt", "xlsx"]
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILEMBEDS_RESPONSIVE_HTML = True
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_FINISH_WORKFLOW_ACTION = "conditions.approval.publish_reviewed"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# The two rich-text feature sets of the site: prose in a page body, and a sentence or two inside another block.
RICH_TEXT_BASIC = ["bold", "italic", "link", "document-link"]
RICH_TEXT_LIST = [*RICH_TEXT_BASIC, "ol", "ul"]
RICH_TEXT_FULL = [*RICH_TEXT_LIST, "h3", "h4", "hr"]
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": RICH_TEXT_FULL},
    },
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
