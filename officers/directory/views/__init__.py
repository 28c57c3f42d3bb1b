"""Pages of officers."""

from .leaving import leave
from .pages import OfficerList, detail
from .pictures import photo, signature
from .writing import create, edit

__all__ = ["OfficerList", "create", "detail", "edit", "leave", "photo", "signature"]
