"""What people are told of why a home gets no letter.

Why a household is not written to is for those who look after it. Everybody else is told
one thing of both marks, so that nobody learns from a count or a list who is in danger.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .models import LetterExceptionReason as Reason

MARKS = (Reason.DO_NOT_WRITE, Reason.SAFE_CONTACT)
NOT_WRITTEN_TO = "not_written_to"
_NEUTRAL = "Not written to"


def shown_reason(reason: str, *, names_marks: bool) -> str:
    """Return a reason as pages name it in addresses and filters."""
    return NOT_WRITTEN_TO if reason in MARKS and not names_marks else reason


def reason_label(reason: str, *, names_marks: bool) -> str:
    """Return a reason in words; nothing for none."""
    shown = shown_reason(reason, names_marks=names_marks)
    if not shown:
        return ""
    return _NEUTRAL if shown == NOT_WRITTEN_TO else str(Reason(shown).label)


def reason_choices(*, names_marks: bool) -> list[tuple[str, str]]:
    """Return the reasons a list can be narrowed to."""
    return list(
        dict.fromkeys(
            (
                shown_reason(reason, names_marks=names_marks),
                reason_label(reason, names_marks=names_marks),
            )
            for reason in Reason.values
        )
    )


def kept_as(shown: Iterable[str]) -> set[str]:
    """Return the reasons on rows that stand behind those a page shows."""
    found = set(shown)
    return found | set(MARKS) if NOT_WRITTEN_TO in found else found


def shown_counts(counts: Mapping[str, int], *, names_marks: bool) -> dict[str, int]:
    """Return counts by reason as a person may see them."""
    totals: dict[str, int] = {}
    for reason, count in counts.items():
        shown = shown_reason(reason, names_marks=names_marks)
        totals[shown] = totals.get(shown, 0) + count
    return totals
