"""Filters of the lists of runs, homes of a run, and letters."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from housingplus.govuk.filters import GovukDateFilter
from housingplus.govuk.forms import AutocompleteSelect, GovukForm
from patches.properties.models import Property
from patches.register.models import Patch
from patches.wards.models import Ward

from .models import (
    Channel,
    DeliveryService,
    DeliveryStatus,
    DueCause,
    Letter,
    LetterDelivery,
    LetterRun,
    LetterRunHome,
    LetterTemplate,
    ReturnedLetter,
    ReturnReason,
    RunStatus,
)
from .querysets import likely_pages
from .reasons import kept_as, reason_choices
from .selectors.runs import patches_of_run
from .selectors.standing import Coverage, because
from .selectors.versions import versions_in_use
from .selectors.wordings import WORDINGS
from .typesetting import MOST_PAGES

if TYPE_CHECKING:
    from officers.accounts.models import User


class FilterForm(GovukForm):
    """Every filter may be left empty, so none says so."""

    mark_optional = False


class CopyFilter(django_filters.ChoiceFilter):
    """Letters to households, or the copies for those who act for them."""

    def __init__(self, *, field_name: str) -> None:
        super().__init__(
            field_name=field_name,
            label="Letters or copies",
            choices=[
                ("no", "Letters to households"),
                ("yes", "Copies for representatives"),
            ],
            empty_label="Letters and copies",
        )

    def filter(self, queryset: QuerySet, value: str) -> QuerySet:
        return super().filter(queryset, value and value == "yes")


class RunFilter(django_filters.FilterSet):
    search = django_filters.CharFilter(
        label="Name", method="named", widget=forms.TextInput
    )
    status = django_filters.MultipleChoiceFilter(
        choices=RunStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    template = django_filters.ModelChoiceFilter(
        queryset=LetterTemplate.objects.all(),
        field_name="template_version__template",
        label="Template",
        empty_label="Every template",
    )
    version = django_filters.ModelChoiceFilter(
        queryset=versions_in_use,
        field_name="template_version",
        label="Version of the template",
        empty_label="Every version",
    )

    class Meta:
        model = LetterRun
        fields: list[str] = []
        form = FilterForm

    def named(self, runs: QuerySet, name: str, value: str) -> QuerySet:
        return runs.filter(title__icontains=value.strip())


class RunHomeFilter(django_filters.FilterSet):
    outcome = django_filters.ChoiceFilter(
        label="Outcome",
        choices=[("letter", "Letter"), ("exception", "Exception")],
        method="with_outcome",
        empty_label="Letters and exceptions",
    )
    reason = django_filters.MultipleChoiceFilter(
        choices=(), widget=forms.CheckboxSelectMultiple, method="because"
    )
    channel = django_filters.ChoiceFilter(
        label="Letters go by",
        choices=Channel.choices,
        method="going_by",
        empty_label="Every way",
    )
    pages = django_filters.NumberFilter(
        label="Letters by post of so many pages", method="long"
    )
    cause = django_filters.MultipleChoiceFilter(
        label="Why a letter is due",
        choices=DueCause.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    wording = django_filters.ChoiceFilter(
        label="Wording",
        choices=[
            ("translated", "Translated"),
            ("fallback", "In English, another language wanted"),
            ("easy_read", "Easy read"),
        ],
        method="with_wording",
        empty_label="Any wording",
    )
    copies = django_filters.ChoiceFilter(
        label="Copies",
        choices=[("yes", "With a copy for a representative")],
        method="with_copies",
        empty_label="With or without a copy",
    )
    patch = django_filters.ModelChoiceFilter(
        queryset=LetterRunHome.objects.none(), label="Patch", empty_label="Every patch"
    )
    search = django_filters.CharFilter(label="Street or postcode", method="at")

    class Meta:
        model = LetterRunHome
        fields: list[str] = []
        form = FilterForm

    def __init__(
        self, *args: Any, run: LetterRun, names_marks: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = reason_choices(names_marks=names_marks)
        self.filters["reason"].extra["choices"] = choices
        self.filters["patch"].queryset = patches_of_run(run)
        if not run.only_due:
            del self.filters["cause"]

    def because(self, homes: QuerySet, name: str, value: list[str]) -> QuerySet:
        return homes.filter(reason__in=kept_as(value)) if value else homes

    def with_outcome(self, homes: QuerySet, name: str, value: str) -> QuerySet:
        return homes.filter(is_exception=value == "exception")

    def long(self, homes: QuerySet, name: str, value: int) -> QuerySet:
        if not 0 <= value <= MOST_PAGES:
            return homes.none()
        printed = Letter.objects.annotate(likely_pages=likely_pages()).filter(
            channel=Channel.POST, likely_pages=value
        )
        return homes.filter(Exists(printed.filter(home=OuterRef("pk"))))

    def going_by(self, homes: QuerySet, name: str, value: str) -> QuerySet:
        return homes.filter(
            Exists(Letter.objects.filter(home=OuterRef("pk"), channel=value))
        )

    def with_copies(self, homes: QuerySet, name: str, value: str) -> QuerySet:
        copies = Letter.objects.copies().filter(home=OuterRef("pk"))
        return homes.filter(Exists(copies))

    def with_wording(self, homes: QuerySet, name: str, value: str) -> QuerySet:
        return homes.filter(WORDINGS[value]).distinct()

    def at(self, homes: QuerySet, name: str, value: str) -> QuerySet:
        return homes.filter(
            Q(property__street_key__startswith=value.strip().casefold())
            | Q(property__postcode__istartswith=value.strip())
        )


class LetterFilter(django_filters.FilterSet):
    reference = django_filters.CharFilter(label="Reference", lookup_expr="istartswith")
    name = django_filters.CharFilter(
        label="Name on the letter", field_name="addressee", lookup_expr="icontains"
    )
    status = django_filters.MultipleChoiceFilter(
        field_name="run__status",
        label="Status",
        choices=[
            (status.value, status.label)
            for status in (
                RunStatus.APPROVED,
                RunStatus.PRODUCING,
                RunStatus.PRODUCED,
                RunStatus.POSTED,
            )
        ],
        widget=forms.CheckboxSelectMultiple,
    )
    channel = django_filters.MultipleChoiceFilter(
        label="Goes by", choices=Channel.choices, widget=forms.CheckboxSelectMultiple
    )
    copies = CopyFilter(field_name="is_copy")

    class Meta:
        model = Letter
        fields: list[str] = []
        form = FilterForm


class DeliveryFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(
        choices=DeliveryStatus.choices, empty_label="Every status"
    )
    service = django_filters.ChoiceFilter(
        label="Sent by", choices=DeliveryService.choices, empty_label="Every way"
    )
    reference = django_filters.CharFilter(
        field_name="letter__reference", label="Reference", lookup_expr="istartswith"
    )

    class Meta:
        model = LetterDelivery
        fields: list[str] = []
        form = FilterForm


class CoverageFilter(django_filters.FilterSet):
    """Homes by where they stand; rows are annotated by `with_coverage`."""

    state = django_filters.ChoiceFilter(
        label="State",
        field_name="stands",
        lookup_expr="startswith",
        choices=Coverage.choices,
        empty_label="Every state",
    )
    cause = django_filters.MultipleChoiceFilter(
        label="Why a letter is due",
        choices=DueCause.choices,
        widget=forms.CheckboxSelectMultiple,
        method="due_because",
    )
    reason = django_filters.MultipleChoiceFilter(
        label="Why there is no letter",
        choices=(),
        widget=forms.CheckboxSelectMultiple,
        method="excepted",
    )
    ward = django_filters.ModelChoiceFilter(
        queryset=Ward.objects.none(), label="Ward", empty_label="Every ward"
    )
    patch = django_filters.ModelChoiceFilter(
        field_name="patch_on_day",
        queryset=Patch.objects.none(),
        label="Patch",
        empty_label="Every patch",
        widget=AutocompleteSelect,
        method="in_patch",
    )
    search = django_filters.CharFilter(label="Street or postcode", method="at")
    on = GovukDateFilter(label="As at", method="leave_to_view")

    class Meta:
        model = Property
        fields: list[str] = []
        form = FilterForm

    def __init__(
        self,
        *args: Any,
        wards: QuerySet[Ward],
        day: dt.date,
        names_marks: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = reason_choices(names_marks=names_marks)
        self.filters["reason"].extra["choices"] = choices
        self.filters["ward"].queryset = wards
        self.filters["patch"].queryset = Patch.objects.as_at(day).filter(ward__in=wards)

    def excepted(self, homes: QuerySet, name: str, value: list[str]) -> QuerySet:
        if not value:
            return homes
        return homes.filter(stands__in=[because(one) for one in kept_as(value)])

    def due_because(self, homes: QuerySet, name: str, value: list[str]) -> QuerySet:
        if not value:
            return homes
        return homes.filter(stands=Coverage.DUE, cause__in=value)

    def in_patch(self, homes: QuerySet, name: str, value: Patch) -> QuerySet:
        return homes.filter(patch_on_day=value.pk)

    def at(self, homes: QuerySet, name: str, value: str) -> QuerySet:
        return homes.filter(
            Q(street_key__startswith=value.strip().casefold())
            | Q(postcode__istartswith=value.strip())
        )

    @property
    def narrows(self) -> bool:
        """Whether anything but the day is asked for."""
        # Only what is clean narrows the list: it need not be valid as a whole.
        self.form.is_valid()
        asked = self.form.cleaned_data.items()
        return any(value for name, value in asked if name != "on")

    def leave_to_view(self, homes: QuerySet, name: str, value: Any) -> QuerySet:
        return homes


class ReturnFilter(django_filters.FilterSet):
    """Letters that came back; choices are those the person may see."""

    state = django_filters.ChoiceFilter(
        label="Checked",
        choices=[("to_check", "To check"), ("checked", "Checked")],
        method="in_state",
        empty_label="To check and checked",
    )
    reason = django_filters.MultipleChoiceFilter(
        choices=ReturnReason.choices, widget=forms.CheckboxSelectMultiple
    )
    ward = django_filters.ModelChoiceFilter(
        field_name="letter__home__property__ward",
        queryset=Ward.objects.none(),
        label="Ward",
        empty_label="Every ward",
    )
    patch = django_filters.ModelChoiceFilter(
        field_name="letter__patch",
        queryset=Patch.objects.none(),
        label="Patch",
        empty_label="Every patch",
        widget=AutocompleteSelect,
    )
    copies = CopyFilter(field_name="letter__is_copy")
    search = django_filters.CharFilter(label="Reference or postcode", method="named")
    run = django_filters.ModelChoiceFilter(
        field_name="letter__run",
        queryset=LetterRun.objects.none(),
        widget=forms.HiddenInput,
    )

    class Meta:
        model = ReturnedLetter
        fields: list[str] = []
        form = FilterForm

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        returns = ReturnedLetter.objects.visible_to(user).order_by()
        self.filters["ward"].queryset = Ward.objects.filter(
            pk__in=returns.values("letter__home__property__ward")
        )
        self.filters["patch"].queryset = Patch.objects.filter(
            pk__in=returns.values("letter__patch")
        )
        self.filters["run"].queryset = LetterRun.objects.visible_to(user)

    def in_state(self, returns: QuerySet, name: str, value: str) -> QuerySet:
        return returns.filter(checked_on__isnull=value == "to_check")

    def named(self, returns: QuerySet, name: str, value: str) -> QuerySet:
        return returns.filter(
            Q(letter__reference__istartswith=value.strip())
            | Q(letter__home__property__postcode__istartswith=value.strip())
        )
