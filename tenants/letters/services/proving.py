"""Giving out the proof of letters, and writing down to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from housingplus.audit import services as audit
from housingplus.common.dates import long_date
from tenants.letters.selectors.proof import write_proof

if TYPE_CHECKING:
    from officers.accounts.models import User
    from patches.wards.models import Ward


def export_proof(*, day: dt.date, wards: Iterable[Ward], by: User) -> BytesIO:
    """Return the proof of some wards for a day as a ZIP (a few MB for a city)."""
    chosen = list(wards)
    file = BytesIO()
    total = write_proof(file, day, ward_ids=[ward.pk for ward in chosen])
    audit.record(
        "letters.proof_exported",
        subject=by,
        by=by,
        summary=f"Proof of letters on {long_date(day)}: {total.homes} homes in "
        f"{len(chosen)} wards",
    )
    file.seek(0)
    return file
