"""Settings for looking at the components in a browser."""

from housingplus.settings.dev import *  # noqa: F403

ROOT_URLCONF = "tests.housingplus.govuk.kitchen"
