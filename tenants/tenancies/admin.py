from django.contrib import admin

from housingplus.common.admin import ReadOnlyAdmin

from .models import Tenancy, TenancyPerson


@admin.register(Tenancy)
class TenancyAdmin(ReadOnlyAdmin):
    list_display = [
        "reference",
        "kind",
        "landlord",
        "household",
        "starts_on",
        "ends_on",
    ]
    list_filter = ["kind", "landlord", "ends_on"]
    list_select_related = ["landlord", "household"]
    search_fields = ["=reference", "=household__property__uprn"]


@admin.register(TenancyPerson)
class TenancyPersonAdmin(ReadOnlyAdmin):
    list_display = ["tenancy", "person", "order"]
    list_select_related = ["tenancy", "person"]
    search_fields = ["=tenancy__reference", "person__last_name"]
