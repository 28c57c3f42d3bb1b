"""Words for the pages of letters."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet

from housingplus.common.counting import plural
from housingplus.common.dates import long_date
from patches.properties.models import Property
from patches.wards.models import Ward

from .models import (
    DeliveryStatus,
    DueCause,
    LetterPack,
    LetterRun,
    LetterTemplate,
    ReturnedLetter,
    ReturnOutcome,
    RunStatus,
    ScopeKind,
)
from .reasons import reason_label
from .selectors.coverage import CoverageCounts, DueWard
from .selectors.standing import Coverage, state_and_reason

COVERAGE_COLOURS = {
    Coverage.TOLD: "green",
    Coverage.DUE: "yellow",
    Coverage.EXCEPTION: "orange",
}

_OUTCOME_TAGS = {
    ReturnOutcome.WRITE_AGAIN: "Write again",
    ReturnOutcome.TOLD_OTHERWISE: "Told in another way",
    ReturnOutcome.NOBODY_THERE: "Household to be changed",
    ReturnOutcome.COPY_CORRECTED: "Address put right",
    ReturnOutcome.NO_MORE_COPIES: "No more copies",
}
_OUTCOME_COLOURS = {
    ReturnOutcome.WRITE_AGAIN: "yellow",
    ReturnOutcome.TOLD_OTHERWISE: "green",
    ReturnOutcome.NOBODY_THERE: "grey",
    ReturnOutcome.COPY_CORRECTED: "green",
    ReturnOutcome.NO_MORE_COPIES: "grey",
}

RUN_HEADINGS = {
    ScopeKind.PATCHES: "Letters to patches",
    ScopeKind.WARDS: "Letters to wards",
    ScopeKind.AREA: "Letters to a housing area",
    ScopeKind.TARA: "Letters to a TARA's area",
    ScopeKind.ALL: "Letters to all homes",
}

TAG_COLOURS = {
    RunStatus.COMPOSING: "turquoise",
    RunStatus.COMPOSED: "yellow",
    RunStatus.APPROVED: "blue",
    RunStatus.PRODUCING: "turquoise",
    RunStatus.PAUSED: "yellow",
    RunStatus.PRODUCED: "purple",
    RunStatus.POSTED: "green",
    RunStatus.CANCELLED: "grey",
    RunStatus.FAILED: "red",
}


DELIVERY_COLOURS = {
    DeliveryStatus.WAITING: "grey",
    DeliveryStatus.SENDING: "turquoise",
    DeliveryStatus.ACCEPTED: "blue",
    DeliveryStatus.DELIVERED: "green",
    DeliveryStatus.FAILED: "red",
    DeliveryStatus.UNKNOWN: "orange",
}


def tag_colour(status: str) -> str:
    """Return the colour of a run's status."""
    return TAG_COLOURS[RunStatus(status)]


def events_as_timeline(run: LetterRun) -> list[dict[str, Any]]:
    """Return what happened to a run, newest first; one query."""
    events = run.events.select_related("by").order_by("-at", "-pk")
    return [
        {
            "at": event.at,
            "title": RunStatus(event.to_status).label,
            "by": event.by,
            "text": event.note,
        }
        for event in events
    ]


def default_title(template: LetterTemplate, names: list[str]) -> str:
    """Return a run's name made from what it is: the template and the homes."""
    about = ", ".join(names[:3]) + (
        f" and {len(names) - 3} more" if len(names) > 3 else ""
    )
    return f"{template.name}: {about}"[:120]


def scope_sentence(run: LetterRun, names: list[str]) -> str:
    """Return which homes a run is about, for its page."""
    text = ", ".join(names) if len(names) <= 12 else f"{len(names)} {run.scope_kind}"
    if run.only_due:
        text += ", where a letter was due"
    if run.changed_since:
        text += f", where the officer changed since {long_date(run.changed_since)}"
    return text


def pack_rows(
    packs: Iterable[LetterPack], sheets: Mapping[int, list[tuple[int, int]]]
) -> list[tuple[LetterPack, str]]:
    """Return packs, each with how many sheets its letters have."""
    return [(pack, _sheets_said(sheets.get(pack.pk, []))) for pack in packs]


def _sheets_said(counts: list[tuple[int, int]]) -> str:
    if len(counts) == 1:
        return str(counts[0][0])
    return ", ".join(f"{sheets} in {letters_said(total)}" for sheets, total in counts)


