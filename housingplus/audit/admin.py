from django.contrib import admin

from housingplus.common.admin import ReadOnlyAdmin

from .models import AuditEvent


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    list_display = ["at", "by", "verb", "subject_type", "subject_id", "summary"]
    list_filter = ["verb", "at"]
    search_fields = ["verb", "summary", "=subject_id"]
    list_select_related = ["by", "subject_type"]
    date_hierarchy = "at"
