"""What happened to a home and to the people in it, as one timeline, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from housingplus.audit.models import AuditEvent
from housingplus.audit.selectors import list_events_about
from housingplus.common.dates import long_date
from officers.assignments.models import Assignment, AssignmentKind
from patches.properties.models import Property
from patches.register.models import PatchMembership
from tenants.tenancies.models import Tenancy

from .languages import language_name
from .models import CommunicationNeeds, Household, LetterFormat
from .selectors import list_changes_of, list_letters_of

if TYPE_CHECKING:
    from officers.accounts.models import User
    from tenants.letters.models import Letter

# Shown by the rows they made: beginnings and ends have their own lines.
_TOLD_BY_ROWS = frozenset(
    {
        "household.started",
        "household.ended",
        "tenancy.started",
        "tenancy.ended",
        "property.moved",
    }
)
_TITLES = {
    "property.imported": "Home imported",
    "property.import_changed": "Home changed by an import",
    "property.management_ended": "Management ended",
    "household.imported": "Household imported",
    "household.import_changed": "Household changed by an import",
    "household.needs_changed": "Communication needs changed",
    "household.address_changed": "Correspondence address changed",
    "household.do_not_write_set": "Marked do not write",
    "household.do_not_write_lifted": "May be written to again",
    "household.safe_contact_set": "Marked safe contact only",
    "household.safe_contact_lifted": "No longer safe contact only",
    "household.member_added": "Somebody joined the household",
    "household.member_left": "Somebody left the household",
}
_LABELS = {
    field.name: str(field.verbose_name).capitalize()
    for model in (CommunicationNeeds, Household, Property)
    for field in model._meta.fields
} | {"do_not_write_reason": "Reason", "why_now": "Why now"}
_REASONS = frozenset({"do_not_write_reason", "safe_contact_how", "why_now"})
_UNTOLD = frozenset(
    {
        "do_not_write",
        "do_not_write_by",
        "person",
        "safe_contact_by",
        "safe_contact_on",
        "safe_contact_only",
    }
)


@dataclass(frozen=True)
class Entry:
    """One line of a timeline: on a day, or at a moment, with who did it."""

    title: str
    on: dt.date | None = None
    at: dt.datetime | None = None
    by: str = ""
    text: str = ""
    url: str = ""
    has_reason: bool = False

    @property
    def day(self) -> dt.date:
        if self.at is not None:
            return timezone.localtime(self.at).date()
        return self.on or dt.date.min

    @property
    def sort_key(self) -> tuple[dt.date, float]:
        return self.day, self.at.timestamp() if self.at else 0.0


def history_of_home(home: Property, user: User) -> list[Entry]:
    """Return what happened to a home; of its people only what the person may see."""
    memberships = list(
        PatchMembership.objects.filter(property=home).select_related("patch")
    )
    households = Household.objects.visible_to(user).filter(property=home)
    events = list_events_about(home).exclude(verb__in=_TOLD_BY_ROWS)
    return _newest_first(
        [
            *_patch_entries(memberships),
            *_officer_entries(memberships),
            *(
                entry
                for household in households
                for entry in _household_entries(household)
            ),
            *(_event_entry(event) for event in events),
        ]
    )


def history_of_household(household: Household, user: User) -> list[Entry]:
    """Return what happened to a household while it lived in its home."""
    memberships = _clipped(
        PatchMembership.objects.filter(property=household.property_id)
        .overlapping(household.starts_on, household.ends_on)
        .select_related("patch"),
        household.starts_on,
        household.ends_on,
    )
    tenancies = Tenancy.objects.filter(household=household).select_related("landlord")
    events = [
        event for event in list_changes_of(household) if event.verb not in _TOLD_BY_ROWS
    ]
    return _newest_first(
        [
            *_household_entries(household),
            *(entry for row in tenancies for entry in _tenancy_entries(row)),
            *_patch_entries(memberships),
            *_officer_entries(memberships),
            *_letter_entries(household, user),
            *(_event_entry(event) for event in events),
        ]
    )


def _newest_first(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.sort_key, reverse=True)


def _clipped(
    rows: Iterable[Any], starts_on: dt.date, ends_on: dt.date | None
) -> list[Any]:
    """Return dated rows cut to a period; they are for showing, never saved."""
    clipped = []
    for row in rows:
        row.starts_on = max(row.starts_on, starts_on)
        ends = [day for day in (row.ends_on, ends_on) if day is not None]
        row.ends_on = min(ends) if ends else None
        clipped.append(row)
    return clipped


def _patch_entries(memberships: Sequence[PatchMembership]) -> list[Entry]:
    entries = [
        Entry(
            title=f"In patch {row.patch}",
            on=row.starts_on,
            text=row.reason,
            url=row.patch.get_absolute_url(),
        )
        for row in memberships
    ]
    begun = {row.starts_on for row in memberships}
    for row in memberships:
        if row.ends_on and row.ends_on + dt.timedelta(days=1) not in begun:
            left = f"Last day in patch {row.patch}"
            entries.append(Entry(title=left, on=row.ends_on))
    return entries


def _officer_entries(memberships: Sequence[PatchMembership]) -> list[Entry]:
    assignments: dict[int, list[Assignment]] = {}
    for row in Assignment.objects.filter(
        patch__in={membership.patch_id for membership in memberships}
    ).select_related("officer", "team"):
        assignments.setdefault(row.patch_id, []).append(row)
    entries = []
    for membership in memberships:
        for row in assignments.get(membership.patch_id, []):
            starts_on = max(row.starts_on, membership.starts_on)
            ends_on = row.ends_on or dt.date.max
            if starts_on <= min(ends_on, membership.ends_on or dt.date.max):
                entries.append(_officer_entry(row, starts_on))
    return entries


def _officer_entry(row: Assignment, starts_on: dt.date) -> Entry:
    who = row.officer or row.team
    if row.kind == AssignmentKind.COVER:
        title = f"{who} covers until {long_date(row.ends_on or starts_on)}"
    else:
        title = f"{who} answers for the patch"
    url = who.get_absolute_url() if who else ""
    return Entry(title=title, on=starts_on, text=row.reason, url=url)


def _household_entries(household: Household) -> list[Entry]:
    url = household.get_absolute_url()
    entries = [Entry(title="Household moved in", on=household.starts_on, url=url)]
    if household.ends_on:
        entries.append(
            Entry(title="Household's last day here", on=household.ends_on, url=url)
        )
    return entries


def _tenancy_entries(tenancy: Tenancy) -> list[Entry]:
    kind = tenancy.get_kind_display().lower()
    entries = [
        Entry(
            title=f"Tenancy {tenancy.reference} began",
            on=tenancy.starts_on,
            text=f"{kind.capitalize()}, {tenancy.landlord}",
        )
    ]
    if tenancy.ends_on:
        title = f"Tenancy {tenancy.reference} ended"
        entries.append(Entry(title=title, on=tenancy.ends_on))
    return entries


def _letter_entries(household: Household, user: User) -> list[Entry]:
    return [
        Entry(
            title=f"{_posted(letter)}: {letter.run.title}",
            on=letter.run.posted_on,
            text=f"Reference {letter.reference}",
            url=reverse("tenants:letters:letter_detail", args=[letter.pk]),
        )
        for letter in list_letters_of(household, user).filter(
            run__posted_on__isnull=False
        )
    ]


def _posted(letter: Letter) -> str:
    return "Copy posted to the representative" if letter.is_copy else "Letter posted"


def _event_entry(event: AuditEvent) -> Entry:
    title = _TITLES.get(event.verb) or _in_words(event.verb)
    lines = [event.summary] if event.summary else []
    lines += [
        _change_line(name, *values)
        for name, values in event.changes.items()
        if name not in _UNTOLD and isinstance(values, list) and len(values) == 2
    ]
    return Entry(
        title=title,
        at=event.at,
        by=str(event.by or "the system"),
        text="\n".join(lines),
        has_reason=bool(_REASONS & set(event.changes)),
    )


def _in_words(verb: str) -> str:
    subject, _, act = verb.partition(".")
    return f"{subject} {act}".replace("_", " ").strip().capitalize()


def _change_line(name: str, before: Any, after: Any) -> str:
    label = _LABELS.get(name) or name.replace("_", " ").capitalize()
    if name == "why_now" or before in (None, ""):
        return f"{label}: {_shown(name, after)}"
    return f"{label}: {_shown(name, before)} → {_shown(name, after)}"


def _shown(name: str, value: Any) -> str:
    if value in (None, ""):
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name == "language":
        return language_name(str(value))
    if name == "letter_format":
        return str(dict(LetterFormat.choices).get(value, value)).lower()
    if isinstance(value, str) and name.endswith("_on"):
        day = parse_date(value)
        return long_date(day) if day else value
    return str(value)
