"""Every write of who answers for a patch."""

from .covers import check_cover, end_cover, set_cover
from .leads import (
    LeadChoice,
    Planned,
    assign_lead,
    cancel_planned,
    check_lead,
    make_vacant,
    reassign_patches,
    ward_team_of,
)
from .leavers import reassign_all

__all__ = [
    "LeadChoice",
    "Planned",
    "assign_lead",
    "cancel_planned",
    "check_cover",
    "check_lead",
    "end_cover",
    "make_vacant",
    "reassign_all",
    "reassign_patches",
    "set_cover",
    "ward_team_of",
]
