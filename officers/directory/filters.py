"""Filters of the list of officers."""

from __future__ import annotations

import django_filters as filters
from django.db.models import Q, QuerySet

from housingplus.common.dates import today
from housingplus.common.words import words_asked
from housingplus.govuk.forms import GovukForm
from officers.teams.models import TeamMembership, WardTeam

from .models import Officer, OfficerKind


class _FilterForm(GovukForm):
    mark_optional = False


class OfficerFilter(filters.FilterSet):
    """Officers by name, team, kind, time of work and whether they have patches."""

    q = filters.CharFilter(label="Name, title or language", method="matching")
    team = filters.ModelChoiceFilter(
        label="Team",
        queryset=WardTeam.objects.order_by("name"),
        method="in_team",
        empty_label="Every team",
    )
    kind = filters.ChoiceFilter(
        label="Role", choices=OfficerKind.choices, empty_label="Every role"
    )
    status = filters.ChoiceFilter(
        label="In post",
        method="with_status",
        choices=[("joining", "Starts later"), ("left", "Left"), ("all", "Everyone")],
        empty_label="Today",
    )
    patches = filters.ChoiceFilter(
        label="Patches",
        method="with_patches",
        choices=[("none", "With none"), ("some", "With some"), ("cover", "Covering")],
        empty_label="Any number",
    )

    class Meta:
        model = Officer
        fields: list[str] = []
        form = _FilterForm

    def filter_queryset(self, queryset: QuerySet[Officer]) -> QuerySet[Officer]:
        queryset = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("status"):
            queryset = queryset.working_on(today())
        return queryset

    def matching(
        self, officers: QuerySet[Officer], name: str, value: str
    ) -> QuerySet[Officer]:
        for word in words_asked(value):
            officers = officers.filter(
                Q(name__icontains=word)
                | Q(job_title__icontains=word)
                | Q(languages__icontains=word)
            )
        return officers

    def in_team(
        self, officers: QuerySet[Officer], name: str, value: WardTeam
    ) -> QuerySet[Officer]:
        members = TeamMembership.objects.current().filter(team=value)
        return officers.filter(pk__in=members.values("officer"))

    def with_status(
        self, officers: QuerySet[Officer], name: str, value: str
    ) -> QuerySet[Officer]:
        if value == "joining":
            return officers.filter(started_on__gt=today())
        if value == "left":
            return officers.filter(left_on__lt=today())
        return officers

    def with_patches(
        self, officers: QuerySet[Officer], name: str, value: str
    ) -> QuerySet[Officer]:
        if value == "none":
            return officers.filter(patch_count=0, cover_count=0)
        if value == "cover":
            return officers.filter(cover_count__gt=0)
        return officers.filter(patch_count__gt=0)
