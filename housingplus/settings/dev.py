"""A developer's machine and the demo: starts with nothing set up."""

from .base import *  # noqa: F403
from .environment import env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="for-development-only-never-in-production")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
DEMO_MODE = env.bool("DEMO_MODE", default=True)
COUNCIL_NAME = env.str("COUNCIL_NAME", default="Kestrelford City Council")
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
# Nothing is collected here: static files are served from where they lie.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
