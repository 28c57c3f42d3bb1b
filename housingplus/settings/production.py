"""Live service. Refuses to start half-configured, and says what to set."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, DATABASES, SECRET_KEY, STORAGES
from .environment import env

if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "Set SECRET_KEY to a random text of at least 50 characters, for example the "
        "output of: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
    )
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "Set ALLOWED_HOSTS to the names this site answers to, separated by commas, "
        "for example: ALLOWED_HOSTS=housing.example.gov.uk"
    )
if DATABASES["default"]["ENGINE"].endswith("sqlite3") and not env.bool(
    "ACCEPT_SQLITE", default=False
):
    raise ImproperlyConfigured(
        "Set DATABASE_URL to a PostgreSQL database, for example "
        "postgres://user:password@host:5432/housingplus. To run a small service on "
        "SQLite instead, set ACCEPT_SQLITE=true."
    )

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# Attempts at sign-in and public look-ups are counted in the cache, which several
# workers must share; with Django's 300 entries visitors would push counts out.
CACHES = {
    "default": env.cache(
        "CACHE_URL", default="dbcache://housingplus_cache?max_entries=20000"
    )
}
STORAGES = {
    **STORAGES,
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MFA_REQUIRED_ROLES = env.list(
    "MFA_REQUIRED_ROLES", default=["service_manager", "administrator"]
)
