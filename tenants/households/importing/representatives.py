"""Somebody who acts for a household, as one row of a list names them."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from housingplus.imports import values
from housingplus.imports.plans import Cells
from tenants.households import rules
from tenants.households.errors import RepresentativeNotReached

from .columns import YES_OR_NO


class Representative(NamedTuple):
    """All that is kept of a representative; nobody where the name is empty.

    The fields are those of `CommunicationNeeds`. They change together: nobody gets
    copies at the address of whoever acted for the household before.
    """

    representative_name: str = ""
    representative_contact: str = ""
    representative_address: str = ""
    copy_to_representative: bool = False


def read_representative(cells: Cells) -> Representative | None:
    """Return whom a row names; None where the list has no column about it."""
    if not any(map(cells.has, Representative._fields)):
        return None
    copies = cells.value(
        "copy_to_representative", partial(values.choice, known=YES_OR_NO)
    )
    found = Representative(
        cells.text("representative_name", 120),
        cells.text("representative_contact", 200),
        cells.text("representative_address", 300),
        copies == "yes",
    )
    if found.representative_contact and not found.representative_name:
        cells.problem("representative_name", "Enter the name of the representative.")
        return found
    name, address = found.representative_name, found.representative_address
    try:
        rules.check_copy_has_somewhere_to_go(
            name, address, wants_copy=found.copy_to_representative
        )
        rules.check_representative_can_be_written_to(name, address)
    except RepresentativeNotReached as refusal:
        column = refusal.field or "representative_address"
        cells.problem(column, f"{refusal.message.rstrip('.')}.", address)
    return found
