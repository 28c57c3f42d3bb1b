"""A plan on one page, for members: why it is proposed, in sentences."""

from __future__ import annotations

import datetime as dt

from housingplus.common.dates import long_date, period
from patches.design.models import DesignAlternative, DesignStatus, PatchDesign

from .comparing import Facts

# More of a reason than this would push the rest off the page.
_MOST_OF_REASON = 420


def short_reason(design: PatchDesign) -> str:
    """Return what the design is for, cut short where it would fill the page."""
    words = " ".join(design.reason.split())
    if len(words) <= _MOST_OF_REASON:
        return words
    return words[:_MOST_OF_REASON].rsplit(" ", 1)[0] + " …"


def reasons(
    now: DesignAlternative | None, plan: DesignAlternative, facts: Facts
) -> list[str]:
    """Return what a plan changes for the better, and for how many at what price.

    Where there are no patches today there is nothing to set it against.
    """
    before, after = now.measures if now else None, plan.measures
    return [
        _balance(before, after),
        _distance(before, after),
        _change(after, facts),
    ]


def _balance(before: dict | None, after: dict) -> str:
    """Say how even the work is; a plan that evens it out is told as today and then."""
    worst, near = _percent(after["worst"]), _near(after)
    patches = "patch is" if after["patches"] == 1 else "patches are"
    if before is None:
        return (
            f"A patch’s expected work is up to {worst} from the mean of its ward "
            f"team’s area; {near} {patches} within 5 % of it."
        )
    worst_now, near_now = _percent(before["worst"]), _near(before)
    if after["worst"] < before["worst"]:
        return (
            "Work is shared more evenly. Today a patch’s expected work is up to "
            f"{worst_now} from the mean of its ward team’s area, and {near_now} "
            f"patches are within 5 % of it. Under this plan it is up to {worst}, and "
            f"{near} are within 5 %."
        )
    return (
        f"A patch’s expected work is up to {worst} from the mean of its ward team’s "
        f"area (today {worst_now}); {near} {patches} within 5 % of it (today "
        f"{near_now})."
    )


def _near(measures: dict) -> str:
    """Return how many patches of all are within 5 per cent of the mean."""
    count = round(measures["within"][1] * measures["patches"])
    return f"{count:,} of {measures['patches']:,}"


def _distance(before: dict | None, after: dict) -> str:
    whole = round(after["whole"] * after["patches"])
    pieces = (
        "Every patch is in one piece"
        if whole == after["patches"]
        else f"{whole:,} of {after['patches']:,} patches are in one piece"
    )
    today = f" (today {before['walk_metres']:,.0f} m)" if before else ""
    return (
        f"{pieces}, and no block is divided. A home is {after['walk_metres']:,.0f} m "
        f"from the middle of its patch on average{today}."
    )


def _change(after: dict, facts: Facts) -> str:
    homes = max(1, after["homes"])
    moved = after["moved_homes"]
    said = (
        f"{moved:,} of {after['homes']:,} homes ({_percent(moved / homes)}) change "
        "patch"
    )
    if facts.officer_changes is None:
        return f"{said}."
    share = _percent(facts.officer_changes / homes)
    return f"{said}; {facts.officer_changes:,} ({share}) get another officer."


def next_steps(design: PatchDesign, today: dt.date) -> list[str]:
    """Return what happens next, in order, as far as it is known."""
    letters = (
        "Every household whose officer changes gets a letter with the new officer’s "
        "name, telephone number and e-mail address."
    )
    status = DesignStatus(design.status)
    if status == DesignStatus.SCHEDULED and design.starts_on is not None:
        verb = "comes" if design.starts_on > today else "came"
        return [
            f"The plan {verb} into force on {long_date(design.starts_on)}.",
            letters,
            "It is looked back at after twelve months.",
        ]
    if status == DesignStatus.WITHDRAWN:
        return ["The plan was withdrawn. Nothing changes."]
    steps = {
        DesignStatus.DRAFT: ["This is a draft. Nothing has been proposed yet."],
        DesignStatus.PROPOSED: _consultation(design),
        DesignStatus.APPROVED: ["The plan is approved."],
    }[status]
    return [
        *steps,
        "Once it is approved and published for a day, it takes effect on that day.",
        letters,
    ]


def _consultation(design: PatchDesign) -> list[str]:
    if design.consult_from is None or design.consult_until is None:
        return ["The plan is proposed."]
    window = period(design.consult_from, design.consult_until)
    return [
        f"Comments are welcome, {window}: tell the ward team or the person below. Each "
        "is answered."
    ]


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"
