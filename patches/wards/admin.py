from django.contrib import admin

from housingplus.common.admin import ReferenceAdmin

from .models import HousingArea, Ward


@admin.register(HousingArea)
class HousingAreaAdmin(ReferenceAdmin):
    list_display = ["name"]
    search_fields = ["name"]


@admin.register(Ward)
class WardAdmin(ReferenceAdmin):
    list_display = ["name", "code", "area", "band_min", "band_max"]
    list_filter = ["area"]
    list_select_related = ["area"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["area"]
