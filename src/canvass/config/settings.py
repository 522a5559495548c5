"""Django's settings. An installation is set by its data folder and a few CANVASS_* variables."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from canvass.datafolder.folder import DataFolder
from canvass.datafolder.keys import KeyStore

DATA = DataFolder(Path(os.environ.get("CANVASS_DATA", "canvass-data")).resolve()).prepare()
DEMO = (DATA.path / "demo.json").exists()  # every page says so
KEYS = KeyStore(DATA.keys)
SECRET_KEY = KEYS.get_or_make("django").hex()
DEBUG = False
BASE_URL = os.environ.get("CANVASS_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
_host = urlsplit(BASE_URL).hostname
if _host is None:
    raise ImproperlyConfigured(
        f"CANVASS_BASE_URL: {BASE_URL!r} is not a web address such as https://polls.example.org"
    )
ALLOWED_HOSTS = [_host, "127.0.0.1", "localhost"]
SECURE = BASE_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "canvass.team",
    "canvass.panel",
    "canvass.polls",
    "canvass.fieldwork",
    "canvass.analysis",
    "canvass.coding",
    "canvass.library",
    "canvass.web",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "canvass.web.forms_only.FormsOnlyMiddleware",
    "canvass.team.access.AccessMiddleware",
]
ROOT_URLCONF = "canvass.config.urls"
POLICY_TABLE = "canvass.config.policy.TABLE"
PARTICIPATION = "canvass.fieldwork.queries.participation_days"  # what panel/ counts active members from
# What polls/ asks of rooms above it (polls/doors.py).
POLL_COUNTS = "canvass.fieldwork.poll_counts.poll_counts"
HAND_INS = "canvass.fieldwork.poll_counts.hand_ins"
POLL_CLOSE = "canvass.analysis.services.close_and_count"
ASGI_APPLICATION = "canvass.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "canvass.team.access.desk_context",
            ],
            "builtins": ["canvass.web.templatetags.canvass_web"],
        },
    },
]

# Three stores that never share a transaction. SQLite: three files. PostgreSQL: three schemas of one database.
STORES = ("desk", "identity", "ballots")
_ALIASES = {"default": "desk", "identity": "identity", "ballots": "ballots"}
DATABASE_URL = os.environ.get("CANVASS_DATABASE", "")


def _sqlite(store: str) -> dict[str, object]:
    durable = "FULL" if store == "ballots" else "NORMAL"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA.database(store),
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={durable}; PRAGMA foreign_keys=ON",
        },
        "TEST": {"NAME": DATA.database(f"test-{store}")},
    }


def _postgresql(store: str) -> dict[str, object]:
    url = urlsplit(DATABASE_URL)
    if url.scheme not in ("postgresql", "postgres") or not url.path.strip("/"):
        raise ImproperlyConfigured(
            "CANVASS_DATABASE must read postgresql://user:password@host:5432/name; leave it unset for SQLite."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.strip("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or 5432),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {"options": f"-c search_path={store}"},
    }


DATABASES = {alias: (_postgresql if DATABASE_URL else _sqlite)(store) for alias, store in _ALIASES.items()}
DATABASE_ROUTERS = ["canvass.config.stores.StoreRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "team.Staff"
LOGIN_URL = "team:log_in"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "canvass.web.assets.HashedStorage"},  # served by web.views.static
}

# Faults of our own go to stderr, to whoever runs the server; Django alone would mail them to nobody.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_links": {"()": "canvass.config.fault_log.WithoutLinks"}},
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_links"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "level": "ERROR"}},
}

# SMTP by one address, such as smtp://user:password@mail.example.org:587; unset: mails are kept for reading.
SMTP_URL = os.environ.get("CANVASS_SMTP", "")
MAIL_FROM = os.environ.get("CANVASS_MAIL_FROM", "polls@localhost")

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
}
X_FRAME_OPTIONS = "SAMEORIGIN"  # the builder shows the ballot beside the text
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
