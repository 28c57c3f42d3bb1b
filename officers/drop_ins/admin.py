from django.contrib import admin

from housingplus.common.admin import ReadOnlyAdmin

from .models import DropIn


@admin.register(DropIn)
class DropInAdmin(ReadOnlyAdmin):
    list_display = ["place", "ward", "weekday", "opens_at", "starts_on", "ends_on"]
    list_filter = ["weekday", "ends_on", "ward"]
    list_select_related = ["ward"]
    search_fields = ["place", "ward__name"]
