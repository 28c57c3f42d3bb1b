"""A household that stays, compared with what a list says about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from housingplus.common.dates import long_date
from housingplus.imports.errors import CellProblem
from housingplus.imports.models import ImportRowOutcome as Outcome
from housingplus.imports.plans import Finding
from tenants.households.languages import language_name

from .columns import LABELS
from .held import Held, HeldHolder, HeldHousehold, HeldNeeds
from .representatives import Representative
from .rows import PersonName, TenancyRow, note

if TYPE_CHECKING:
    from .planning import Located, Writes

_NO_NEEDS = HeldNeeds("standard", "", "", Representative())


@dataclass(frozen=True, slots=True)
class HolderChange:
    """Somebody joins a tenancy (`name`), leaves it (`holder`), or both."""

    tenancy: int
    household: int
    order: int
    holder: HeldHolder | None
    name: PersonName | None
    phone: str = ""
    email: str = ""


def compare_household(
    household: HeldHousehold,
    rows: list[Located],
    held: Held,
    writes: Writes,
    findings: list[Finding],
    outcomes: dict[int, Finding],
) -> None:
    """Plan the changes of a household, its tenancies and its people."""
    for found in rows:
        if found.tenancy is None:
            continue
        shown = _compare_tenancy(found, household, held, writes)
        shown |= _compare_people(found, held, writes)
        _show(found, shown, household.pk, writes, outcomes)
    first = rows[0]
    shown = _compare_needs(household, rows, held, writes, findings)
    shown |= _compare_address(household, rows, held, writes, findings)
    shown |= _compare_mark(household, rows, held, writes, findings)
    _show(first, shown, household.pk, writes, outcomes)


def reach_back(
    household: HeldHousehold, starts_on: dt.date, held: Held, writes: Writes
) -> None:
    """Let a household begin with the first of its tenancies, if the home was free."""
    if starts_on >= household.starts_on:
        return
    earlier = [h for h in held.households_of[household.home] if h.pk != household.pk]
    for other in earlier:
        if other.ends_on is None or other.ends_on >= starts_on:
            if other.starts_on > household.starts_on:
                continue
            raise CellProblem(
                "Another household lived there until "
                f"{long_date(household.starts_on)}. Check the start date."
            )
    known = writes.households.setdefault(household.pk, {})
    known["starts_on"] = min(known.get("starts_on", starts_on), starts_on)


def _show(
    found: Located,
    shown: dict[str, list[Any]],
    household: int,
    writes: Writes,
    outcomes: dict[int, Finding],
) -> None:
    if not shown:
        return
    known = outcomes.get(found.row.number) or Finding(
        Outcome.CHANGED,
        found.row.number,
        found.row.reference,
        found.row.label,
    )
    outcomes[found.row.number] = replace(known, changes={**known.changes, **shown})
    writes.changed.setdefault(household, []).extend(shown)


def _compare_tenancy(
    found: Located, household: HeldHousehold, held: Held, writes: Writes
) -> dict[str, list[Any]]:
    row, tenancy = found.row, found.tenancy
    assert tenancy is not None  # noqa: S101
    shown: dict[str, list[Any]] = {}
    values: dict[str, Any] = {}
    if row.kind is not None and row.kind != tenancy.kind:
        values["kind"] = row.kind
        shown[LABELS["tenancy_type"]] = [tenancy.kind, row.kind]
    if row.starts_on != tenancy.starts_on:
        if tenancy.ends_on is not None and row.starts_on > tenancy.ends_on:
            raise CellProblem(
                f"This tenancy ends on {long_date(tenancy.ends_on)} here, before that "
                "date. Check the start date."
            )
        reach_back(household, row.starts_on, held, writes)
        values["starts_on"] = row.starts_on
        shown[LABELS["start_date"]] = [
            tenancy.starts_on.isoformat(),
            row.starts_on.isoformat(),
        ]
    if values:
        writes.tenancies[tenancy.pk] = values
    return shown


def _compare_people(found: Located, held: Held, writes: Writes) -> dict[str, list[Any]]:
    """Names, telephone and e-mail; nobody is taken off when the list has no names."""
    row, tenancy = found.row, found.tenancy
    assert tenancy is not None  # noqa: S101
    holders = held.holders[tenancy.pk]
    shown: dict[str, list[Any]] = {}
    if row.people is not None and [h.name for h in holders] != list(row.people):
        shown["Tenants"] = [
            " and ".join(str(h.name) for h in holders),
            " and ".join(str(name) for name in row.people),
        ]
        _change_holders(found, holders, writes)
    if holders and (not shown or _same_person(holders[0].name, row.people)):
        first = holders[0]
        for name, new, old in (
            ("phone", row.phone, first.phone),
            ("email", row.email, first.email),
        ):
            if new and new != old:
                writes.people.setdefault(first.person, {})[name] = new
                shown[LABELS[name]] = [old, new]
    return shown


def _change_holders(found: Located, holders: list[HeldHolder], writes: Writes) -> None:
    row, tenancy = found.row, found.tenancy
    assert tenancy is not None  # noqa: S101
    assert row.people is not None  # noqa: S101
    for order in range(max(len(holders), len(row.people))):
        holder = holders[order] if order < len(holders) else None
        name = row.people[order] if order < len(row.people) else None
        if holder is not None and holder.name == name:
            continue
        if holder is not None and name is not None and _alike(holder.name, name):
            writes.people.setdefault(holder.person, {}).update(
                title=name.title, first_name=name.first_name, last_name=name.last_name
            )
            continue
        first = order == 0
        writes.holders.append(
            HolderChange(
                tenancy.pk,
                tenancy.household,
                order,
                holder,
                name,
                row.phone if first else "",
                row.email if first else "",
            )
        )


def _same_person(name: PersonName, people: tuple[PersonName, ...] | None) -> bool:
    return people is None or bool(people and _alike(name, people[0]))


def _alike(old: PersonName, new: PersonName) -> bool:
    """Whether two names are of one person: the first or the last name stayed."""
    return (
        old.last_name.casefold() == new.last_name.casefold()
        and (old.first_name[:1].casefold() == new.first_name[:1].casefold())
    ) or (
        bool(old.first_name) and old.first_name.casefold() == new.first_name.casefold()
    )


class WantedNeeds(NamedTuple):
    """What a household's rows say of its needs; None where the list has no column."""

    letter_format: str | None
    language: str | None
    email: str
    representative: Representative | None


