"""Pages about patches, the homes in them, and moving homes."""

from .detail import patch_detail, patch_map, patch_walk
from .editing import patch_close, patch_create, patch_edit
from .lists import move_list, patch_list, unplaced_list
from .moves import move_detail, move_undo
from .moving import move_homes

__all__ = [
    "move_detail",
    "move_homes",
    "move_list",
    "move_undo",
    "patch_close",
    "patch_create",
    "patch_detail",
    "patch_edit",
    "patch_list",
    "patch_map",
    "patch_walk",
    "unplaced_list",
]
