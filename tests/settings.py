"""Settings of the tests: the real ones, made hostile."""

import tempfile
from pathlib import Path

from portal.settings import *  # noqa: F403
from portal.settings import BASE_DIR, DATABASES, INSTALLED_APPS, MIDDLEWARE, TEMPLATES, env

SECRET_KEY = "only-for-tests"
VAR_DIR = Path(tempfile.gettempdir()) / "aimz-tests"  # never the files of the installation that is tested
VAR_DIR.mkdir(exist_ok=True)
PUBLIC_URL = "https://aimz.example"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE, "tests.support.commits.CommitMiddleware"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
ZEAL_RAISE = True
ZEAL_ALLOWLIST = [  # Django reads a session to show it and again to end it; allauth an address for each of its steps
    {"model": "sessions.Session", "field": "get()"},
    {"model": "account.EmailAddress", "field": "*"},
]
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = "!!UNDEFINED:%s!!"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # nothing of a test has to outlive a power cut
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
OUTSIDE = env("OUTSIDE_DIR", "")

STATIC_ROOT = BASE_DIR / "portal" / "static"
