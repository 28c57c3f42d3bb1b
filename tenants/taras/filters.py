"""Filters of the list of associations."""

from __future__ import annotations

import datetime as dt

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet

from housingplus.common.dates import today
from housingplus.govuk.forms import AutocompleteSelect, GovukForm
from officers.assignments.selectors import wards_led_by
from officers.directory.models import Officer
from officers.teams.models import TeamLeadership
from patches.wards.models import Ward

from .models import Tara, TaraOfficer
from .selectors import not_heard_since


class FilterForm(GovukForm):
    mark_optional = False


def _possible_leads(request: object) -> QuerySet[Officer]:
    day = today()
    named = TaraOfficer.objects.as_at(day).filter(kind=TaraOfficer.Kind.LEAD)
    leaders = TeamLeadership.objects.as_at(day)
    return Officer.objects.filter(
        Q(pk__in=named.order_by().values("officer"))
        | Q(pk__in=leaders.order_by().values("officer"))
    )


class TaraFilter(django_filters.FilterSet):
    """Narrows the associations; the queryset has `with_last_contact`."""

    name = django_filters.CharFilter(label="Name", lookup_expr="icontains")
    ward = django_filters.ModelChoiceFilter(
        label="Ward",
        queryset=Ward.objects.filter(taras__isnull=False).distinct(),
        empty_label="Every ward",
    )
    no_contact = django_filters.ChoiceFilter(
        label="No contact for",
        choices=[
            ("4", "4 weeks"),
            ("8", "8 weeks"),
            ("12", "12 weeks"),
            ("26", "26 weeks"),
            ("52", "52 weeks"),
        ],
        method="filter_no_contact",
        empty_label="Any time",
    )
    lead = django_filters.ModelChoiceFilter(
        label="Lead",
        queryset=_possible_leads,
        method="filter_lead",
        widget=AutocompleteSelect,
        empty_label="Anyone",
    )
    status = django_filters.ChoiceFilter(
        label="Status",
        choices=[("closed", "Closed"), ("all", "Open and closed")],
        method="filter_status",
        empty_label="Open",
    )

    class Meta:
        model = Tara
        fields: list[str] = []
        form = FilterForm

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("status") else rows.open_on(today())

    def filter_no_contact(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(
            not_heard_since(today() - dt.timedelta(weeks=int(value)))
        )

    def filter_lead(self, queryset: QuerySet, name: str, value: Officer) -> QuerySet:
        leads = TaraOfficer.objects.as_at(today()).filter(
            tara=OuterRef("pk"), kind=TaraOfficer.Kind.LEAD
        )
        return queryset.filter(
            Exists(leads.filter(officer=value))
            | Q(~Exists(leads), ward__in=wards_led_by(value, today()).values("pk"))
        )

    def filter_status(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return (
            queryset.exclude(pk__in=queryset.open_on(today()).values("pk"))
            if (value == "closed")
            else queryset
        )
