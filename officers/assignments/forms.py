"""What is asked when somebody is to answer for patches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms

from housingplus.common.dates import long_date, today
from housingplus.common.refusals import add_refusal
from housingplus.govuk.forms import AutocompleteSelect, GovukForm
from officers.directory.models import Officer
from patches.register.models import Patch

from .errors import LaterLeadPlanned
from .presenters import load_words, officer_option
from .selectors import Answer
from .services import Planned

OTHER = "other"
# More people than this are one searchable list instead.
MOST_RADIOS = 15
TEAM = "team"
REASON_HELP = "Shown in the patch’s history. Do not name residents."


class OfficerChoiceForm(GovukForm):
    """Choose an officer: own team as radios, everybody else in one searchable list."""

    team_option = ""
    mark_optional = False

    officer = forms.ChoiceField(
        label="Who",
        widget=forms.RadioSelect,
        error_messages={"required": "Select an officer"},
    )
    other_officer = forms.ChoiceField(
        label="Somebody else",
        required=False,
        widget=AutocompleteSelect,
        help_text="Only if you chose “Somebody from another team”. "
        "Start typing a name.",
    )

    def __init__(
        self, *args: Any, candidates: Iterable[Officer], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(officer.pk): officer for officer in candidates}
        own = [person for person in self.people.values() if person.is_own_team]
        if len(own) > MOST_RADIOS:
            own = []
        others = [person for person in self.people.values() if person not in own]
        choices = [(str(person.pk), person.name) for person in own]
        hints = {
            str(person.pk): f"{person.job_title}: {load_words(person)}"
            for person in own
        }
        if self.team_option:
            choices.append((TEAM, self.team_option))
        if others:
            label = "Somebody from another team" if own else "An officer"
            choices.append((OTHER, label))
        self.fields["officer"].choices = choices
        self.choice_hints = {"officer": hints}
        self.fields["other_officer"].choices = [
            ("", ""),
            *((str(person.pk), officer_option(person)) for person in others),
        ]
        if not own:
            self.fields["officer"].initial = OTHER
            self.fields["other_officer"].label = "Officer"
            self.fields["other_officer"].help_text = "Start typing a name."
        if not others:
            del self.fields["other_officer"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = cleaned.get("officer")
        if chosen == OTHER:
            chosen = cleaned.get("other_officer")
            if not chosen and "other_officer" not in self.errors:
                self.add_error("other_officer", "Select an officer")
        cleaned["is_team"] = chosen == TEAM
        cleaned["officer"] = self.people.get(chosen or "")
        return cleaned


class PlannedMixin(forms.Form):
    """Asks what becomes of a later lead, once there is one on the chosen day."""

    planned = forms.ChoiceField(
        label="What about the lead already planned?",
        required=False,
        widget=forms.RadioSelect,
        choices=[
            (Planned.KEEP, "Keep it: the new lead ends the day before"),
            (Planned.CANCEL, "Cancel it: the new lead runs on"),
        ],
    )
    asks_planned = False

    def ask_planned(self, refusal: LaterLeadPlanned) -> None:
        """Offer what can become of the leads that stand in the way."""
        starts_on = self.cleaned_data["starts_on"]
        same_day = [row for row in refusal.planned if row.starts_on == starts_on]
        later = [row for row in refusal.planned if row.starts_on > starts_on]
        if same_day and not later:
            choices = [(Planned.CANCEL, "Replace it with the new lead")]
        elif same_day:
            choices = [
                (Planned.KEEP, "Replace the one of that day, keep the later one"),
                (Planned.CANCEL, "Cancel them all: the new lead runs on"),
            ]
        else:
            choices = self.fields["planned"].choices
        self.fields["planned"].choices = choices
        self.asks_planned = True
        add_refusal(self, refusal)

    def clean_planned(self) -> Planned:
        return Planned(self.cleaned_data.get("planned") or Planned.ASK)


class LeadForm(PlannedMixin, OfficerChoiceForm):
    """A new lead for one patch."""

    field_order = ["officer", "other_officer", "starts_on", "reason", "planned"]
    starts_on = forms.DateField(
        label="From which day?",
        help_text="Today or a later day; the present lead ends the day before. "
        "It takes effect by itself.",
        initial=today,
        error_messages={"required": "Enter the day the new lead begins"},
    )
    reason = forms.CharField(
        label="Reason",
        max_length=300,
        help_text=REASON_HELP,
        error_messages={"required": "Enter why the lead changes"},
    )


class VacancyForm(PlannedMixin, GovukForm):
    """From when the ward team answers."""

    field_order = ["starts_on", "reason", "planned"]
    starts_on = forms.DateField(
        label="From which day does the team answer?",
        initial=today,
        error_messages={"required": "Enter the day the team begins to answer"},
    )
    reason = forms.CharField(
        label="Reason",
        max_length=300,
        help_text=REASON_HELP,
        error_messages={"required": "Enter why nobody leads"},
    )


class PatchesField(forms.MultipleChoiceField):
    """Tick patches; each says who answers for it now."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, patches: Iterable[Patch], answers: dict[int, Answer]) -> None:
        self.patches = {str(patch.pk): patch for patch in patches}
        self.choices = [
            (
                value,
                f"{patch} ({patch.ward.name}): {answers[patch.pk].name}, "
                f"{patch.home_count:,} homes",
            )
            for value, patch in self.patches.items()
        ]

    def clean(self, value: Any) -> list[Patch]:
        return [self.patches[chosen] for chosen in super().clean(value)]


class SeveralPatchesForm(OfficerChoiceForm):
    """An officer for several patches."""

    patches = PatchesField(
        label="Patches", error_messages={"required": "Select at least one patch"}
    )

    def __init__(
        self,
        *args: Any,
        patches: Iterable[Patch],
        answers: dict[int, Answer],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["patches"].offer(patches, answers)


class CoverForm(SeveralPatchesForm):
    """Who stands in for some patches, and when."""

    team_option = "The ward team"
    field_order = [
        "patches",
        "officer",
        "other_officer",
        "starts_on",
        "ends_on",
        "reason",
    ]
    starts_on = forms.DateField(
        label="First day of cover",
        initial=today,
        error_messages={"required": "Enter the first day of cover"},
    )
    ends_on = forms.DateField(
        label="Last day of cover",
        help_text="The lead answers again from the next day, without anybody "
        "doing anything.",
        error_messages={"required": "Enter the last day of cover"},
    )
    reason = forms.CharField(
        label="Reason",
        max_length=300,
        help_text="For example annual leave. Do not give medical details.",
        error_messages={"required": "Enter why cover is needed"},
    )


class BulkForm(PlannedMixin, SeveralPatchesForm):
    """A new lead for several patches."""

    field_order = [
        "patches",
        "officer",
        "other_officer",
        "starts_on",
        "reason",
        "planned",
    ]
    starts_on = forms.DateField(
        label="From which day?",
        initial=today,
        error_messages={"required": "Enter the day the new lead begins"},
    )
    reason = forms.CharField(
        label="Reason",
        max_length=300,
        help_text=REASON_HELP,
        error_messages={"required": "Enter why the lead changes"},
    )


class OnDayForm(GovukForm):
    """A day to look at."""

    mark_optional = False
    on = forms.DateField(
        label="Who answered on another day?",
        required=False,
        help_text="For example, 3 3 2025",
    )


class EndCoverForm(GovukForm):
    """The new last day of cover."""

    ends_on = forms.DateField(
        label="New last day of cover",
        error_messages={"required": "Enter the new last day of cover"},
    )

    def __init__(self, *args: Any, until: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].help_text = f"It is to end on {long_date(until)}."
