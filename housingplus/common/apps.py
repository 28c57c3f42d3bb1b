from typing import Any

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as CheckWarning
from django.db import connections
from django.db.models.signals import post_migrate

from . import lookups, triggers  # noqa: F401 (the look-ups register themselves)


class HousingPlusAdminConfig(AdminConfig):
    default_site = "housingplus.common.admin_site.AdminSite"


class CommonConfig(AppConfig):
    name = "housingplus.common"
    label = "common"

    def ready(self) -> None:
        post_migrate.connect(_install_triggers, sender=self)
        register(_check_triggers, Tags.database)


def _install_triggers(*, using: str, **kwargs: Any) -> None:
    triggers.install(connections[using])


def _check_triggers(
    *, databases: list[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Name the missing rules: a warning, as an error would stop `migrate` itself."""
    return [
        CheckWarning(
            f"The database rule {name} is missing.",
            hint="Run manage.py migrate, which puts it back.",
            id="housingplus.W001",
        )
        for alias in databases or ()
        for name in triggers.missing(connections[alias])
    ]
