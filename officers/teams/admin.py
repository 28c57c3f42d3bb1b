from django.contrib import admin

from housingplus.common.admin import ReadOnlyAdmin

from .models import TeamLeadership, TeamMembership, TeamWard, WardTeam


@admin.register(WardTeam)
class WardTeamAdmin(ReadOnlyAdmin):
    list_display = ["name", "phone", "email", "is_closed"]
    list_filter = ["is_closed"]
    search_fields = ["name"]


@admin.register(TeamWard)
class TeamWardAdmin(ReadOnlyAdmin):
    list_display = ["team", "ward", "starts_on", "ends_on"]
    list_filter = ["team", "ends_on"]
    list_select_related = ["team", "ward"]
    search_fields = ["team__name", "ward__name"]


@admin.register(TeamMembership, TeamLeadership)
class TeamPersonAdmin(ReadOnlyAdmin):
    list_display = ["team", "officer", "starts_on", "ends_on"]
    list_filter = ["team", "ends_on"]
    list_select_related = ["team", "officer"]
    search_fields = ["team__name", "officer__name"]
