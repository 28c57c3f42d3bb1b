"""Pages of who answers for which patch."""

from .board import board, unassigned
from .bulk import bulk
from .covers import cover, end_cover
from .history import done, history
from .leads import assign, cancel, vacancy

__all__ = [
    "assign",
    "board",
    "bulk",
    "cancel",
    "cover",
    "done",
    "end_cover",
    "history",
    "unassigned",
    "vacancy",
]
