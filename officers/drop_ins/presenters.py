"""How a drop-in session is said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from housingplus.common.dates import long_date

from .models import DropIn


@dataclass(frozen=True)
class DropInLine:
    """A session in words: "Tuesdays, 10am to 12:30pm", where, and what to know."""

    drop_in: DropIn
    when: str
    where: str
    note: str


def drop_in_line(drop_in: DropIn, day: dt.date) -> DropInLine:
    """Return a session in words, as said on a day."""
    return DropInLine(
        drop_in,
        when=(
            f"{drop_in.get_weekday_display()}s, {clock(drop_in.opens_at)} to "
            f"{clock(drop_in.closes_at)}"
        ),
        where=", ".join(part for part in (drop_in.place, drop_in.address) if part),
        note=_note(drop_in, day),
    )


def clock(time: dt.time) -> str:
    """Return a time as people say it: 10am, 12:30pm, midday."""
    if not time.minute and time.hour in (0, 12):
        return "midday" if time.hour else "midnight"
    minutes = f":{time.minute:02}" if time.minute else ""
    return f"{time.hour % 12 or 12}{minutes}{'am' if time.hour < 12 else 'pm'}"


def _note(drop_in: DropIn, day: dt.date) -> str:
    sentences = [drop_in.note.strip().rstrip(".")]
    if drop_in.starts_on > day:
        sentences.append(f"From {long_date(drop_in.starts_on)}")
    if drop_in.ends_on is not None:
        sentences.append(f"Until {long_date(drop_in.ends_on)}")
    return " ".join(f"{sentence}." for sentence in sentences if sentence)
