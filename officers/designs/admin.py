from django.contrib import admin

from housingplus.common.admin import ReadOnlyAdmin

from .models import DesignAssignment, ProposedLead


@admin.register(ProposedLead)
class ProposedLeadAdmin(ReadOnlyAdmin):
    list_display = ["design_patch", "officer", "chosen_by", "chosen_at"]
    list_select_related = ["design_patch", "officer", "chosen_by"]
    search_fields = ["=design_patch__code", "officer__name"]


@admin.register(DesignAssignment)
class DesignAssignmentAdmin(ReadOnlyAdmin):
    list_display = ["design", "assignment", "is_new", "ends_on_after"]
    list_filter = ["is_new"]
    list_select_related = ["design", "assignment"]
    search_fields = ["design__name", "=assignment__patch__code"]
