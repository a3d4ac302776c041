"""Every setting, read from the environment; each has a default that works on a fresh machine."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from portal.databases import database
from portal.env import env, env_bool, env_int, env_list, env_secret

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env("VAR_DIR", str(BASE_DIR / "var")))  # what this installation makes: database, secret
VAR_DIR.mkdir(parents=True, exist_ok=True)

# --- The installation -------------------------------------------------------------------------------------------
DEBUG = env_bool("DEBUG", default=False)
SECRET_KEY = env_secret("SECRET_KEY", VAR_DIR / "secret_key")
PUBLIC_URL = env("PUBLIC_URL", "http://localhost:8000").rstrip("/")  # in feeds, QR codes and canonical links
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS", "")  # older ones: what they sealed and signed stays readable
CONTACT_EMAIL = env("CONTACT_EMAIL", "redactie@voorbeeld.invalid")
EXAMPLE_PEOPLE = env_bool("EXAMPLE_PEOPLE", default=False)  # invented people whose password everybody may know
FETCH_PRIVATE_ADDRESSES = env_bool("FETCH_PRIVATE_ADDRESSES", default=False)  # a sign-in on this machine, to try it
PAGE_CACHE = env_bool("PAGE_CACHE", default=not DEBUG)  # public pages from memory (portal/core/page_cache.py)
SERVER_HOST = env("HOST", "127.0.0.1")
SERVER_PORT = env_int("PORT", 8000)
SERVER_WORKERS = env_int("WORKERS", 2)
SERVER_THREADS = env_int("THREADS", 4)  # per worker; each keeps one connection to the database

# --- Parts ------------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "portal.organisations",
    "portal.accounts",
    "portal.keys",
    "portal.audit",
    "portal.limits",
    "portal.outbox",
    "portal.postbox",
    "portal.ui",
    "transparency",
    "participation",
    "portal",
    "csp",
    "django_htmx",
    "django_linear_migrations",
    "template_partials.apps.SimpleAppConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "portal.static_files.OurStaticFiles",
]

MIDDLEWARE = [
    "portal.api.middleware.ApiMiddleware",  # outermost: whatever the others refuse, under /api it is no HTML
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "portal.core.middleware.PolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.core.middleware.MethodMiddleware",
    "portal.core.compressing.AcceptedMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.core.compressing.CompressingMiddleware",
    "portal.core.middleware.LanguageMiddleware",
    "portal.core.middleware.PublicPageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.core.middleware.ShortcutMiddleware",
    "portal.core.nul.NulMiddleware",
    "portal.accounts.middleware.SessionMiddleware",
    "portal.accounts.middleware.AuthenticationMiddleware",
    "portal.core.middleware.BodyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "portal.accounts.middleware.SignInMiddleware",
    "portal.accounts.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.core.middleware.ShortcutEndMiddleware",
    "portal.keys.middleware.KeyMiddleware",
    "portal.core.middleware.ReadOnlyMiddleware",
    "portal.core.middleware.StepMiddleware",
]

PRIVATE_PATHS = (
    "werk",
    "account",
    "postbus",
    "lezen",
    "deelname",
    "aanmelding",
)  # the first part of addresses that know who asks (portal/core/private.py)
KEYED_PATHS = ("/api/v1/concepten",)  # below which views for programs with a key stand (portal/core/public.py)
ALLOWED_METHODS = ("GET", "HEAD")  # of every public page; a view that takes more says so (portal/core/middleware.py)
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
APPEND_SLASH = True

TEMPLATE_FOLDERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", [("portal.core.templates.Loader", TEMPLATE_FOLDERS)])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "portal.ui.context.site",
            ],
            "builtins": ["portal.ui.templatetags.ui", "django.templatetags.i18n"],
        },
    }
]

# --- API --------------------------------------------------------------------------------------------------------
REST_FRAMEWORK: dict[str, Any] = {
    "DEFAULT_RENDERER_CLASSES": [],  # no browsable API; answers are JSON texts of our own
    "DEFAULT_PARSER_CLASSES": [],  # a body is read within bounds of our own (portal/api/views.py)
    "DEFAULT_AUTHENTICATION_CLASSES": [],  # never by session
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,  # ?format= is a key like any other that we do not know: 400
    "EXCEPTION_HANDLER": "portal.api.problems.exception_handler",
}

# --- Data -------------------------------------------------------------------------------------------------------
DATABASES = {"default": database(env("DATABASE_URL", f"sqlite:///{VAR_DIR / 'portal.sqlite3'}"))}
if replica := env("DATABASE_REPLICA_URL"):  # a copy that public pages are read from (portal/core/replica.py)
    DATABASES["replica"] = database(replica) | {"TEST": {"MIRROR": "default"}}
    DATABASE_ROUTERS = ["portal.core.replica.ReplicaRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {  # one for all workers: limits of sign-in, and codes that were used (portal/docs/adr/0017)
        "BACKEND": "portal.limits.shared_cache.SharedCache",
        "LOCATION": "limits_sharedvalue",
        "KEY_FUNCTION": "portal.limits.shared_cache.hashed_key",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# --- People -----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

AUTHENTICATION_BACKENDS = ["portal.accounts.backend.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "work"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # seconds after which a sensitive page asks again who you are
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser, and after twelve hours
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.LoginForm",
    "reauthenticate": "portal.accounts.forms.ReauthenticateForm",
    "add_email": "portal.accounts.forms.AddEmailForm",
    "change_password": "portal.accounts.forms.ChangePasswordForm",
    "set_password": "portal.accounts.forms.SetPasswordForm",
    "reset_password": "portal.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "portal.accounts.forms.ResetPasswordKeyForm",
}
MFA_ADAPTER = "portal.accounts.factor_adapter.FactorAdapter"
MFA_FORMS = {
    "authenticate": "portal.accounts.forms.AuthenticateForm",
    "reauthenticate": "portal.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "portal.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "portal.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "portal.accounts.forms.EditPasskeyForm",
    "authenticate_webauthn": "portal.accounts.forms.AuthenticatePasskeyForm",
    "login_webauthn": "portal.accounts.forms.LoginPasskeyForm",
    "reauthenticate_webauthn": "portal.accounts.forms.ReauthenticatePasskeyForm",
}
MFA_TOTP_TOLERANCE = 1  # periods of 30 seconds: clocks differ, and typing takes time
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # who has a second step may ask for another address; accounts begin with a real one
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PUBLIC_URL.startswith("http://localhost")
MFA_TOTP_ISSUER = "AI in mijn zorg"
SOCIALACCOUNT_ADAPTER = "portal.accounts.organisation_adapter.OrganisationAdapter"
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"  # a link in a mail, and the answer of a hospital's own sign-in, come from elsewhere
SESSION_COOKIE_AGE = 12 * 3600  # seconds
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_TAGS = {25: "ok"}  # success: the class of its box
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Mail -------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "portal.outbox.backend.EmailBackend"  # sends by the next one; what is refused is tried again
SENDING_BACKEND = env(
    "EMAIL_BACKEND",
    "portal.postbox.backend.EmailBackend" if EXAMPLE_PEOPLE else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_HOST = env("EMAIL_HOST", "localhost")
EMAIL_PORT = env_int("EMAIL_PORT", 25)
EMAIL_HOST_USER = env("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10  # seconds that somebody waits at most for a mail server that does not answer
DEFAULT_FROM_EMAIL = env("FROM_EMAIL", CONTACT_EMAIL)

# --- Files that people send in ----------------------------------------------------------------------------------
# Every body is read within bounds of our own (portal/core/body.py): 300 kB, and more only where files are sent to.
DATA_UPLOAD_MAX_MEMORY_SIZE = 24 * 1024 * 1024  # bytes

# --- Language and time ------------------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# --- Static files -----------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MANIFEST_STRICT = True

# --- Security headers -------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
                    "microphone", "midi", "payment", "usb", "xr-spatial-tracking")
}  # fmt: skip
SECURE_HSTS_SECONDS = env_int("HSTS_SECONDS", 2 * 365 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = env_bool("SSL_REDIRECT", default=False)
BEHIND_PROXY = env_bool("BEHIND_PROXY", default=False)  # one proxy of ours, that appends to X-Forwarded-For
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "portal.home.views.csrf_failure"
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None  # until the browser is closed

# --- Logging: to standard error, without query strings or texts that people typed -----------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", "WARNING")},
}
