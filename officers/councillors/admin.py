from django.contrib import admin

from housingplus.common.admin import ReadOnlyAdmin

from .models import Councillor


@admin.register(Councillor)
class CouncillorAdmin(ReadOnlyAdmin):
    list_display = ["name", "ward", "party", "starts_on", "ends_on"]
    list_filter = ["ends_on", "ward"]
    list_select_related = ["ward"]
    search_fields = ["name", "ward__name"]
