from typing import Any

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.models.signals import post_migrate

from . import triggers


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
    return [
        Error(
            f"The database rule {name} is missing.",
            hint="Run manage.py migrate, which puts it back.",
            id="housingplus.E001",
        )
        for alias in databases or ()
        for name in triggers.missing(connections[alias])
    ]
