from .properties.models import (
    Block,
    Landlord,
    LandlordKind,
    Property,
    PropertyType,
    PropertyWord,
)
from .register.models import MovedHome, Patch, PatchMembership, PatchMove
from .wards.models import HousingArea, Ward

__all__ = [
    "Block",
    "HousingArea",
    "Landlord",
    "LandlordKind",
    "MovedHome",
    "Patch",
    "PatchMembership",
    "PatchMove",
    "Property",
    "PropertyType",
    "PropertyWord",
    "Ward",
]
