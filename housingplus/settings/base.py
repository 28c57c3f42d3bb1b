"""Settings every environment shares. `.env.example` documents each variable."""

from csp.constants import NONCE, NONE, SELF
from django.urls import reverse_lazy

from .databases import with_engine_options
from .environment import BASE_DIR, env
from .storages import media_storage

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", default="")
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# What the council calls itself here, shown on every page.
COUNCIL_NAME = env.str("COUNCIL_NAME", default="Housing+")
COUNCIL_LOGO = env.str("COUNCIL_LOGO", default="")
BRAND_COLOUR = env.str("BRAND_COLOUR", default="#0f5f5c")
# Sign-ins of the demo city appear on the sign-in page; never in production.
DEMO_MODE = False

INSTALLED_APPS = [
    "officers.apps.OfficersConfig",
    "patches.apps.PatchesConfig",
    "tenants.apps.TenantsConfig",
    "housingplus.common.apps.CommonConfig",
    "housingplus.audit.apps.AuditConfig",
    "housingplus.jobs.apps.JobsConfig",
    "housingplus.imports.apps.ImportsConfig",
    "housingplus.govuk.apps.GovukConfig",
    "housingplus.common.apps.HousingPlusAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "localflavor",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "officers.who_answers.middleware.PublicPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "officers.accounts.middleware.IdleTimeoutMiddleware",
    "officers.accounts.middleware.RequiredMFAMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "housingplus.common.middleware.SecurityHeadersMiddleware",
    "housingplus.common.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "housingplus.urls"
WSGI_APPLICATION = "housingplus.wsgi.application"
ASGI_APPLICATION = "housingplus.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "housingplus.common.context_processors.site",
            ],
            "builtins": ["housingplus.govuk.templatetags.govuk"],
        },
    },
]
FORM_RENDERER = "housingplus.govuk.renderer.GovukRenderer"

DATABASES = {
    "default": with_engine_options(
        env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")
    )
}
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}
# One machine can run work inline; otherwise `manage.py db_worker` does it.
TASKS = {
    "default": {
        "BACKEND": (
            "django_tasks.backends.immediate.ImmediateBackend"
            if env.bool("TASKS_INLINE", default=False)
            else "django_tasks_db.DatabaseBackend"
        ),
        "QUEUES": ["default"],
    }
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "media"))
MEDIA_URL = "media/"
STORAGES = {
    "default": media_storage(),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# People and sign-in.
AUTH_USER_MODEL = "officers.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {
        "NAME": (
            "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"
        )
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
ACCOUNT_ADAPTER = "officers.accounts.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "officers.accounts.forms.LoginForm",
    "reset_password": "officers.accounts.forms.ResetPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
# A whole office has one outside address, and signs in at nine o'clock.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "100/m/ip,5/5m/key",
    "reset_password": "20/m/ip,5/m/key",
    "change_password": "5/m/user",
}
ACCOUNT_PREVENT_ENUMERATION = True
# How many proxies of ours stand in front, to know a visitor's own address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# Administrators make accounts, so the address needs no second proof.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = COUNCIL_NAME
USERSESSIONS_TRACK_ACTIVITY = False
# Roles (see officers.accounts.roles) that must use a second factor to go on.
MFA_REQUIRED_ROLES: list[str] = env.list("MFA_REQUIRED_ROLES", default=[])
# Minutes without activity before a signed-in person is signed out, and hours at most.
IDLE_TIMEOUT_MINUTES = env.int("IDLE_TIMEOUT_MINUTES", default=30)
SESSION_ABSOLUTE_HOURS = env.int("SESSION_ABSOLUTE_HOURS", default=12)
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_HOURS * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# A run's maker may approve it unless this asks for a second person.
LETTERS_NEED_SECOND_PERSON = env.bool("LETTERS_NEED_SECOND_PERSON", default=False)
# Cover of up to so many days makes no letters due; 0 makes every cover do so.
LETTERS_COVER_DAYS = env.int("LETTERS_COVER_DAYS", default=28)
# What letters said is erased after so many years; 0 keeps it for ever.
LETTERS_KEPT_YEARS = env.int("LETTERS_KEPT_YEARS", default=7)
# Workers that take a hand in producing one run: the one with the job and its helpers.
LETTER_WORKERS = env.int("LETTER_WORKERS", default=2)
# E-mails to households, all runs together; and where their answers go, if not to the
# landlord's own address.
EMAILS_A_MINUTE = env.int("EMAILS_A_MINUTE", default=60)
LETTERS_REPLY_TO = env.str("LETTERS_REPLY_TO", default="")
# A mail server that does not answer must not hold a letter longer than its claim.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=30)
# Letters through GOV.UK Notify (extra `notify`): offered when there is a key.
NOTIFY_API_KEY = env.str("NOTIFY_API_KEY", default="")
NOTIFY_API_URL = env.str(
    "NOTIFY_API_URL", default="https://api.notifications.service.gov.uk"
)
NOTIFY_POSTAGE = env.str("NOTIFY_POSTAGE", default="second")
NOTIFY_LETTERS_A_MINUTE = env.int("NOTIFY_LETTERS_A_MINUTE", default=3_000)
# Whether a patch design must be approved by somebody other than its author.
DESIGNS_NEED_SECOND_PERSON = env.bool("DESIGNS_NEED_SECOND_PERSON", default=False)
# Homes per patch when neither the patch nor its ward says otherwise.
DEFAULT_BAND = (280, 300)

# Where residents reach this site, for the code on letters: https://homes.example.gov.uk
PUBLIC_URL = env.str("PUBLIC_URL", default="").rstrip("/")
# Who is my officer? Look-ups without sign-in, counted for each visitor's address.
PUBLIC_RATE_LIMIT = env.str("PUBLIC_RATE_LIMIT", default="60/m")
RATELIMIT_IP_META_KEY = "officers.who_answers.views.public.visitor_address"
# Origins that may show the look-up in a frame, and that may read its JSON by script.
WHO_ANSWERS_EMBED_ORIGINS: list[str] = env.list("WHO_ANSWERS_EMBED_ORIGINS", default=[])
WHO_ANSWERS_CORS_ORIGINS: list[str] = env.list("WHO_ANSWERS_CORS_ORIGINS", default=[])

# Maps draw no background unless a tile server is named.
MAP_TILE_URL = env.str("MAP_TILE_URL", default="")
MAP_TILE_ATTRIBUTION = env.str("MAP_TILE_ATTRIBUTION", default="")
MAP_TILE_ORIGIN = env.str("MAP_TILE_ORIGIN", default="")

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="housing@example.org")

# Security headers (RELIABILITY.md): pinned by tests/housingplus/test_headers.py.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", *([MAP_TILE_ORIGIN] if MAP_TILE_ORIGIN else [])],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # It greets at every start.
    "loggers": {"pikepdf": {"level": "WARNING"}},
}
