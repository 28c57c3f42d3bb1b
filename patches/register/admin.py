from django.contrib import admin

from housingplus.common.admin import ReadOnlyAdmin

from .models import MovedHome, Patch, PatchBand, PatchMembership, PatchMove


@admin.register(Patch)
class PatchAdmin(ReadOnlyAdmin):
    list_display = ["code", "name", "ward", "starts_on", "ends_on"]
    list_filter = ["ward"]
    list_select_related = ["ward"]
    search_fields = ["code", "name", "ward__name"]


@admin.register(PatchBand)
class PatchBandAdmin(ReadOnlyAdmin):
    list_display = ["patch", "band_min", "band_max", "starts_on", "ends_on", "reason"]
    list_filter = ["starts_on", "ends_on"]
    list_select_related = ["patch"]
    search_fields = ["=patch__code", "reason"]


@admin.register(PatchMembership)
class PatchMembershipAdmin(ReadOnlyAdmin):
    list_display = ["property", "patch", "starts_on", "ends_on", "reason"]
    list_filter = ["starts_on", "ends_on"]
    list_select_related = ["property", "patch"]
    search_fields = ["=patch__code", "=property__uprn", "=property__reference"]


@admin.register(PatchMove)
class PatchMoveAdmin(ReadOnlyAdmin):
    list_display = [
        "moved_at",
        "moved_by",
        "to_patch",
        "home_count",
        "starts_on",
        "undone_at",
    ]
    list_filter = ["moved_at"]
    list_select_related = ["moved_by", "to_patch"]
    search_fields = ["=to_patch__code", "reason", "moved_by__email"]


@admin.register(MovedHome)
class MovedHomeAdmin(ReadOnlyAdmin):
    list_display = ["move", "property", "from_patch", "is_replaced"]
    list_filter = ["is_replaced"]
    list_select_related = ["move__to_patch", "property", "from_patch"]
    search_fields = ["=property__uprn", "=property__reference", "=from_patch__code"]
