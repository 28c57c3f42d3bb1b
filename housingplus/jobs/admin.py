from django.contrib import admin

from housingplus.common.admin import ReadOnlyAdmin

from .models import Job


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ["kind", "status", "done", "total", "created_at", "created_by"]
    list_filter = ["status", "kind"]
    search_fields = ["kind", "created_by__email"]
    list_select_related = ["created_by"]
