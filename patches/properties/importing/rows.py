"""One row of a list of homes, checked by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import Any

from housingplus.imports import values
from housingplus.imports.errors import CellProblem
from housingplus.imports.models import ImportRowOutcome
from housingplus.imports.plans import Cells, Finding, ParsedList, duplicates
from patches.properties.coordinates import longitudes_and_latitudes

from .columns import LABELS, PROPERTY_TYPES

_WARD_CODE = re.compile(r"[EWSN][0-9]{8}")
# The extent of the National Grid.
_EASTINGS = (0, 700_000)
_NORTHINGS = (0, 1_300_000)
_AT_ONCE = 5_000


@dataclass(slots=True)
class HomeRow:
    """What a row says. `values` are fields of Property the list gives a value for."""

    number: int
    uprn: str | None
    reference: str
    landlord: str
    ward_code: str
    ward: str
    block: str | None
    patch: str
    values: dict[str, Any]

    @property
    def label(self) -> str:
        """Return the home's address as the report shows it."""
        house = " ".join((self.values["building"], self.values["street"])).strip()
        parts = (self.values["sub_building"], house, self.values["postcode"])
        return ", ".join(part for part in parts if part)[:200]


def build(cells: Cells) -> HomeRow:
    """Read a row; what is wrong with it is gathered by `cells`."""
    uprn = cells.value("uprn", values.uprn)
    reference = cells.text("reference", 30, required=True)
    landlord = cells.text("landlord", 20)
    ward_code = cells.value("ward_code", _ward_code) or ""
    ward = cells.text("ward", 80)
    if not (ward_code or ward) and not cells.problems:
        name = "ward_code" if cells.has("ward_code") else "ward"
        cells.problem(name, "Enter the code or the name of the ward.")
    block = cells.text("block", 100) if cells.has("block") else None
    patch = cells.text("patch", 20)
    return HomeRow(
        cells.number,
        uprn,
        reference,
        landlord,
        ward_code,
        ward,
        block,
        patch,
        _values(cells),
    )


def _values(cells: Cells) -> dict[str, Any]:
    found: dict[str, Any] = {
        "sub_building": cells.text("sub_building", 60),
        "building": cells.text("building", 60),
        "street": cells.text("street", 100, required=True),
        "locality": cells.text("locality", 60),
        "town": cells.text("town", 60, required=True),
        "postcode": cells.value("postcode", values.postcode, True) or "",
    }
    if not (found["building"] or found["sub_building"]) and not cells.problems:
        cells.problem("building", "Enter the number or name of the house.")
    # An empty cell in these says nothing, so it changes nothing.
    stated = {
        "property_type": cells.value(
            "property_type", partial(values.choice, known=PROPERTY_TYPES)
        ),
        "bedrooms": cells.value(
            "bedrooms", partial(values.whole_number, least=0, most=30)
        ),
        "managed_from": cells.value("managed_from", values.date),
    }
    found |= {name: value for name, value in stated.items() if value is not None}
    low, high = _EASTINGS
    easting = cells.value("easting", partial(values.whole_number, least=low, most=high))
    low, high = _NORTHINGS
    northing = cells.value(
        "northing", partial(values.whole_number, least=low, most=high)
    )
    if (easting is None) != (northing is None) and not cells.problems:
        missing = "easting" if easting is None else "northing"
        cells.problem(missing, "Give both easting and northing, or neither.")
    if easting is not None:
        found |= {"easting": easting, "northing": northing}
    return found


def _ward_code(text: str) -> str:
    code = text.upper()
    if not _WARD_CODE.fullmatch(code):
        raise CellProblem("Enter a ward code like E05001040.")
    return code


def find_clashes(parsed: ParsedList[HomeRow], *, default_landlord: str) -> None:
    """Take out rows that repeat another's UPRN or reference, and say so."""
    wrong: set[int] = set()
    for row, first in duplicates(parsed.rows, lambda row: row.uprn):
        wrong.add(row.number)
        parsed.problems.append(
            problem(
                row,
                "uprn",
                f"Row {first.number} has the same UPRN. Each home is listed once.",
                row.uprn or "",
            )
        )
    for row, first in duplicates(
        parsed.rows,
        lambda row: (row.landlord.casefold() or default_landlord, row.reference),
    ):
        wrong.add(row.number)
        parsed.problems.append(
            problem(
                row,
                "reference",
                f"Row {first.number} has the same reference. Each home is listed once.",
                row.reference,
            )
        )
    parsed.rows = [row for row in parsed.rows if row.number not in wrong]


def fill_in_coordinates(parsed: ParsedList[HomeRow]) -> None:
    """Work out latitude and longitude; a spot outside Britain is wrong."""
    placed = [row for row in parsed.rows if "easting" in row.values]
    wrong: set[int] = set()
    for start in range(0, len(placed), _AT_ONCE):
        batch = placed[start : start + _AT_ONCE]
        spots = longitudes_and_latitudes(
            [row.values["easting"] for row in batch],
            [row.values["northing"] for row in batch],
        )
        for row, spot in zip(batch, spots, strict=True):
            if spot is None:
                wrong.add(row.number)
                parsed.problems.append(
                    problem(
                        row,
                        "easting",
                        "This spot is outside Britain. Check easting and northing.",
                        f"{row.values['easting']}, {row.values['northing']}",
                    )
                )
            else:
                row.values["longitude"], row.values["latitude"] = spot
    if wrong:
        parsed.rows = [row for row in parsed.rows if row.number not in wrong]


def problem(row: HomeRow, column: str, message: str, value: str = "") -> Finding:
    """Return the finding that a row cannot be taken."""
    return Finding(
        ImportRowOutcome.ERROR,
        number=row.number,
        key=row.uprn or row.reference,
        label=row.label,
        column=LABELS[column],
        value=value[:200],
        message=message[:300],
    )
