"""Filters of the board and of the patches without an officer."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet

from housingplus.govuk.filters import GovukDateFilter, TickFilter
from housingplus.govuk.forms import GovukForm
from patches.register.models import Patch
from patches.wards.models import Ward

from .scope import wards_run_by
from .selectors import AnswerKind


class _FilterForm(GovukForm):
    mark_optional = False


class PatchesByWard(filters.FilterSet):
    """Patches of one ward, and of the wards the person runs."""

    ward = filters.ModelChoiceFilter(
        queryset=Ward.objects.order_by("name"), empty_label="Every ward"
    )
    mine = TickFilter(label="My wards only", method="only_mine")

    class Meta:
        model = Patch
        fields: list[str] = []
        form = _FilterForm

    def only_mine(
        self, patches: QuerySet[Patch], name: str, value: bool
    ) -> QuerySet[Patch]:
        if not value:
            return patches
        return patches.filter(ward__in=wards_run_by(self.request.user))


class BoardFilter(PatchesByWard):
    """Also by how a patch is answered for."""

    answer = filters.ChoiceFilter(
        label="Who answers",
        field_name="answer_kind",
        choices=[
            (AnswerKind.COVER.value, "Cover"),
            (AnswerKind.LEAD.value, "Lead"),
            (AnswerKind.TEAM.value, "Ward team"),
            (AnswerKind.NOBODY.value, "No one here"),
        ],
        empty_label="Anyone",
    )
    on = GovukDateFilter(label="On which day", method="is_given_by_view")

    def is_given_by_view(
        self, patches: QuerySet[Patch], name: str, value: object
    ) -> QuerySet[Patch]:
        return patches
