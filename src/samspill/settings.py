"""Django's settings. Every value an operator may set is read here and described in docs/operate.md."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from samspill import environment

PACKAGE = Path(__file__).resolve().parent
DATA = Path(environment.text("SAMSPILL_DATA", "var")).absolute()
PRACTICE = environment.flag("SAMSPILL_PRACTICE", default=False)
DEBUG = environment.flag("SAMSPILL_DEBUG", default=False)

PRACTICE_KEY = "practice-key-not-for-operation" if PRACTICE or DEBUG else ""
SECRET_KEY = environment.secret("SAMSPILL_SECRET_KEY", PRACTICE_KEY)
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "Set SAMSPILL_SECRET_KEY (or SAMSPILL_SECRET_KEY_FILE) to at least 50 random characters; "
        "for practice data only, set SAMSPILL_PRACTICE=yes."
    )
SITE_ADDRESS = environment.text("SAMSPILL_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = environment.words("SAMSPILL_HOSTS", f"127.0.0.1,localhost,{urlsplit(SITE_ADDRESS).hostname}")
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
OVER_TLS = SITE_ADDRESS.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "samspill.ui",
    "samspill.audit",
    "samspill.live",
    "samspill.mail",
    "samspill.spreadsheets",
    "samspill.inputs",
    "samspill.people",
    "samspill.sectors",
    "samspill.programmes",
    "samspill.cohorts",
    "samspill.planning",
    "samspill.room",
    "samspill.followup",
    "samspill.evaluation",
    "samspill.reports",
    "samspill.public",
    "samspill.home",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",  # outermost, so that redirects and files carry the policy too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "samspill.people.middleware.LanguageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "samspill.people.middleware.RefusalMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "samspill.urls"
WSGI_APPLICATION = "samspill.wsgi.application"
ASGI_APPLICATION = "samspill.asgi.application"
FORM_RENDERER = "samspill.ui.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "samspill.people.context.site",
                "samspill.home.context.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "samspill.ui.templatetags.ui",
            ],
        },
    }
]

DATABASES = {
    "default": environment.database_from_url(
        environment.secret("SAMSPILL_DATABASE", f"sqlite:///{DATA / 'samspill.sqlite3'}")
    )
}
ON_SQLITE = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHE_PLACE = (
    {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if ON_SQLITE
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "samspill_cache"}
)
# What counts attempts lives in the cache. With Django's 300 entries anybody could push the counts out by a flood.
CACHES = {"default": {**CACHE_PLACE, "OPTIONS": {"MAX_ENTRIES": 100_000}}}
MEDIA_ROOT = DATA / "files"

# What lower rooms need from the roof, they get by name (docs/architecture.md).
COHORT_CHAIN = "samspill.home.chain.links"
# Each gets a person: what a room knows of somebody (gives JSON), and what it does when somebody is erased.
PERSONAL_DATA = [
    "samspill.people.queries.personal_data",
    "samspill.sectors.queries.personal_data",
    "samspill.cohorts.queries.personal_data",
    "samspill.planning.queries.personal_data",
    "samspill.room.queries.personal.personal_data",
    "samspill.followup.queries.personal_data",
    "samspill.evaluation.queries.personal_data",
]
FORGET_PERSON = [
    "samspill.sectors.actions.forget_person",
    "samspill.cohorts.actions.forget_person",
    "samspill.room.actions.forgetting.forget_person",
    "samspill.followup.actions.forget_person",
    "samspill.evaluation.actions.forget_person",
]
# Each gets cohort= and by=, inside the transaction that closes a cohort.
COHORT_CLOSERS = ["samspill.evaluation.actions.destroy_secret"]

AUTH_USER_MODEL = "people.Person"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # the address is unique by constraint, whatever the case of its letters
    "security.W005",  # what other names of the domain do is not Samspill's to decide
    "security.W021",  # nor whether browsers shall know the domain by heart
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "samspill.people.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_FORMS = {
    "request_login_code": "samspill.people.accounts.AddressForm",
    "confirm_login_code": "samspill.people.accounts.CodeForm",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
# A whole ministry sits behind one address, so every limit is per person (key), never per address.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": None,
    "signup": None,
    "request_login_code": "5/15m/key",
    "reset_password": None,
    "reset_password_from_key": None,
    "verify_phone": None,
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:start"
ACCOUNT_LOGOUT_REDIRECT_URL = "entrance"

LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Norwegian Bokmål")), ("nn", _("Norwegian Nynorsk")), ("en", _("English"))]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Oslo"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["samspill.ui.formats"]

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "samspill.static_files.NamedByContents"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_ALLOW_ALL_ORIGINS = False

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

EMAIL_HOST = environment.text("SAMSPILL_SMTP_HOST", "")
EMAIL_PORT = environment.number("SAMSPILL_SMTP_PORT", 25, lowest=1)
EMAIL_HOST_USER = environment.text("SAMSPILL_SMTP_USER", "")
EMAIL_HOST_PASSWORD = environment.secret("SAMSPILL_SMTP_PASSWORD")
EMAIL_USE_TLS = environment.flag("SAMSPILL_SMTP_STARTTLS", default=False)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "samspill.mail.backend.KeepInDatabase"
)
DEFAULT_FROM_EMAIL = environment.text("SAMSPILL_MAIL_FROM", "Samspill <samspill@example.org>")

MIN_ANSWERS = environment.number("SAMSPILL_MIN_ANSWERS", 5, lowest=3)
REGISTER_ADDRESS = environment.text(
    "SAMSPILL_REGISTER_ADDRESS", "https://data.brreg.no/enhetsregisteret/api"
).rstrip("/")
CONTACT_NAME = environment.text("SAMSPILL_CONTACT_NAME", "Øvingsdirektoratet")
CONTACT_MAIL = environment.text("SAMSPILL_CONTACT_MAIL", "samspill@example.org")
MAX_UPLOAD = environment.number("SAMSPILL_MAX_UPLOAD_MB", 10, lowest=1) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_UPLOAD
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

SESSION_COOKIE_AGE = int(timedelta(hours=10).total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = OVER_TLS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = OVER_TLS
SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds()) if OVER_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OVER_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "samspill.logs.WithoutWords",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "samspill": {"level": "INFO"},
        "django_tasks_db": {"level": "ERROR"},  # that its worker is asked to stop is no warning
    },
}