def wanted_needs(rows: list[TenancyRow]) -> WantedNeeds:
    """Return what the rows of a household want.

    Of several tenancies the first that asks for something counts.
    """
    formats = [row.letter_format for row in rows if row.letter_format is not None]
    languages = [row.language for row in rows if row.language is not None]
    letter_format = next((f for f in formats if f != "standard"), None)
    language = next((text for text in languages if text), None)
    email = next((row.email for row in rows if row.email), "")
    named = [row.representative for row in rows if row.representative is not None]
    return WantedNeeds(
        letter_format or ("standard" if formats else None),
        language if language is not None else ("" if languages else None),
        email,
        next((one for one in named if one.representative_name), named and named[0])
        or None,
    )


def email_missing(row: TenancyRow) -> Finding:
    """Return the remark that somebody wants e-mail and nobody knows the address."""
    return note(
        row,
        "letter_format",
        "E-mail is wanted but no address is given, so letters go by post.",
        "email",
    )


def _compare_needs(
    household: HeldHousehold,
    rows: list[Located],
    held: Held,
    writes: Writes,
    findings: list[Finding],
) -> dict[str, list[Any]]:
    wanted = wanted_needs([found.row for found in rows])
    now = held.needs.get(household.pk, _NO_NEEDS)
    letter_format = wanted.letter_format
    address = wanted.email or now.email
    if letter_format == "email" and not address:
        findings.append(email_missing(rows[0].row))
        letter_format = "standard"
    old = {
        "letter_format": now.letter_format,
        "language": now.language,
        **now.representative._asdict(),
    }
    new = {
        "letter_format": letter_format,
        "language": wanted.language,
        **(wanted.representative._asdict() if wanted.representative else {}),
    }
    values: dict[str, Any] = {
        name: value
        for name, value in new.items()
        if value is not None and value != old[name]
    }
    shown: dict[str, list[Any]] = {
        LABELS[name]: [_said(name, old[name]), _said(name, value)]
        for name, value in values.items()
    }
    if values and household.pk in held.needs_by_staff:
        for name, value in values.items():
            findings.append(
                note(
                    rows[0].row,
                    name,
                    f"Staff recorded “{_said(name, old[name])}” here, which stays.",
                    _said(name, value),
                )
            )
        return {}
    if values:
        if letter_format == "email":
            values["email"] = address
        writes.needs[household.pk] = values
    return shown


def _said(name: str, value: str | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return language_name(value) if name == "language" else value or "nothing"


def _compare_address(
    household: HeldHousehold,
    rows: list[Located],
    held: Held,
    writes: Writes,
    findings: list[Finding],
) -> dict[str, list[Any]]:
    stated = [r.row.correspondence_address for r in rows]
    if all(address is None for address in stated):
        return {}
    new = next((address for address in stated if address), "")
    old = household.correspondence_address
    if new == old:
        return {}
    if household.pk in held.address_by_staff:
        findings.append(
            note(
                rows[0].row,
                "correspondence_address",
                "Staff recorded another address here, which stays.",
                new,
            )
        )
        return {}
    writes.households.setdefault(household.pk, {})["correspondence_address"] = new
    return {LABELS["correspondence_address"]: [old, new]}


def _compare_mark(
    household: HeldHousehold,
    rows: list[Located],
    held: Held,
    writes: Writes,
    findings: list[Finding],
) -> dict[str, list[Any]]:
    """A list marks "do not write"; only a person lifts the mark, and that stays."""
    reason = next((r.row.do_not_write for r in rows if r.row.do_not_write), "")
    if not reason or household.do_not_write:
        return {}
    if household.pk in held.mark_lifted:
        findings.append(
            note(
                rows[0].row,
                "do_not_write",
                "Staff lifted this mark here, and it stays lifted.",
                reason,
            )
        )
        return {}
    writes.households.setdefault(household.pk, {}).update(
        do_not_write=True, do_not_write_reason=reason
    )
    return {LABELS["do_not_write"]: ["no", "yes"]}
