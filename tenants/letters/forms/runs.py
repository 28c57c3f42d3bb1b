"""Forms of letter templates and runs."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from housingplus.common.dates import today
from housingplus.govuk.forms import GovukDateField, GovukForm, SeveralRowsField
from tenants.letters.errors import MoveRefused
from tenants.letters.letter_dates import check_dated
from tenants.letters.models import (
    EmailLetters,
    LetterTemplate,
    PackSplit,
    Postage,
    ScopeKind,
    WayOut,
)
from tenants.letters.selectors.scope import scope_choices
from tenants.letters.services import notify
from tenants.letters.typesetting import ENVELOPES

if TYPE_CHECKING:
    from officers.accounts.models import User
    from tenants.letters.models import LetterRun

SCOPE_LABELS = {
    ScopeKind.PATCHES: "Which patches?",
    ScopeKind.WARDS: "Which wards?",
    ScopeKind.AREA: "Which housing areas?",
    ScopeKind.TARA: "Which TARAs?",
}
SCOPE_ERRORS = {
    ScopeKind.PATCHES: "Select at least one patch",
    ScopeKind.WARDS: "Select at least one ward",
    ScopeKind.AREA: "Select at least one housing area",
    ScopeKind.TARA: "Select at least one TARA",
}


def _reason(question: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=question, max_length=300, error_messages={"required": missing}
    )


class ScopeKindForm(GovukForm):
    """What the letters are about: the first question of a run."""

    choice_hints = {
        "kind": {
            ScopeKind.PATCHES: "Homes in one patch or several",
            ScopeKind.WARDS: "Homes in a ward, whatever their patch",
            ScopeKind.AREA: "Homes in all wards of an area",
            ScopeKind.TARA: "Homes a tenants' and residents' association speaks for",
            ScopeKind.ALL: "Every home under management",
        }
    }

    kind = forms.ChoiceField(
        label="Who do you want to write to?",
        widget=forms.RadioSelect,
        error_messages={"required": "Select who you want to write to"},
    )

    def __init__(self, *args: Any, kinds: list[ScopeKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]


class RunForm(GovukForm):
    """A run: wording, homes, date and envelope."""

    widths = {"title": "two-thirds"}
    choice_hints = {
        "envelope": {
            "c5": "Window envelope, A4 folded once; as GOV.UK Notify prints",
            "dl": "Window envelope, A4 folded in three",
        },
        "way_out": {
            WayOut.PRINT: "Packs to print, fold and post here",
            WayOut.MAIL_HOUSE: "PDFs by number of sheets with an index, check sums "
            "and instructions, in one ZIP",
            WayOut.NOTIFY: "You send them after the letters are produced",
        },
        "split": {
            PackSplit.SIZE: "Up to 1,000 pages in a pack, in postcode order throughout",
            PackSplit.WARD: "A pack for each ward, in postcode order inside it",
            PackSplit.PATCH: "A pack for each patch, in postcode order inside it",
            PackSplit.SHEETS: "Letters of one sheet, of two and so on apart, for "
            "folding and inserting machines",
        },
        "email_letters": {
            EmailLetters.SEND: "You send the e-mails after the letters are produced",
            EmailLetters.PRINT: "To their homes, in ordinary print",
        },
    }

    token = forms.UUIDField(widget=forms.HiddenInput)
    template = forms.ModelChoiceField(
        LetterTemplate.objects.none(),
        empty_label="Choose a template",
        error_messages={"required": "Select a template"},
    )
    scope = SeveralRowsField(
        LetterTemplate.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    changed_since = GovukDateField(
        label="Only homes whose officer changed since",
        required=False,
        help_text="Leave empty to write to all of them. For example, 27 3 2026",
    )
    dated = GovukDateField(
        label="Date on the letters",
        help_text="Who answers, and who lives there, are taken from this day.",
    )
    title = forms.CharField(
        label="Name of this run",
        max_length=120,
        required=False,
        help_text="To find it again. Left empty, it is named after the template.",
    )
    envelope = forms.ChoiceField(
        choices=[(profile.key, profile.key.upper()) for profile in ENVELOPES.values()],
        widget=forms.RadioSelect,
        initial="c5",
    )
    is_double_sided = forms.BooleanField(
        label="The letters will be printed on both sides",
        required=False,
        initial=True,
        help_text="Every letter then begins on a sheet of its own.",
    )
    is_bilingual = forms.BooleanField(
        label="Print the English after a translated letter",
        required=False,
        help_text="For people who share a letter with somebody who reads English.",
    )
    split = forms.ChoiceField(
        label="Split the letters into packs",
        choices=PackSplit.choices,
        widget=forms.RadioSelect,
        initial=PackSplit.SIZE,
    )
    has_code = forms.BooleanField(
        label="Print a code for scanning returned letters",
        required=False,
        initial=True,
        help_text="A small square at the foot of the first page. A hand scanner types "
        "the reference when a letter comes back.",
    )
    has_fold_marks = forms.BooleanField(
        label="Print fold marks",
        required=False,
        help_text="For folding by hand. GOV.UK Notify and some mail houses refuse "
        "letters with them.",
    )

    way_out = forms.ChoiceField(
        label="Letters by post",
        choices=WayOut.choices,
        widget=forms.RadioSelect,
        initial=WayOut.PRINT,
    )
    postage = forms.ChoiceField(
        choices=Postage.choices,
        initial=Postage.SECOND,
        help_text="What a mail house is asked for.",
    )
    email_letters = forms.ChoiceField(
        label="Households that want e-mail instead of letters",
        choices=EmailLetters.choices,
        widget=forms.RadioSelect,
        initial=EmailLetters.SEND,
    )

    def __init__(self, *args: Any, user: User, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["token"].initial = uuid.uuid4()
        self.fields["dated"].initial = today()
        self.fields["template"].queryset = LetterTemplate.objects.filter(
            is_archived=False
        )
        if not notify.is_configured() and self.initial.get("way_out") != WayOut.NOTIFY:
            self.fields["way_out"].choices = [
                (way.value, way.label) for way in (WayOut.PRINT, WayOut.MAIL_HOUSE)
            ]
        if kind == ScopeKind.ALL:
            del self.fields["scope"]
        else:
            scope = self.fields["scope"]
            scope.queryset = scope_choices(user, kind)
            scope.label = SCOPE_LABELS[ScopeKind(kind)]
            scope.error_messages["required"] = SCOPE_ERRORS[ScopeKind(kind)]

    def clean_dated(self) -> dt.date:
        dated: dt.date = self.cleaned_data["dated"]
        try:
            check_dated(dated)
        except MoveRefused as refusal:
            raise ValidationError(refusal.message) from refusal
        return dated

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        dated, since = cleaned.get("dated"), cleaned.get("changed_since")
        if dated and since and since >= dated:
            self.add_error(
                "changed_since",
                ValidationError("This day must be before the date on the letters"),
            )
        if cleaned.get("way_out") == WayOut.NOTIFY:
            if cleaned.get("envelope") != "c5":
                self.add_error("envelope", "GOV.UK Notify uses C5 envelopes")
            if cleaned.get("has_fold_marks"):
                self.add_error(
                    "has_fold_marks", "GOV.UK Notify refuses letters with fold marks"
                )
        return cleaned


class RunEditForm(RunForm):
    """What can be changed of a run before it is approved; its homes stay."""

    def __init__(self, *args: Any, user: User, run: LetterRun, **kwargs: Any) -> None:
        template = run.template_version.template
        initial = {
            "template": template,
            **{
                name: getattr(run, name)
                for name in (
                    "dated",
                    "title",
                    "envelope",
                    "is_double_sided",
                    "is_bilingual",
                    "split",
                    "way_out",
                    "postage",
                    "email_letters",
                    "has_code",
                    "has_fold_marks",
                )
            },
        }
        kwargs.setdefault("initial", initial)
        super().__init__(*args, user=user, kind=ScopeKind.ALL, **kwargs)
        for name in set(self.fields) - set(initial):
            del self.fields[name]
        self.fields["dated"].initial = run.dated
        self.fields["title"].required = True
        self.fields["title"].help_text = "To find it again."
        self.fields["title"].error_messages["required"] = "Enter a name for this run"
        self.fields["template"].help_text = "Its newest wording is used."
        self.fields["template"].queryset |= LetterTemplate.objects.filter(
            pk=template.pk
        )


class LeaveOutForm(GovukForm):
    """Why a home of a run needs no letter."""

    reason = forms.CharField(
        label="Why does this home need no letter?",
        max_length=300,
        error_messages={"required": "Enter why this home needs no letter"},
    )


class DayForm(GovukForm):
    """The day a page is asked for."""

    mark_optional = False

    on = GovukDateField(label="As at", required=False)


class DismissForm(GovukForm):
    """Why letters that are due are not needed."""

    reason = _reason("Why is no letter needed?", "Enter why no letter is needed")


class CancelForm(GovukForm):
    """Why a run is cancelled."""

    reason = _reason("Why are you cancelling it?", "Enter why you are cancelling it")


class GiveUpForm(GovukForm):
    """Why letters that could not be sent are given up."""

    reason = _reason("Why are you giving them up?", "Enter why you are giving them up")


class PostedForm(GovukForm):
    """When the letters were handed to the post."""

    posted_on = GovukDateField(
        label="When were they posted?",
        error_messages={"required": "Enter the day they were posted"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posted_on"].initial = today()


class ScheduleForm(GovukForm):
    """When an approved run is to be produced."""

    widths = {"scheduled_time": "one-quarter"}

    scheduled_on = GovukDateField(
        label="On which day?",
        error_messages={"required": "Enter the day on which they are produced"},
    )
    scheduled_time = forms.TimeField(
        label="From what time?",
        input_formats=["%H:%M", "%H.%M", "%I:%M%p", "%I.%M%p", "%I%p"],
        help_text="On the 24-hour clock. For example, 6:30 or 18:00",
        error_messages={
            "required": "Enter the time from which they are produced",
            "invalid": "Enter a time on the 24-hour clock, such as 6:30",
        },
    )

    def __init__(self, *args: Any, run: LetterRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at = run.scheduled_for and timezone.localtime(run.scheduled_for)
        self.fields["scheduled_on"].initial = (
            at.date() if at else max(run.dated, today() + dt.timedelta(days=1))
        )
        self.fields["scheduled_time"].initial = f"{at:%H:%M}" if at else "06:00"

    def at(self) -> dt.datetime:
        """Return the moment both answers mean, here."""
        given = self.cleaned_data
        return timezone.make_aware(
            dt.datetime.combine(given["scheduled_on"], given["scheduled_time"])
        )
