"""Filters of the lists of comments on a design, and of where its patches went."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet

from housingplus.common.words import words_asked
from patches.register.filters import FilterForm

from .models import CommentFrom, DesignComment, PatchDesign, PatchSuccession

WHOLE = "whole"


class CommentFilter(django_filters.FilterSet):
    """Comments by words, patch, whose they are, and whether they are answered."""

    q = django_filters.CharFilter(label="Words", method="with_words")
    patch = django_filters.ChoiceFilter(
        label="About", empty_label="Everything", method="about"
    )
    comes_from = django_filters.ChoiceFilter(
        label="Whose comment", choices=CommentFrom.choices, empty_label="Anybody’s"
    )
    answered = django_filters.ChoiceFilter(
        label="Answer",
        choices=[("no", "Not answered"), ("yes", "Answered")],
        empty_label="With and without",
        method="is_answered",
    )

    class Meta:
        model = DesignComment
        form = FilterForm
        fields: list[str] = []

    def __init__(self, *args: Any, design: PatchDesign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        patches = (
            design.chosen.patches.order_by("code").values_list("pk", "code")
            if design.chosen
            else []
        )
        self.filters["patch"].extra["choices"] = [
            (WHOLE, "The whole plan"),
            *((str(pk), code) for pk, code in patches),
        ]

    def with_words(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        for word in words_asked(value):
            rows = rows.filter(
                Q(text__icontains=word)
                | Q(answer__icontains=word)
                | Q(speaker__icontains=word)
            )
        return rows

    def about(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        if value == WHOLE:
            return rows.filter(patch__isnull=True)
        return rows.filter(patch=value)

    def is_answered(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(answered_at__isnull=value == "no")


class SuccessionFilter(django_filters.FilterSet):
    """Lines of a design's map by a patch, moved or not."""

    code = django_filters.CharFilter(label="Patch code", method="with_code")
    moved = django_filters.ChoiceFilter(
        label="Homes",
        choices=[("yes", "That changed patch"), ("no", "That stayed")],
        empty_label="All",
        method="that_moved",
    )

    class Meta:
        model = PatchSuccession
        form = FilterForm
        fields: list[str] = []

    def with_code(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        text = value.strip()
        return rows.filter(
            Q(from_patch__code__icontains=text) | Q(to_patch__code__icontains=text)
        )

    def that_moved(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        stayed = Q(from_patch=F("to_patch"))
        if value == "no":
            return rows.filter(stayed)
        return rows.filter(
            ~stayed | Q(from_patch__isnull=True) | Q(to_patch__isnull=True)
        )
