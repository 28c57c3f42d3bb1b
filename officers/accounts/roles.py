"""Roles: each a list of permissions. Pages check permissions, never role names."""

from __future__ import annotations

from django.db import models

from housingplus.common.permissions import Permission as P


class Role(models.TextChoices):
    PATCH_OFFICER = "patch_officer", "Patch officer"
    WARD_TEAM_LEADER = "ward_team_leader", "Ward team leader"
    SERVICE_MANAGER = "service_manager", "Service manager"
    ANALYST = "analyst", "Analyst"
    ADMINISTRATOR = "administrator", "Administrator"


_EVERYONE = frozenset({P.VIEW_PLACES, P.VIEW_OFFICERS, P.VIEW_TARAS, P.VIEW_DESIGNS})

_PATCH_OFFICER = _EVERYONE | {
    P.VIEW_HOUSEHOLDS,
    P.EDIT_HOUSEHOLDS,
    P.RECORD_TARA_CONTACT,
    P.VIEW_LETTERS,
    P.EXPORT_LISTS,
    P.COMMENT_ON_DESIGNS,
}

_WARD_TEAM_LEADER = _PATCH_OFFICER | {
    P.MOVE_HOMES,
    P.ASSIGN_OFFICERS,
    P.KEEP_WARD_CONTACTS,
    P.SEND_NOTICES,
    P.MANAGE_TARAS,
    P.WRITE_LETTERS,
    P.APPROVE_LETTERS,
}

_SERVICE_MANAGER = _WARD_TEAM_LEADER | {
    P.ALL_WARDS,
    P.VIEW_ALL_HOUSEHOLDS,
    P.IMPORT_LISTS,
    P.MANAGE_OFFICERS,
    P.EDIT_LETTER_TEMPLATES,
    P.VIEW_MEASURES,
    P.DESIGN_PATCHES,
    P.APPROVE_DESIGNS,
}

PERMISSIONS: dict[str, frozenset[P]] = {
    Role.PATCH_OFFICER: _PATCH_OFFICER,
    Role.WARD_TEAM_LEADER: _WARD_TEAM_LEADER,
    Role.SERVICE_MANAGER: _SERVICE_MANAGER,
    # Counts and extracts of places; nobody by name.
    Role.ANALYST: _EVERYONE | {P.VIEW_MEASURES, P.EXPORT_LISTS},
    Role.ADMINISTRATOR: _SERVICE_MANAGER | {P.USE_ADMIN},
}
