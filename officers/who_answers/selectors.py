"""Who answers for a home, asked by somebody who has not signed in.

Nothing here reads about people who live anywhere: homes, patches and staff only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Case, Min, Q, QuerySet, Value, When

from housingplus.common.words import words_in
from officers.assignments.models import Assignment
from officers.assignments.selectors import (
    Answer,
    AnswerKind,
    answers_for,
    leaders_of_teams,
    teams_of_wards,
)
from officers.directory.models import Officer
from officers.teams.models import WardTeam
from patches.properties.models import Landlord, LandlordKind, Property
from patches.register.models import Patch, PatchMembership
from patches.wards.models import Ward

_READ_OF_A_HOME = (
    "sub_building",
    "building",
    "street",
    "street_key",
    "postcode",
    "managed_from",
    "managed_to",
    "block",
    "ward",
    "ward__name",
    "ward__code",
    "manager",
    "manager__name",
    "manager__letterhead_name",
    "manager__phone",
    "manager__email",
    "manager__website",
)


class Outcome(StrEnum):
    """What came of a look-up."""

    ANSWERED = "answered"
    # Several homes of the postcode are answered for differently.
    CHOOSE = "choose"
    # A home of ours that no patch has yet.
    NO_PATCH = "no_patch"
    # A home we knew or will know, not looked after today.
    NOT_MANAGED = "not_managed"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Answered:
    """Who answers for one home on a day; without a patch its ward's team is asked."""

    home: Property
    ward: Ward
    answer: Answer | None
    team: WardTeam | None
    leader: Officer | None

    @property
    def sameness(self) -> tuple[object, ...]:
        """Equal for homes whose people may be told the same."""
        answer, team = self.answer, self.team
        return (
            self.ward.pk,
            team.pk if team else None,
            answer and (answer.kind, answer.officer and answer.officer.pk),
            answer
            and answer.kind == AnswerKind.COVER
            and (answer.until, _away(answer)),
        )


@dataclass(frozen=True)
class Found:
    """The result of a look-up.

    `homes` are those the answer is for, or those to choose from. `answered` is set
    when there is one answer; `since` only when it is the same for all of them.
    `chosen` is the home somebody picked from the list. `contact` is whom to ask
    when there is no officer and no team to name.
    """

    outcome: Outcome
    homes: tuple[Property, ...] = ()
    answered: Answered | None = None
    since: dt.date | None = None
    chosen: Property | None = None
    contact: Landlord | None = None


@dataclass(frozen=True)
class PatchInWard:
    """A patch, who answers for it, and its streets within one ward."""

    patch: Patch
    answer: Answer
    streets: tuple[str, ...]


@dataclass(frozen=True)
class PatchesInWard:
    """A ward's team and the patches with homes in the ward."""

    team: WardTeam | None
    leader: Officer | None
    patches: tuple[PatchInWard, ...]


def find_by_postcode(
    postcode: str, on: dt.date, *, number: str = "", home_id: int | None = None
) -> Found:
    """Return who answers for the homes of a postcode, written "ZK1 1AA".

    `number` is a house or flat number or name as somebody typed it; `home_id` one of
    the homes offered before. Ten queries at most, however many homes there are.
    """
    spellings = {postcode, postcode.replace(" ", "")}
    known = list(_homes().filter(postcode__in=spellings))
    homes = [home for home in known if _is_managed(home, on)]
    if home_id is not None:
        known = [home for home in known if home.pk == home_id]
        homes = [home for home in homes if home.pk == home_id]
    elif number:
        known = _with_number(known, number)
        homes = _with_number(homes, number)
    if not homes:
        return _without_answer(known)
    chosen = homes[0] if home_id is not None else None
    return _agreement(homes, on, chosen)


def find_by_uprn(uprn: str, on: dt.date) -> Found:
    """Return who answers for the home with a UPRN; ten queries at most."""
    known = list(_homes().filter(uprn=uprn))
    if not known or not _is_managed(known[0], on):
        return _without_answer(known)
    return _agreement(known, on, None)


def list_public_wards(on: dt.date) -> list[tuple[Ward, WardTeam | None]]:
    """Return every ward by name with its team on a day; two queries."""
    wards = list(Ward.objects.defer("boundary").order_by("name"))
    teams = teams_of_wards([ward.pk for ward in wards], on)
    return [(ward, teams.get(ward.pk)) for ward in wards]


def list_patches_in_ward(ward: Ward, on: dt.date) -> PatchesInWard:
    """Return the ward's patches in force with who answers for each; seven queries.

    A patch of a neighbouring ward is listed too when some of its homes lie in this one;
    the streets are those of homes in this ward.
    """
    homes = PatchMembership.objects.of_managed_homes(on).filter(property__ward=ward)
    team = teams_of_wards([ward.pk], on).get(ward.pk)
    return PatchesInWard(
        team=team,
        leader=leaders_of_teams([team.pk], on).get(team.pk) if team else None,
        patches=_patches_of(homes, on, Q(ward=ward)),
    )


