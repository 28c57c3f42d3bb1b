from django.contrib import admin

from housingplus.common.admin import ReadOnlyAdmin

from .models import (
    Tara,
    TaraBlock,
    TaraContact,
    TaraNotice,
    TaraOfficer,
    TaraPatch,
    TaraRole,
    TaraStreet,
)


@admin.register(Tara)
class TaraAdmin(ReadOnlyAdmin):
    list_display = ["name", "ward", "recognised_on", "closed_on", "email"]
    list_filter = ["ward", "closed_on"]
    list_select_related = ["ward"]
    search_fields = ["name", "ward__name"]


@admin.register(TaraStreet)
class TaraStreetAdmin(ReadOnlyAdmin):
    list_display = ["tara", "street", "ward"]
    list_filter = ["ward"]
    list_select_related = ["tara", "ward"]
    search_fields = ["tara__name", "street"]


@admin.register(TaraBlock)
class TaraBlockAdmin(ReadOnlyAdmin):
    list_display = ["tara", "block"]
    list_select_related = ["tara", "block"]
    search_fields = ["tara__name", "block__name"]


@admin.register(TaraPatch)
class TaraPatchAdmin(ReadOnlyAdmin):
    list_display = ["tara", "patch"]
    list_select_related = ["tara", "patch"]
    search_fields = ["tara__name", "=patch__code"]


@admin.register(TaraRole)
class TaraRoleAdmin(ReadOnlyAdmin):
    list_display = ["tara", "role", "name", "starts_on", "ends_on"]
    list_filter = ["role", "ends_on"]
    list_select_related = ["tara"]
    search_fields = ["tara__name", "name"]


@admin.register(TaraOfficer)
class TaraOfficerAdmin(ReadOnlyAdmin):
    list_display = ["tara", "officer", "kind", "starts_on", "ends_on"]
    list_filter = ["kind", "ends_on"]
    list_select_related = ["tara", "officer"]
    search_fields = ["tara__name", "officer__name"]


@admin.register(TaraContact)
class TaraContactAdmin(ReadOnlyAdmin):
    list_display = ["on", "tara", "kind", "officer", "recorded_by"]
    list_filter = ["kind", "on"]
    list_select_related = ["tara", "officer", "recorded_by"]
    search_fields = ["tara__name", "officer__name"]


@admin.register(TaraNotice)
class TaraNoticeAdmin(ReadOnlyAdmin):
    list_display = ["tara", "sending"]
    list_select_related = ["tara", "sending"]
    search_fields = ["tara__name"]
