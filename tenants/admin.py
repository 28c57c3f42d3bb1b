from .households import admin as households_admin
from .letters import admin as letters_admin
from .taras import admin as taras_admin
from .tenancies import admin as tenancies_admin

__all__ = [
    "households_admin",
    "letters_admin",
    "taras_admin",
    "tenancies_admin",
]
