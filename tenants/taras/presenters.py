"""Associations as lists and timelines show them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from housingplus.common.dates import long_date

from .models import Tara, TaraContact, TaraOfficer, TaraRole
from .selectors import WEEKS_WITHOUT_CONTACT, TaraPeople

CSV_HEADER = [
    "Name",
    "Ward",
    "Lead",
    "Liaison officer",
    "Streets",
    "Blocks",
    "Patches",
    "Recognised since",
    "Last contact",
    "Closed",
]


def csv_row(tara: Tara, people: TaraPeople) -> list[Any]:
    """Return an association as a line of the downloaded list."""
    return [
        tara.name,
        tara.ward.name,
        people.lead.name if people.lead else "",
        people.liaison.name if people.liaison else "",
        tara.street_count,
        tara.block_count,
        tara.patch_count,
        tara.recognised_on,
        tara.last_contact_on,
        tara.closed_on,
    ]


def area_in_words(tara: Tara) -> str:
    """Return "3 streets, 1 block", for a row read with `for_list`."""
    counts = (
        (tara.street_count, "street", "streets"),
        (tara.block_count, "block", "blocks"),
        (tara.patch_count, "patch", "patches"),
    )
    said = [f"{n} {one if n == 1 else many}" for n, one, many in counts if n]
    return ", ".join(said) or "Nothing yet"


def is_silent(last_contact_on: dt.date | None, on: dt.date) -> bool:
    """Whether an association has not been heard from for too long."""
    limit = on - dt.timedelta(weeks=WEEKS_WITHOUT_CONTACT)
    return last_contact_on is None or last_contact_on < limit


def silence_in_words(last_contact_on: dt.date | None, on: dt.date) -> str:
    """Return "No contact for 14 weeks"."""
    if last_contact_on is None:
        return "No contact yet"
    return f"No contact for {(on - last_contact_on).days // 7} weeks"


def officers_in_words(people: TaraPeople) -> dict[str, str]:
    """Return who leads and who liaises, for the page's summary."""
    lead = people.lead.name if people.lead else "Nobody: the ward has no team leader"
    if people.lead and not people.is_named:
        lead = f"{lead}, leader of {people.team}"
    liaison = people.liaison.name if people.liaison else "None named"
    return {"lead_text": lead, "liaison_text": liaison}


def timeline_of(
    tara: Tara,
    *,
    contacts: Iterable[TaraContact],
    roles: Iterable[TaraRole],
    officers: Iterable[TaraOfficer],
) -> list[dict[str, Any]]:
    """Return what happened with an association, newest first."""
    entries: list[dict[str, Any]] = [
        {
            "on": row.on,
            "title": row.get_kind_display(),
            "by": str(row.officer or row.recorded_by),
            "text": row.note,
        }
        for row in contacts
    ]
    for role in roles:
        what = f"{role.name}, {role.get_role_display().lower()}"
        entries.append({"on": role.starts_on, "title": f"On the committee: {what}"})
        if role.ends_on:
            entries.append({"on": role.ends_on, "title": f"Left the committee: {what}"})
    for row in officers:
        kind = row.get_kind_display().lower()
        entries.append(
            {
                "on": row.starts_on,
                "title": f"{row.officer} named {kind}",
                "text": f"Until {long_date(row.ends_on)}" if row.ends_on else "",
            }
        )
    if tara.recognised_on:
        entries.append({"on": tara.recognised_on, "title": "Recognised"})
    if tara.closed_on:
        entries.append({"on": tara.closed_on, "title": "Closed"})
    return sorted(entries, key=lambda entry: entry["on"], reverse=True)
