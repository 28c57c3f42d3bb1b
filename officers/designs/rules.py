"""Who may be asked to answer for the patches of a design."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from housingplus.common.dates import long_date
from officers.assignments import rules as assignments
from patches.design.errors import DesignRefused
from patches.design.models import DesignStatus

if TYPE_CHECKING:
    from officers.assignments.models import Assignment
    from officers.directory.models import Officer
    from patches.design.models import DesignRule, PatchDesign
    from patches.register.models import Patch


def check_leads_may_change(design: PatchDesign) -> None:
    """Who will answer is decided until the design is published; then it is assigned."""
    if design.status == DesignStatus.SCHEDULED:
        raise DesignRefused(
            f"“{design}” is published. Assign officers on the pages of its patches."
        )
    if design.status == DesignStatus.WITHDRAWN:
        raise DesignRefused(f"“{design}” is withdrawn.")


def check_in_post(officer: Officer, starts_on: dt.date) -> None:
    """Who is to answer works here on the day the plan comes into force."""
    assignments.check_officer_started(officer, starts_on)
    assignments.check_officer_not_left(officer, starts_on)


def check_no_conflict(
    officer: Officer | None, code: str, kept_out: Mapping[int, DesignRule]
) -> None:
    """A home kept out of an officer's patch does not fall to them in another one.

    `kept_out` maps the officer who leads a rule's patch to the rule, for the rules with
    homes in this drawn patch. The sentence names no home: it would say whose it is.
    """
    rule = kept_out.get(officer.pk) if officer is not None else None
    if rule is not None:
        raise DesignRefused(
            f"A home that must stay out of {rule.patch} (“{rule.label}”) goes to "
            f"{code}, so {officer} cannot lead it. Choose somebody else.",
            field="officer",
        )


def why_wards_do_not_fit(
    code: str, ward_ids: set[int], own_ward_id: int, teams: Mapping[int, object]
) -> str:
    """The homes of a patch lie in wards of one ward team on the day (DESIGN.md §3).

    `teams` maps a ward to its team. Returns why they do not, or nothing.
    """
    own = teams.get(own_ward_id)
    strange = [
        ward_id
        for ward_id in ward_ids - {own_ward_id}
        if own is None or teams.get(ward_id) != own
    ]
    if not strange:
        return ""
    return (
        f"{code} would have homes in wards of different ward teams on that day. Give "
        "the wards to one team first, or draw the plan again."
    )


def why_begun_later(patch: Patch, row: Assignment) -> str:
    """What is planned for a patch that closes or changes hands is undone first."""
    what = "cover" if row.kind == "cover" else "lead on"
    return (
        f"{row.answerer} is to {what} {patch.code} from {long_date(row.starts_on)}. "
        "Cancel that first."
    )


def why_nobody_answers(code: str, ward: object, starts_on: dt.date) -> str:
    """A patch without an officer is answered for by its ward team (DESIGN.md §4, 2)."""
    return (
        f"{ward} has no ward team on {long_date(starts_on)}, so nobody would answer "
        f"for {code}. Choose an officer, or give the ward a team first."
    )


def check_leads_unchanged(patch: Patch, *, is_as_left: bool, by: object) -> None:
    """A publication is cancelled while who answers is as it left it."""
    if not is_as_left:
        who = f" by {by}" if by else ""
        raise DesignRefused(
            f"Who answers for {patch.code} was changed{who} after the plan was "
            "published, so the publication cannot be cancelled."
        )
