from .accounts import admin as accounts_admin
from .assignments import admin as assignments_admin
from .councillors import admin as councillors_admin
from .designs import admin as designs_admin
from .directory import admin as directory_admin
from .drop_ins import admin as drop_ins_admin
from .notices import admin as notices_admin
from .teams import admin as teams_admin

__all__ = [
    "accounts_admin",
    "assignments_admin",
    "councillors_admin",
    "designs_admin",
    "directory_admin",
    "drop_ins_admin",
    "notices_admin",
    "teams_admin",
]
