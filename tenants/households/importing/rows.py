"""One row of a list of households, checked by itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from housingplus.imports import values
from housingplus.imports.errors import CellProblem
from housingplus.imports.models import ImportRowOutcome
from housingplus.imports.plans import Cells, Finding, ParsedList, duplicates
from tenants.households.languages import language_kept

from .columns import LABELS, LETTER_FORMATS, TENANCY_KINDS
from .representatives import Representative, read_representative

_YES = frozenset({"yes", "y", "true", "1", "x"})
_NO = frozenset({"", "no", "n", "false", "0"})
_LISTED_REASON = "Marked in the imported list"


@dataclass(frozen=True, slots=True)
class PersonName:
    title: str
    first_name: str
    last_name: str

    def __str__(self) -> str:
        parts = (self.title, self.first_name, self.last_name)
        return " ".join(part for part in parts if part)


@dataclass(slots=True)
class TenancyRow:
    """What a row says; None where the list has no such column."""

    number: int
    reference: str
    property_reference: str
    uprn: str | None
    landlord: str
    kind: str | None
    starts_on: dt.date
    people: tuple[PersonName, ...] | None
    phone: str
    email: str
    letter_format: str | None
    language: str | None
    correspondence_address: str | None
    representative: Representative | None
    do_not_write: str

    @property
    def label(self) -> str:
        """Return how the report names the row; nobody's name."""
        home = self.property_reference or f"UPRN {self.uprn}"
        return f"Tenancy {self.reference}, home {home}"


def build(cells: Cells) -> TenancyRow | None:
    """Read a row; what is wrong with it is gathered by `cells`."""
    reference = cells.text("tenancy_reference", 30, required=True)
    property_reference = cells.text("property_reference", 30)
    uprn = cells.value("uprn", values.uprn)
    landlord = cells.text("landlord", 120)
    if not (property_reference or uprn) and not cells.problems:
        cells.problem("property_reference", "Enter the home's reference or its UPRN.")
    starts_on = cells.value("start_date", values.date, True)
    kind = cells.value("tenancy_type", partial(values.choice, known=TENANCY_KINDS))
    letter_format = cells.value(
        "letter_format", partial(values.choice, known=LETTER_FORMATS)
    )
    language = cells.text("language", 40)
    address = cells.text("correspondence_address", 300)
    people = _people(cells)
    phone = cells.text("phone", 30)
    email = cells.value("email", _email) or ""
    representative = read_representative(cells)
    do_not_write = _do_not_write(cells.text("do_not_write", 300))
    if starts_on is None:
        return None
    return TenancyRow(
        cells.number,
        reference,
        property_reference,
        uprn,
        landlord,
        kind,
        starts_on,
        people,
        phone,
        email,
        (letter_format or "standard") if cells.has("letter_format") else None,
        language_kept(language) if cells.has("language") else None,
        address if cells.has("correspondence_address") else None,
        representative,
        do_not_write,
    )


def _people(cells: Cells) -> tuple[PersonName, ...] | None:
    """Return tenant and joint tenant; somebody with one name has it as last name."""
    if not (cells.has("last_name") or cells.has("first_name")):
        return None
    people = []
    for prefix in ("", "joint_"):
        title = cells.text(f"{prefix}title", 20)
        first = cells.text(f"{prefix}first_name", 60)
        last = cells.text(f"{prefix}last_name", 60)
        if first and not last:
            first, last = "", first
        if last:
            people.append(PersonName(title, first, last))
    return tuple(dict.fromkeys(people))


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise CellProblem("Enter an e-mail address like name@example.org.") from None
    return values.limited(text, 254)


def _do_not_write(text: str) -> str:
    """Return why nobody writes to the household, or nothing."""
    word = text.casefold().rstrip(".")
    if word in _NO:
        return ""
    return _LISTED_REASON if word in _YES else text


def find_clashes(parsed: ParsedList[TenancyRow]) -> None:
    """Take out rows that repeat a tenancy, and say so."""
    wrong: set[int] = set()
    for row, first in duplicates(
        parsed.rows, lambda row: (row.landlord.casefold(), row.reference)
    ):
        wrong.add(row.number)
        parsed.problems.append(
            problem(
                row,
                "tenancy_reference",
                f"Row {first.number} has the same reference. Each tenancy is listed "
                "once.",
                row.reference,
            )
        )
    parsed.rows = [row for row in parsed.rows if row.number not in wrong]


def problem(row: TenancyRow, column: str, message: str, value: str = "") -> Finding:
    """Return the finding that a row cannot be taken."""
    return Finding(
        ImportRowOutcome.ERROR,
        number=row.number,
        key=row.reference,
        label=row.label,
        column=LABELS[column],
        value=value[:200],
        message=message[:300],
    )


def note(row: TenancyRow, column: str, message: str, value: str = "") -> Finding:
    """Return a remark on a row that is taken."""
    return Finding(
        ImportRowOutcome.NOTE,
        number=row.number,
        key=row.reference,
        label=row.label,
        column=LABELS[column],
        value=value[:200],
        message=message[:300],
    )
