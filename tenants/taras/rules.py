"""What must hold of associations, each rule with its name."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from housingplus.common.dates import long_date, today

from .errors import (
    DateInFuture,
    EndBeforeStart,
    NameTaken,
    NotInPost,
    PartTaken,
    TaraClosed,
)
from .models import Tara, TaraOfficer

if TYPE_CHECKING:
    from officers.directory.models import Officer


def check_name_is_free(name: str, *, but: Tara | None = None) -> None:
    """Two associations never have one name, however it is typed."""
    others = Tara.objects.filter(name__iexact=name)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise NameTaken(f"There is a TARA called {name} already", field="name")


def check_closes_after_recognition(
    recognised_on: dt.date | None, closed_on: dt.date | None
) -> None:
    """An association closes after it was recognised."""
    if recognised_on and closed_on and closed_on < recognised_on:
        raise EndBeforeStart(
            f"It was recognised on {long_date(recognised_on)}; "
            "the day it closed must be later",
            field="closed_on",
        )


def check_is_open(tara: Tara, on: dt.date) -> None:
    """Nothing begins with an association that has closed."""
    if tara.closed_on is not None and tara.closed_on <= on:
        raise TaraClosed(f"{tara.name} closed on {long_date(tara.closed_on)}.")


def check_has_happened(on: dt.date) -> None:
    """A contact is recorded once it has happened."""
    if on > today():
        raise DateInFuture("The date must be today or in the past", field="on")


def check_ends_after_start(starts_on: dt.date, ends_on: dt.date) -> None:
    """The last day is not before the first."""
    if ends_on < starts_on:
        raise EndBeforeStart(
            f"The last day must be {long_date(starts_on)} or later", field="ends_on"
        )


def check_in_post(officer: Officer, on: dt.date) -> None:
    """An officer is named for days on which they work here."""
    if officer.left_on is not None and officer.left_on < on:
        raise NotInPost(
            f"{officer.name} left on {long_date(officer.left_on)}", field="officer"
        )
    if officer.started_on > on:
        raise NotInPost(
            f"{officer.name} starts on {long_date(officer.started_on)}",
            field="officer",
        )


def check_nobody_named_later(tara: Tara, kind: str, starts_on: dt.date) -> None:
    """A part passes on from a day after the present holder's first."""
    later = (
        TaraOfficer.objects.filter(tara=tara, kind=kind, starts_on__gte=starts_on)
        .select_related("officer")
        .order_by("starts_on")
        .first()
    )
    if later is not None:
        raise PartTaken(
            f"{later.officer.name} is named from {long_date(later.starts_on)}. "
            "Choose a later date",
            field="starts_on",
        )
