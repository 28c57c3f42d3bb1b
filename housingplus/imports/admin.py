from django.contrib import admin

from housingplus.common.admin import ReadOnlyAdmin

from .models import ImportBatch, ImportRow


@admin.register(ImportBatch)
class ImportBatchAdmin(ReadOnlyAdmin):
    list_display = ["file_name", "kind", "status", "uploaded_at", "uploaded_by"]
    list_filter = ["kind", "status", "uploaded_at"]
    list_select_related = ["uploaded_by"]
    search_fields = ["file_name", "uploaded_by__email"]


@admin.register(ImportRow)
class ImportRowAdmin(ReadOnlyAdmin):
    list_display = ["batch", "number", "outcome", "key", "column", "message"]
    list_filter = ["outcome"]
    list_select_related = ["batch"]
    search_fields = ["=key", "batch__file_name"]
