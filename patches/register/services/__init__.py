"""Every change of patches and of the homes in them."""

from .bands import set_band, withdraw_band
from .moving import move_homes
from .patches import close_patch, create_patch, edit_patch
from .undoing import undo_move

__all__ = [
    "close_patch",
    "create_patch",
    "edit_patch",
    "move_homes",
    "set_band",
    "undo_move",
    "withdraw_band",
]
