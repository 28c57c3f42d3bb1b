"""Gathering the evidence of a review from places, officers and associations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from housingplus.common.dates import long_date
from officers.designs.evidence import officers_since
from patches.design.models import DesignReview
from patches.design.presenters import actual_work as work_words
from patches.design.presenters import evidence as words
from patches.design.presenters.drift import drift_lines
from patches.design.selectors import evidence as selectors
from patches.design.selectors.actual_work import compare_work
from patches.design.selectors.drift import forecast_patches
from patches.design.selectors.drift_work import work_drift
from tenants.households.vacancies import count_empty_homes
from tenants.taras.contacts import count_contacts

# Grows when what is kept changes, so that old evidence is still shown as it was.
VERSION = 1


def gather_evidence(review: DesignReview, day: dt.date) -> dict[str, Any]:
    """Return everything a review is decided on, as it stands on a day.

    A fixed number of queries. Only texts and numbers: it is kept as it is.
    """
    design = review.design
    assert design.starts_on is not None  # noqa: S101 - it is published
    drawn = selectors.list_patches(design, day)
    patches = [row.patch for row in drawn]
    ids = [patch.pk for patch in patches]
    in_force = [patch for patch in patches if patch.is_in_force(day)]
    work_now = work_drift(in_force, day)
    lines = drift_lines(
        forecast_patches(in_force, day, empty=count_empty_homes(day, ids)), work_now
    )
    officers = officers_since(patches, design.starts_on, day)
    months = selectors.months_of(design, day)
    compared = compare_work(patches, months) if months else None
    by_kind = work_words.kind_lines(compared.by_kind()) if compared else []
    ward_ids = list(design.wards.order_by("pk").values_list("pk", flat=True))
    evidence = {
        "version": VERSION,
        "as_of": long_date(day),
        "facts": selectors.facts(design),
        "sizes": selectors.size_rows(
            drawn,
            states={line.patch.pk: line for line in lines},
            hours={pk: drift.hours_now for pk, drift in work_now.items()},
        ),
        "work": {
            "months": words.months_in_words(months),
            "overall": work_words.overall(compared.total()) if compared else "",
            "findings": work_words.findings(by_kind),
            "not_recorded": work_words.not_recorded(by_kind),
            "kinds": [words.kind_row(line) for line in by_kind],
            "patches": [
                words.patch_row(line)
                for line in (work_words.patch_lines(compared) if compared else [])
            ],
        },
        "contacts": count_contacts(ward_ids, design.starts_on, day),
        "moves": selectors.moves_since(design, ids, day),
        "officers": officers,
        "comments": selectors.comments_on(design),
    }
    evidence["issues"] = words.issues(lines, evidence)
    return evidence
