"""Tests: quick password hashing, work done inline, nothing sent anywhere."""

import tempfile

from .base import *  # noqa: F403
from .environment import env

# Gone when the tests end.
_FOLDER = tempfile.TemporaryDirectory(prefix="housingplus-test-")

SECRET_KEY = "for-tests-only"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
COUNCIL_NAME = "Kestrelford City Council"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = f"{_FOLDER.name}/media"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Threads in race tests need a file, and each worker process its own.
DATABASES["default"]["TEST"] = {
    "NAME": env.str(
        "TEST_DATABASE_NAME",
        default=(
            f"{_FOLDER.name}/test.sqlite3"
            if DATABASES["default"]["ENGINE"].endswith("sqlite3")
            else "test_housingplus"
        ),
    )
}
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
# Nothing is collected for tests: files are looked up where they lie.
WHITENOISE_AUTOREFRESH = True
