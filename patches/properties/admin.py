from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import URLField

from housingplus.common.admin import ReadOnlyAdmin, ReferenceAdmin

from .models import Block, Landlord, Property, PropertyWord


@admin.register(Landlord)
class LandlordAdmin(ReferenceAdmin):
    list_display = ["name", "code", "kind", "phone", "email"]
    list_filter = ["kind"]
    search_fields = ["name", "code"]
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        URLField: {"assume_scheme": "https"}
    }


@admin.register(Block)
class BlockAdmin(ReferenceAdmin):
    list_display = ["name", "address", "kind", "ward", "parent_uprn"]
    list_filter = ["kind", "ward"]
    list_select_related = ["ward"]
    search_fields = ["name", "address", "=parent_uprn"]
    autocomplete_fields = ["ward"]


@admin.register(Property)
class PropertyAdmin(ReadOnlyAdmin):
    """Homes come from the landlord's list: change them there and import it again."""

    list_display = ["one_line", "uprn", "landlord", "reference", "ward", "managed_to"]
    list_filter = ["property_type", "landlord", "ward"]
    list_select_related = ["landlord", "ward"]
    search_fields = ["=uprn", "=reference", "^postcode", "street"]


@admin.register(PropertyWord)
class PropertyWordAdmin(ReadOnlyAdmin):
    list_display = ["word", "property"]
    list_select_related = ["property"]
    search_fields = ["^word"]
    ordering = ["pk"]