def list_patches_of_homes(
    homes: QuerySet[Property], on: dt.date
) -> tuple[PatchInWard, ...]:
    """Return the patches some homes are in, with their streets there; five queries."""
    rows = PatchMembership.objects.of_managed_homes(on)
    return _patches_of(rows.filter(property__in=homes.order_by().values("pk")), on, Q())


def _patches_of(
    memberships: QuerySet[PatchMembership], on: dt.date, also: Q
) -> tuple[PatchInWard, ...]:
    rows = (
        memberships.order_by("property__street_key")
        .values_list("patch", "property__street_key")
        .annotate(street=Min("property__street"))
    )
    streets: dict[int, list[str]] = {}
    for patch_id, _, street in rows:
        streets.setdefault(patch_id, []).append(street)
    inside = Q(pk__in=list(streets))
    patches = list(
        Patch.objects.as_at(on)
        .filter(inside | also if also else inside)
        .select_related("ward")
        .defer("ward__boundary")
        .order_by("code")
    )
    answers = answers_for(patches, on)
    return tuple(
        PatchInWard(patch, answers[patch.pk], tuple(streets.get(patch.pk, ())))
        for patch in patches
    )


def council_contact() -> Landlord | None:
    """Return whom to ask about a home we do not know: the council, if it is listed."""
    council_first = Case(When(kind=LandlordKind.COUNCIL, then=Value(0)), default=1)
    return Landlord.objects.order_by(council_first, "pk").first()


def officers_with_public_photo(on: dt.date) -> QuerySet[Officer]:
    """Officers who answer for a patch on a day: those the public pages may show."""
    answering = Assignment.objects.as_at(on).filter(officer__isnull=False)
    return Officer.objects.filter(pk__in=answering.values("officer")).exclude(photo="")


def _homes() -> QuerySet[Property]:
    homes = Property.objects.in_walking_order().select_related("ward", "manager")
    return homes.only(*_READ_OF_A_HOME)


def _is_managed(home: Property, on: dt.date) -> bool:
    ends_on = home.managed_to
    return home.managed_from <= on and (ends_on is None or ends_on >= on)


def _with_number(homes: Iterable[Property], number: str) -> list[Property]:
    """Return the homes whose first line has every word of what was typed."""
    typed = set(words_in(number))
    return [home for home in homes if typed and typed <= set(words_in(home.first_line))]


def _without_answer(known: Sequence[Property]) -> Found:
    if not known:
        return Found(Outcome.NOT_KNOWN, contact=council_contact())
    return Found(Outcome.NOT_MANAGED, contact=known[0].manager)


def _agreement(homes: list[Property], on: dt.date, chosen: Property | None) -> Found:
    """Return the one answer for some homes, or the homes to choose from."""
    answered = _answers_of(homes, on)
    first = answered[0]
    if any(other.sameness != first.sameness for other in answered[1:]):
        return Found(Outcome.CHOOSE, homes=tuple(homes))
    if first.answer is None:
        outcome, starts = Outcome.NO_PATCH, set()
    else:
        outcome = Outcome.ANSWERED
        starts = {row.answer.since for row in answered if row.answer}
    has_contact = first.team or (first.answer and first.answer.officer)
    return Found(
        outcome,
        homes=tuple(homes),
        answered=first,
        since=starts.pop() if len(starts) == 1 else None,
        chosen=chosen,
        contact=None if has_contact else first.home.manager,
    )


def _answers_of(homes: list[Property], on: dt.date) -> list[Answered]:
    """Return who answers for each home; six queries."""
    memberships = (
        PatchMembership.objects.as_at(on)
        .filter(property__in=homes)
        .select_related("patch__ward")
        .defer("patch__ward__boundary")
    )
    patches = {row.property_id: row.patch for row in memberships}
    answers = answers_for(set(patches.values()), on)
    unplaced = {home.ward_id for home in homes if home.pk not in patches}
    teams = teams_of_wards(unplaced, on)
    leaders = leaders_of_teams({team.pk for team in teams.values()}, on)
    found = []
    for home in homes:
        patch = patches.get(home.pk)
        if patch is None:
            team = teams.get(home.ward_id)
            leader = leaders.get(team.pk) if team else None
            found.append(Answered(home, home.ward, None, team, leader))
        else:
            answer = answers[patch.pk]
            found.append(Answered(home, patch.ward, answer, answer.team, answer.leader))
    return found


def _away(answer: Answer) -> str:
    return answer.covered.name if answer.covered else ""
