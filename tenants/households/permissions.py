"""What a person may do with households they can see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from housingplus.common.permissions import Permission
from officers.assignments.scope import homes_with_visible_people

if TYPE_CHECKING:
    from officers.accounts.models import User
    from patches.properties.models import Property


def can_edit_households(user: User) -> bool:
    """Whether the person may change needs and marks, and read the reasons for them."""
    return user.has_permission(Permission.EDIT_HOUSEHOLDS)


def can_see_people_of(user: User, home: Property) -> bool:
    """Whether the person may see who lives in a home today (rule 9)."""
    return homes_with_visible_people(user).filter(pk=home.pk).exists()
