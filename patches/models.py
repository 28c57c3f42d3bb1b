from .properties.models import (
    Block,
    Landlord,
    LandlordKind,
    Property,
    PropertyType,
    PropertyWord,
)
from .register.models import Patch, PatchMembership, PatchMove
from .wards.models import HousingArea, Ward

__all__ = [
    "Block",
    "HousingArea",
    "Landlord",
    "LandlordKind",
    "Patch",
    "PatchMembership",
    "PatchMove",
    "Property",
    "PropertyType",
    "PropertyWord",
    "Ward",
]
