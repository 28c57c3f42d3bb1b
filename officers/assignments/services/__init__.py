"""Every write of who answers for a patch."""

from .covers import end_cover, set_cover
from .leads import (
    LeadChoice,
    Planned,
    assign_lead,
    cancel_planned,
    make_vacant,
    reassign_patches,
)
from .leavers import reassign_all

__all__ = [
    "LeadChoice",
    "Planned",
    "assign_lead",
    "cancel_planned",
    "end_cover",
    "make_vacant",
    "reassign_all",
    "reassign_patches",
    "set_cover",
]
