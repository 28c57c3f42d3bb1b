from django.contrib import admin

from housingplus.common.admin import ReadOnlyAdmin

from .models import Officer


@admin.register(Officer)
class OfficerAdmin(ReadOnlyAdmin):
    list_display = ["name", "job_title", "kind", "email", "user", "left_on"]
    list_filter = ["kind", "left_on"]
    list_select_related = ["user"]
    search_fields = ["name", "email", "user__email"]
