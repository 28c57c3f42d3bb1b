from django.contrib import admin

from housingplus.common.admin import ReadOnlyAdmin

from .models import Assignment


@admin.register(Assignment)
class AssignmentAdmin(ReadOnlyAdmin):
    list_display = ["patch", "kind", "officer", "team", "starts_on", "ends_on"]
    list_filter = ["kind", "starts_on", "ends_on"]
    list_select_related = ["patch", "officer", "team"]
    search_fields = ["=patch__code", "officer__name", "team__name"]
