"""Forms of designs: which wards, and what is to be drawn."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q

from housingplus.common.dates import today
from housingplus.govuk.forms import GovukDateField, GovukForm
from patches.design.models import AssumptionSet, BarrierSet, DesignSizing, PatchDesign
from patches.wards.models import Ward

NEED_A_NUMBER = {
    DesignSizing.PATCHES: "Enter the number of patches",
    DesignSizing.OFFICERS: "Enter how many officers there are",
    DesignSizing.HOURS: "Enter how many hours a month each patch is to have",
}
STRENGTHS = [
    (Decimal("1.00"), "1: the full expected work"),
    (Decimal("0.75"), "0.75: mostly the work"),
    (Decimal("0.50"), "0.5: half the work, half the doors"),
    (Decimal("0.25"), "0.25: mostly the doors"),
    (Decimal("0.00"), "0: count doors only"),
]
WEIGHTS = [
    (0, "0: does not matter"),
    *((number, str(number)) for number in range(1, 5)),
    (5, "5: matters"),
    *((number, str(number)) for number in range(6, 10)),
    (10, "10: matters most"),
]


@dataclass(frozen=True)
class Scope:
    """What wards can be chosen by: the question, choices, and the wards of each."""

    kind: str
    question: str
    missing: str
    choices: Sequence[tuple[str, str]]
    wards_of: Mapping[str, Sequence[int]]


class ScopeForm(GovukForm):
    """How to say which wards: the first question of a design."""

    choice_hints = {
        "kind": {
            "all": "Every ward of the service",
            "teams": "All wards of one ward team or several",
            "areas": "All wards of one housing area or several",
            "wards": "Wards one by one",
        }
    }

    kind = forms.ChoiceField(
        label="Which homes are to be drawn?",
        choices=[
            ("all", "All homes"),
            ("teams", "Ward teams"),
            ("areas", "Housing areas"),
            ("wards", "Wards"),
        ],
        widget=forms.RadioSelect,
    )


class DesignForm(GovukForm):
    """A design: why, where, by which assumptions, how many patches, what matters."""

    widths = {
        "name": "two-thirds",
        "sizing_value": "5",
        "tolerance": "4",
        "review_tolerance": "4",
        "seed": "5",
    }
    suffixes = {"tolerance": "%", "review_tolerance": "%"}
    choice_hints = {
        "sizing": {
            DesignSizing.BAND: (
                "As many as give each patch the work of 280 to 300 average homes, or "
                "of the band of the assumption set you choose"
            ),
            DesignSizing.PRESENT: "Each ward team keeps as many patches as it has",
            DesignSizing.PATCHES: "Shared among the ward teams by their work",
            DesignSizing.OFFICERS: "A patch for each whole officer",
            DesignSizing.HOURS: "As many as give each patch about these hours",
        }
    }

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        max_length=80, help_text="To find it again. For example, Patches from April."
    )
    reason = forms.CharField(
        label="Why is it needed?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="A sentence or two. It is printed on the summary for members.",
    )
    scope = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    homes_on = GovukDateField(
        label="Draw the homes as of",
        help_text="Homes under management on this day are drawn. For example, 27 3 "
        "2026",
    )
    assumptions = forms.ModelChoiceField(
        AssumptionSet.objects.none(),
        label="Assumption set",
        help_text="Says what work each home is expected to need.",
        error_messages={"required": "Select the assumption set"},
    )
    barriers = forms.ModelChoiceField(
        BarrierSet.objects.none(),
        required=False,
        empty_label="None",
        help_text="Rivers, railways and main roads no patch should cross.",
    )
    sizing = forms.ChoiceField(
        label="How many patches?",
        choices=DesignSizing.choices,
        widget=forms.RadioSelect,
        initial=DesignSizing.BAND,
    )
    sizing_value = forms.DecimalField(
        label="Number of patches, officers or hours",
        required=False,
        max_digits=8,
        decimal_places=2,
        min_value=Decimal("0.01"),
        help_text="Only for the last three answers.",
    )
    weight_strength = forms.TypedChoiceField(
        label="How much does the work of a home count?",
        coerce=Decimal,
        choices=STRENGTHS,
        initial=Decimal("1.00"),
        help_text=(
            "At 1 officers get equal work, and patches of quiet homes are larger than "
            "others. At 0 patches get equal numbers of homes, and officers unequal "
            "work."
        ),
    )
    balance_weight = forms.TypedChoiceField(
        label="Equal work for every officer",
        coerce=int,
        choices=WEIGHTS,
        initial=5,
    )
    compactness_weight = forms.TypedChoiceField(
        label="Short distances inside each patch",
        coerce=int,
        choices=WEIGHTS,
        initial=5,
    )
    continuity_weight = forms.TypedChoiceField(
        label="Households keeping their officer",
        coerce=int,
        choices=WEIGHTS,
        initial=5,
    )
    tolerance = forms.DecimalField(
        label="Best balance: how far may a patch be from the mean?",
        max_digits=4,
        decimal_places=1,
        initial=Decimal("2.0"),
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(20)],
        help_text="From 0.5 to 20. The mean is that of the ward team’s area.",
    )
    review_tolerance = forms.DecimalField(
        label="Fewest households moved, and most compact: how far may it be?",
        max_digits=4,
        decimal_places=1,
        initial=Decimal("5.0"),
        validators=[MinValueValidator(Decimal("0.5")), MaxValueValidator(20)],
        help_text="From 0.5 to 20. A looser limit leaves more homes where they are.",
    )
    seed = forms.IntegerField(
        min_value=0,
        max_value=2_000_000_000,
        initial=1,
        help_text="The same number and wishes give the same map; another number, "
        "another map about as good.",
    )

    def __init__(
        self,
        *args: Any,
        scope: Scope,
        design: PatchDesign | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["token"].initial = uuid.uuid4()
        self.fields["homes_on"].initial = today()
        # What a design has stays a choice when it has been archived since.
        kept = Q(designs=design) if design else Q(pk__in=())
        for name, model in (("assumptions", AssumptionSet), ("barriers", BarrierSet)):
            rows = model.objects.filter(Q(is_archived=False) | kept).distinct()
            self.fields[name].queryset = rows
        self._set_scope(scope)
        self._keep_strength(design)

    def _set_scope(self, scope: Scope) -> None:
        if scope.kind == "all":
            del self.fields["scope"]
            return
        field = self.fields["scope"]
        field.choices = list(scope.choices)
        field.label = scope.question
        field.error_messages["required"] = scope.missing

    def _keep_strength(self, design: PatchDesign | None) -> None:
        """Offer a design's own strength, if it is none of the usual ones."""
        strengths = list(STRENGTHS)
        if design and design.weight_strength not in dict(strengths):
            own = design.weight_strength
            strengths.append((own, f"{own.normalize()}: as it is"))
        self.fields["weight_strength"].choices = strengths

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        sizing, value = cleaned.get("sizing"), cleaned.get("sizing_value")
        if sizing in NEED_A_NUMBER:
            if value is None and "sizing_value" not in self.errors:
                self.add_error("sizing_value", NEED_A_NUMBER[sizing])
            if sizing == DesignSizing.PATCHES and value and value % 1:
                self.add_error("sizing_value", "Enter a whole number of patches")
        else:
            cleaned["sizing_value"] = None
        chosen = cleaned.pop("scope", None)
        if self.scope.kind == "all":
            chosen = [key for key, _ in self.scope.choices]
        if chosen is not None:
            wards = {pk for key in chosen for pk in self.scope.wards_of[key]}
            cleaned["wards"] = list(Ward.objects.filter(pk__in=wards))
        return cleaned


class CopyForm(GovukForm):
    """The name of a copy."""

    widths = {"name": "two-thirds"}

    token = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(label="Name of the copy", max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid.uuid4()


class DrawAgainForm(GovukForm):
    """Whether work done by hand may go."""

    give_up_hand_work = forms.BooleanField(
        label="Yes, the alternatives adjusted by hand may go",
        required=False,
    )
