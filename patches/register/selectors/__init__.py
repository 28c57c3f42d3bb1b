"""Reads of patches, the homes in them, and moves."""

from .homes import (
    count_homes_without_patch,
    list_homes_of_patch,
    list_homes_without_patch,
    list_streets,
)
from .maps import patch_shapes, ward_shapes
from .moves import (
    count_homes_changed_since,
    fingerprint,
    latest_move_of,
    list_moves_of_patch,
    list_moves_of_property,
    list_positions,
)
from .pictures import ward_picture
from .sizes import SizeChange, list_size_changes

__all__ = [
    "SizeChange",
    "count_homes_changed_since",
    "count_homes_without_patch",
    "fingerprint",
    "latest_move_of",
    "list_homes_of_patch",
    "list_homes_without_patch",
    "list_moves_of_patch",
    "list_moves_of_property",
    "list_positions",
    "list_size_changes",
    "list_streets",
    "patch_shapes",
    "ward_picture",
    "ward_shapes",
]
