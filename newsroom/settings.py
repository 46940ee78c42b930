"""Every deploy-time choice is read here, from the environment, and nowhere else.

DATA_DIR        folder of the database, the captures and the index        var/ beside manage.py
DATABASE_URL    sqlite:///... or postgres://...                           SQLite in DATA_DIR
SECRET_KEY      at least 50 characters                                    made once, kept in DATA_DIR
DEBUG           true or false                                             false
ALLOWED_HOSTS   host names separated by commas                            localhost, 127.0.0.1, [::1]
CSRF_TRUSTED_ORIGINS  origins such as https://archive.example.org         none
HTTPS           true behind TLS: secure cookies, redirect, HSTS           false
SITE_NAME       what the archive calls itself                             ورّاق
OPERATOR_URL    the page of whoever runs the archive, for answers 451      none
INDEX_PROCESSES how many processes build the index at once, 200 MB each   2 where there are as many processors
UPLOAD_LIMIT    the largest sending of files at the desk, in megabytes        1024
JOBS            start: the site starts a process for work that takes long;   start
                wait: an operator runs `manage.py run_jobs --stay`
KEEP_EMPTY_SEARCHES  what readers searched for in vain, without who and when   true
TIME_ZONE       an IANA name; when captures were made is shown in it      UTC
"""

import os
from pathlib import Path
from zoneinfo import available_timezones

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from newsroom.environment import (
    env_address,
    env_bool,
    env_choice,
    env_database,
    env_folder,
    env_hosts,
    env_int,
    env_list,
    env_text,
)
from newsroom.secret_key import kept_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = env_folder("DATA_DIR", BASE_DIR / "var")
CAPTURES_DIR = DATA_DIR / "captures"

DEBUG = env_bool("DEBUG", False)
HTTPS = env_bool("HTTPS", False)
SITE_NAME = env_text("SITE_NAME", "ورّاق")
OPERATOR_URL = env_address("OPERATOR_URL", "")
KEEP_EMPTY_SEARCHES = env_bool("KEEP_EMPTY_SEARCHES", True)
JOBS = env_choice("JOBS", "start", ("start", "wait"))

SECRET_KEY = env_text("SECRET_KEY", "") or kept_secret_key(DATA_DIR)
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        f"SECRET_KEY has {len(SECRET_KEY)} characters; use at least 50, or leave it unset"
    )

ALLOWED_HOSTS = env_hosts("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS", [])
for origin in CSRF_TRUSTED_ORIGINS:
    if not origin.startswith(("http://", "https://")):
        raise ImproperlyConfigured(
            f"CSRF_TRUSTED_ORIGINS holds '{origin}'; use whole origins such as https://archive.example.org"
        )

INSTALLED_APPS = [
    "articles.apps.ArticlesConfig",  # before haystack: our rebuild_index and update_index win over its own
    "haystack",
    "articles.apps.ArchiveAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "articles.views.language.LanguageMiddleware",
    "articles.views.preferences.PreferencesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "articles.views.site.site",
            ]
        },
    }
]

DATABASES = {"default": env_database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'archive.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Readers never wait for the writer (WAL); a second writer waits up to 20 s instead of failing at once.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=20000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

HAYSTACK_CONNECTIONS = {
    "default": {
        "ENGINE": "articles.search.engines.whoosh.backend.ArchiveEngine",
        "PATH": str(DATA_DIR / "index"),
        "PROCESSES": env_int("INDEX_PROCESSES", min(2, len(os.sched_getaffinity(0))), least=1, most=64),
    }
}

# Arabic is the language the strings are written in; English is a translation.
LANGUAGE_CODE = "ar"
LANGUAGES = [("ar", "العربية"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "articles" / "locale"]
USE_I18N = True
FORMAT_MODULE_PATH = ["newsroom.formats"]
USE_TZ = True
TIME_ZONE = env_text("TIME_ZONE", "UTC")
if TIME_ZONE not in available_timezones():
    raise ImproperlyConfigured(f"TIME_ZONE is '{TIME_ZONE}'; use an IANA name such as Asia/Baghdad")

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the admin's icons are data: images inside its style sheets
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
# Whether sub-domains are https too, and whether to join the browsers' preload list, only the domain's owner knows.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# An upload or a form in the admin; archived bytes come in by the importer, which has limits of its own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
UPLOAD_LIMIT = env_int("UPLOAD_LIMIT", 1024, least=1, most=1024 * 1024) * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"articles": {"level": "INFO"}},
}