def coverage_lines(
    lines: list[tuple[Ward, CoverageCounts]], reasons: list[tuple[str, str]]
) -> list[dict[str, Any]]:
    """Return the table of coverage by ward: a cell for each reason met anywhere."""
    return [
        {
            "ward": ward,
            "counts": counts,
            "reasons": [
                (reason, label, counts.exceptions.get(reason, 0))
                for reason, label in reasons
            ],
        }
        for ward, counts in lines
    ]


def coverage_homes(
    homes: Iterable[Property], day: dt.date, *, names_marks: bool
) -> list[dict[str, Any]]:
    """Return where each home stands in words, for the list."""
    lines = []
    for home in homes:
        state, reason = state_and_reason(home.stands)
        lines.append(
            {
                "home": home,
                "state": state.label,
                "colour": COVERAGE_COLOURS[state],
                "why": _why(home, reason, names_marks=names_marks),
                "since": home.since if home.patch_on_day else None,
                "due_since": home.due_since,
                "days": (day - home.due_since).days,
            }
        )
    return lines


def coverage_rows(
    homes: QuerySet[Property], day: dt.date, *, names_marks: bool
) -> Iterator[list[Any]]:
    """Yield the lines of the list of homes as CSV."""
    for home in homes.iterator(chunk_size=2_000):
        state, reason = state_and_reason(home.stands)
        yield [
            home.uprn or "",
            home.reference,
            home.one_line,
            home.ward.name,
            home.patch_code or "",
            state.label,
            _why(home, reason, names_marks=names_marks),
            home.since if home.patch_on_day else "",
            (day - home.due_since).days if home.patch_on_day else "",
        ]


def _why(home: Property, reason: str, *, names_marks: bool) -> str:
    if home.stands == Coverage.DUE:
        return str(DueCause(home.cause).label)
    return reason_label(reason, names_marks=names_marks)


def due_lines(
    wards: Mapping[int, Ward],
    found: Mapping[int, DueWard],
    prepared: Mapping[int, LetterRun],
    day: dt.date,
) -> list[dict[str, Any]]:
    """Return the wards with letters due or being prepared, the longest due first."""
    lines = [
        {
            "ward": ward,
            "due": found.get(pk),
            "run": prepared.get(pk),
            "causes": [
                (cause, DueCause(cause).label, count)
                for cause, count in sorted(found[pk].causes.items())
            ]
            if pk in found
            else [],
            "days": (day - found[pk].since).days if pk in found else 0,
            "may_prepare": pk in found
            and found[pk].to_prepare > 0
            and (pk not in prepared or prepared[pk].approved_at is not None),
        }
        for pk, ward in wards.items()
        if pk in found or pk in prepared
    ]
    return sorted(lines, key=lambda line: (-line["days"], line["ward"].name))


def came_back_tag(returned: ReturnedLetter) -> tuple[str, str]:
    """Return where a letter that came back stands, as a tag and its colour."""
    if not returned.is_checked:
        return "To check", "orange"
    outcome = ReturnOutcome(returned.outcome)
    return str(_OUTCOME_TAGS[outcome]), _OUTCOME_COLOURS[outcome]


def letters_said(count: int) -> str:
    """Return how many letters in words; nothing when there are none."""
    return plural(count, "letter") if count else ""


def return_rows(returns: QuerySet[ReturnedLetter]) -> Iterator[list[Any]]:
    """Yield the lines of the list of letters that came back as CSV."""
    for row in returns.iterator(chunk_size=500):
        home = row.letter.home.property
        yield [
            row.letter.reference,
            row.letter.addressee,
            "Yes" if row.letter.is_copy else "No",
            home.one_line,
            home.ward.name,
            row.letter.patch.code,
            row.letter.run.posted_on,
            row.came_back_on,
            row.get_reason_display(),
            row.get_outcome_display() or "To check",
            row.checked_on or "",
            row.note,
        ]


def send_button(run: LetterRun, to_send: int) -> tuple[str, str]:
    """What the button to send letters says, and its kind.

    It stands out only where most letters of the run wait to be sent: else the packs to
    print are what the page is for.
    """
    kind = "" if to_send * 2 >= run.letter_count else "secondary"
    return f"Send {plural(to_send, 'letter')}", kind
