"""How far a design has come, in words, and what the person can do next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from housingplus.common.dates import long_date, period
from housingplus.common.permissions import Permission
from patches.design.models import DesignEvent, DesignStatus, PatchDesign
from patches.design.rules import deciding as rules

if TYPE_CHECKING:
    from officers.accounts.models import User

_TITLES = {
    DesignStatus.DRAFT: "This is a draft",
    DesignStatus.PROPOSED: "This plan is proposed",
    DesignStatus.APPROVED: "This plan is approved",
    DesignStatus.WITHDRAWN: "This design is withdrawn",
}
# What a move is called where it came from, else where it led.
_MOVES = {
    ("scheduled", "approved"): "Publication cancelled",
    ("proposed", "draft"): "Sent back for changes",
    ("approved", "draft"): "Approval taken back",
    ("", "draft"): "Made",
}


@dataclass(frozen=True)
class Act:
    """A page the person can go to from a design."""

    label: str
    url: str
    is_first: bool = False


@dataclass(frozen=True)
class Fact:
    """One line of what is known."""

    label: str
    value: Any
    url: str = ""


@dataclass
class DecidingPart:
    """The part of a design's page about proposal, approval and publication."""

    title: str
    words: str = ""
    facts: list[Fact] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    links: list[Act] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)


def deciding_part(
    design: PatchDesign,
    *,
    user: User,
    today: dt.date,
    comment_count: int,
    unanswered_count: int,
    events: Iterable[DesignEvent],
) -> DecidingPart:
    """Return the part for a person on a day."""
    part = DecidingPart(title=_title(design, today), words=_words(design, today))
    part.facts = _facts(design, comment_count, unanswered_count)
    part.events = events_as_timeline(events)
    if design.drawn_at is None and design.status == DesignStatus.DRAFT:
        return part
    _add_acts(part, design, user, today)
    return part


def events_as_timeline(events: Iterable[DesignEvent]) -> list[dict[str, Any]]:
    """Return what was decided, newest first."""
    return [
        {
            "at": event.at,
            "title": _MOVES.get((event.from_status, event.to_status))
            or DesignStatus(event.to_status).label,
            "by": event.by,
            "text": event.note,
        }
        for event in events
    ]


def _title(design: PatchDesign, today: dt.date) -> str:
    if design.status != DesignStatus.SCHEDULED or design.starts_on is None:
        return _TITLES[DesignStatus(design.status)]
    if design.starts_on > today:
        return f"This plan comes into force on {long_date(design.starts_on)}"
    if design.superseded_on is not None and design.superseded_on <= today:
        return "This plan was in force"
    return "This plan is in force"


def _words(design: PatchDesign, today: dt.date) -> str:
    if design.status == DesignStatus.DRAFT:
        if design.chosen is None:
            return (
                "Compare the alternatives, adjust one by hand if need be, and propose "
                "the one you choose. Only those who draw see a draft."
            )
        return "Only those who draw see a draft. Propose it to hear what others say."
    if design.status == DesignStatus.PROPOSED and design.consult_until:
        if today > design.consult_until:
            return "The time for comments is over. It can be approved or sent back."
        return f"People may comment until {long_date(design.consult_until)}."
    if design.status == DesignStatus.APPROVED:
        return "It changes nothing for any home until it is published for a date."
    if design.status == DesignStatus.SCHEDULED and design.starts_on:
        if design.starts_on > today:
            return "Nothing needs to be done on the day: it takes effect by itself."
        if design.superseded_on:
            return f"A later design holds from {long_date(design.superseded_on)}."
    return ""


def _facts(
    design: PatchDesign, comment_count: int, unanswered_count: int
) -> list[Fact]:
    facts = []
    if design.chosen is not None and design.status != DesignStatus.WITHDRAWN:
        label = "Chosen" if design.status == DesignStatus.DRAFT else "Alternative"
        facts.append(Fact(label, design.chosen, design.chosen.get_absolute_url()))
    if design.consult_from and design.consult_until:
        facts.append(
            Fact(
                "Comments asked for", period(design.consult_from, design.consult_until)
            )
        )
    if comment_count or design.consult_from:
        url = reverse("patches:designs:comments", args=[design.pk])
        facts.append(Fact("Comments", comment_count, url))
        if unanswered_count:
            facts.append(
                Fact("Without an answer", unanswered_count, f"{url}?answered=no")
            )
    if design.status == DesignStatus.SCHEDULED and design.superseded_by:
        facts.append(
            Fact(
                "Later design",
                design.superseded_by,
                design.superseded_by.get_absolute_url(),
            )
        )
    return facts


def _add_acts(
    part: DecidingPart, design: PatchDesign, user: User, today: dt.date
) -> None:
    may_draw = user.has_permission(Permission.DESIGN_PATCHES)
    may_approve = user.has_permission(Permission.APPROVE_DESIGNS)
    is_published = design.status == DesignStatus.SCHEDULED

    def act(label: str, name: str, *, is_first: bool = False) -> Act:
        return Act(
            label, reverse(f"patches:designs:{name}", args=[design.pk]), is_first
        )

    if user.has_permission(Permission.COMMENT_ON_DESIGNS) and rules.can_comment(
        design, today=today, is_late=may_draw
    ):
        part.acts.append(
            act("Comment on this plan", "comment_add", is_first=not may_draw)
        )
    if may_draw and rules.can_move(design, DesignStatus.PROPOSED):
        part.acts.append(act("Propose", "propose", is_first=True))
    if (
        may_approve
        and rules.can_move(design, DesignStatus.APPROVED)
        and (design.status == DesignStatus.PROPOSED)
    ):
        part.acts.insert(0, act("Approve", "approve", is_first=True))
    if may_draw and rules.can_move(design, DesignStatus.SCHEDULED):
        part.acts.append(act("Publish for a date", "publish", is_first=True))
    is_open = not is_published and design.status != DesignStatus.WITHDRAWN
    is_shown = may_draw or design.status != DesignStatus.DRAFT
    if design.chosen is not None and is_open and is_shown:
        part.acts.append(act("Who will answer", "leads"))
    if is_published:
        part.acts.append(act("What follows", "follows", is_first=may_draw))
        part.acts.append(act("Where every patch went", "successions"))
    if not may_draw:
        return
    if rules.can_move(design, DesignStatus.DRAFT):
        part.links.append(act("Send back for changes", "send_back"))
    if rules.can_move(design, DesignStatus.WITHDRAWN):
        part.links.append(act("Withdraw", "withdraw"))
    if is_published and design.starts_on and design.starts_on > today:
        part.links.append(act("Cancel the publication", "cancel_publication"))
