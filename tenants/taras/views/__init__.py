"""Pages about tenants' and residents' associations."""

from .changing import contact_add, role_add, role_end, tara_officer
from .editing import tara_area, tara_create, tara_edit
from .reading import tara_detail, tara_homes, tara_list

__all__ = [
    "contact_add",
    "role_add",
    "role_end",
    "tara_area",
    "tara_create",
    "tara_detail",
    "tara_edit",
    "tara_homes",
    "tara_list",
    "tara_officer",
]
