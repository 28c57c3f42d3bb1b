"""Filters of the list of teams."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet

from housingplus.common.dates import today
from housingplus.govuk.filters import TickFilter
from housingplus.govuk.forms import GovukForm
from patches.wards.models import Ward

from .models import TeamWard, WardTeam


class _FilterForm(GovukForm):
    mark_optional = False


class TeamFilter(filters.FilterSet):
    """Teams by name, ward and whether patches lack an officer."""

    q = filters.CharFilter(label="Name", field_name="name", lookup_expr="icontains")
    ward = filters.ModelChoiceFilter(
        label="Ward",
        queryset=Ward.objects.order_by("name"),
        method="with_ward",
        empty_label="Every ward",
    )
    vacant = TickFilter(
        label="With patches with no officer",
        method="with_vacant",
    )
    closed = TickFilter(label="Show closed teams", method="with_closed")

    class Meta:
        model = WardTeam
        fields: list[str] = []
        form = _FilterForm

    def with_ward(
        self, teams: QuerySet[WardTeam], name: str, value: Ward
    ) -> QuerySet[WardTeam]:
        rows = TeamWard.objects.as_at(today()).filter(ward=value)
        return teams.filter(pk__in=rows.values("team"))

    def with_vacant(
        self, teams: QuerySet[WardTeam], name: str, value: bool
    ) -> QuerySet[WardTeam]:
        return teams.filter(vacant_count__gt=0) if value else teams

    def with_closed(
        self, teams: QuerySet[WardTeam], name: str, value: bool
    ) -> QuerySet[WardTeam]:
        return teams

    def filter_queryset(self, queryset: QuerySet[WardTeam]) -> QuerySet[WardTeam]:
        queryset = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("closed"):
            queryset = queryset.filter(is_closed=False)
        return queryset
