from .design import admin as design_admin
from .properties import admin as properties_admin
from .register import admin as register_admin
from .wards import admin as wards_admin

__all__ = [
    "design_admin",
    "properties_admin",
    "register_admin",
    "wards_admin",
]
