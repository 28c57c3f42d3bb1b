"""Filters of the list of households."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from housingplus.common.dates import today
from housingplus.common.words import MOST_WORDS, words_in
from housingplus.govuk.forms import AutocompleteSelect, GovukForm
from officers.assignments.scope import homes_with_visible_people
from patches.properties.models import PropertyWord
from patches.register.models import Patch, PatchMembership
from patches.wards.models import Ward

from .languages import language_name
from .models import CommunicationNeeds, Household, HouseholdWord, LetterFormat
from .querysets import not_written_to


class FilterForm(GovukForm):
    mark_optional = False


class HouseholdFilter(django_filters.FilterSet):
    """Narrows the households a person may see."""

    name = django_filters.CharFilter(
        label="Name or address", method="filter_words", help_text="Any words of it"
    )
    patch = django_filters.ModelChoiceFilter(
        label="Patch",
        queryset=Patch.objects.none(),
        method="filter_patch",
        widget=AutocompleteSelect,
        empty_label="Every patch",
    )
    ward = django_filters.ModelChoiceFilter(
        label="Ward",
        queryset=Ward.objects.none(),
        field_name="property__ward",
        empty_label="Every ward",
    )
    needs = django_filters.ChoiceFilter(
        label="Letters in",
        choices=LetterFormat.choices,
        method="filter_format",
        empty_label="Any format",
    )
    language = django_filters.ChoiceFilter(
        label="Language",
        choices=(),
        method="filter_language",
        empty_label="Every language",
    )
    interpreter = django_filters.ChoiceFilter(
        label="Interpreter",
        choices=[("yes", "Needs an interpreter")],
        method="filter_interpreter",
        empty_label="Needed or not",
    )
    do_not_write = django_filters.ChoiceFilter(
        label="Not written to",
        choices=[
            ("yes", "Marked do not write"),
            ("safe", "Safe contact only"),
            ("due", "Marked, review due"),
            ("no", "May be written to"),
        ],
        method="filter_do_not_write",
        empty_label="Marked or not",
    )

    class Meta:
        model = Household
        fields: list[str] = []
        form = FilterForm

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        homes = homes_with_visible_people(user)
        placed = PatchMembership.objects.as_at(today()).filter(property__in=homes)
        self.filters["patch"].queryset = Patch.objects.filter(
            pk__in=placed.order_by().values("patch")
        )
        self.filters["ward"].queryset = Ward.objects.filter(
            pk__in=homes.order_by().values("ward")
        )
        languages = (
            CommunicationNeeds.objects.filter(household__in=self.queryset)
            .exclude(language="")
            .order_by("language")
            .values_list("language", flat=True)
            .distinct()
        )
        self.filters["language"].extra["choices"] = [
            ("english", "English"),
            *sorted(
                ((kept, language_name(kept)) for kept in languages),
                key=lambda choice: choice[1],
            ),
        ]

    def filter_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep households in which every word begins a name or address word."""
        for word in words_in(value)[:MOST_WORDS]:
            named = HouseholdWord.objects.filter(is_sound=False, word__startswith=word)
            placed = PropertyWord.objects.filter(word__startswith=word)
            queryset = queryset.filter(
                Q(pk__in=named.values("household"))
                | Q(property__in=placed.values("property"))
            )
        return queryset

    def filter_patch(self, queryset: QuerySet, name: str, value: Patch) -> QuerySet:
        homes = PatchMembership.objects.as_at(today()).filter(patch=value)
        return queryset.filter(property__in=homes.values("property"))

    def filter_format(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == LetterFormat.STANDARD:
            return queryset.filter(
                Q(needs__isnull=True) | Q(needs__letter_format=value)
            )
        return queryset.filter(needs__letter_format=value)

    def filter_language(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        if value == "english":
            return queryset.filter(Q(needs__isnull=True) | Q(needs__language=""))
        return queryset.filter(needs__language=value)

    def filter_interpreter(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(needs__needs_interpreter=True)

    def filter_do_not_write(
        self, queryset: QuerySet, name: str, value: str
    ) -> QuerySet:
        if value == "due":
            return queryset.review_due(today())
        if value == "no":
            return queryset.exclude(not_written_to())
        if value == "safe":
            return queryset.filter(safe_contact_only=True)
        return queryset.filter(do_not_write=True)
