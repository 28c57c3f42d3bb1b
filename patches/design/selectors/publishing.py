"""What publishing a design on a day would do, worked out without changing anything."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from housingplus.common.dates import long_date
from patches.design.models import DesignPatch, PatchDesign
from patches.design.rules import publishing as rules
from patches.register.models import Patch, PatchBand, PatchMembership
from patches.register.rules import Departure

from .standing import Ground, HomeFacts, read_ground


@dataclass(frozen=True)
class Obstacle:
    """Why the plan cannot be published so, and the homes it is about."""

    sentence: str
    home_ids: tuple[int, ...] = ()


@dataclass
class PatchPlan:
    """One drawn patch: the homes that come to it and those that are there already."""

    drawn: DesignPatch
    patch: Patch | None
    arriving: list[Departure] = field(default_factory=list)
    staying_count: int = 0
    leaving_count: int = 0
    ward_ids: set[int] = field(default_factory=set)

    @property
    def is_new(self) -> bool:
        return self.patch is None

    @property
    def changes_band(self) -> bool:
        """Whether a patch that goes on has another band that day than was drawn."""
        if self.patch is None:
            return False
        band = (self.patch.smallest, self.patch.largest)
        return band != (self.drawn.band_min, self.drawn.band_max)

    @property
    def code(self) -> str:
        return self.patch.code if self.patch else self.drawn.code

    @property
    def ward_id(self) -> int:
        return self.patch.ward_id if self.patch else self.drawn.ward_id

    @property
    def before(self) -> int:
        return self.staying_count + self.leaving_count

    @property
    def home_count(self) -> int:
        return self.staying_count + len(self.arriving)

    @property
    def size(self) -> str:
        """ "Under band", "In band" or "Over band" with the homes it will have."""
        if self.home_count < self.drawn.band_min:
            return "Under band"
        return "Over band" if self.home_count > self.drawn.band_max else "In band"


@dataclass
class PublicationPlan:
    """What becomes of every patch and home of a design on the day.

    `flows` counts homes from a patch (or none) to a drawn patch, staying ones too.
    `stay_outside` counts those that stay in patches of other wards that some leave.
    `unmanaged` leave a closing patch because nobody manages them any more.
    """

    design: PatchDesign
    starts_on: dt.date
    patches: list[PatchPlan] = field(default_factory=list)
    closing: list[Patch] = field(default_factory=list)
    unmanaged: list[Departure] = field(default_factory=list)
    flows: Counter[tuple[int | None, int]] = field(default_factory=Counter)
    stay_outside: dict[int, int] = field(default_factory=dict)
    left: list[int] = field(default_factory=list)
    moved_since: list[int] = field(default_factory=list)
    staying: list[int] = field(default_factory=list)
    stays_undrawn: list[int] = field(default_factory=list)
    follows: dict[int, rules.Follows] = field(default_factory=dict)
    without_patch: list[int] = field(default_factory=list)
    obstacles: list[Obstacle] = field(default_factory=list)

    @property
    def moving_ids(self) -> list[int]:
        return [row.home_id for plan in self.patches for row in plan.arriving]

    @property
    def moving_count(self) -> int:
        return sum(len(plan.arriving) for plan in self.patches)

    def before(self, patch: Patch) -> int:
        """How many homes are in a closing patch the day before."""
        return sum(n for (from_id, _), n in self.flows.items() if from_id == patch.pk)

    @property
    def fingerprint(self) -> str:
        """A short text that changes when anything the plan does changes."""
        lines = [f"{self.starts_on} {[patch.pk for patch in self.closing]}"]
        for plan in self.patches:
            went = sorted((row.home_id, row.membership_id) for row in plan.arriving)
            lines.append(f"{plan.drawn.pk} {plan.code} {plan.staying_count} {went}")
        lines += [obstacle.sentence for obstacle in self.obstacles]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]


def plan_publication(design: PatchDesign, starts_on: dt.date) -> PublicationPlan:
    """Work out what publishing the chosen alternative on a day does, home by home.

    A fixed number of queries; about a second for forty thousand homes.
    """
    plan = PublicationPlan(design, starts_on)
    drawn = list_drawn_patches(design)
    going_on = {row.continues_id for row in drawn if row.continues_id}
    present = list(patches_from(design, going_on, starts_on))
    by_key = {patch.pk: patch for patch in present}
    for row in drawn:
        if row.continues is not None and row.continues.pk not in by_key:
            plan.obstacles.append(Obstacle(rules.why_cannot_go_on(row.continues)))
        else:
            plan.patches.append(PatchPlan(row, by_key.get(row.continues_id or 0)))
    plan.closing = _closing(plan, present, going_on)
    plan.obstacles += [*_codes_taken(plan), *_bands_planned(plan)]
    ground = read_ground(design, present, starts_on)
    _Placing(plan, ground, going_on).run()
    plan.stay_outside = _count_staying_outside(plan)
    return plan


def list_drawn_patches(design: PatchDesign) -> list[DesignPatch]:
    """Return the drawn patches of the chosen alternative by code."""
    return list(
        DesignPatch.objects.filter(alternative=design.chosen_id)
        .select_related("continues__ward", "ward", "area")
        .order_by("code")
    )


def patches_from(
    design: PatchDesign, going_on: Iterable[int], starts_on: dt.date
) -> QuerySet[Patch]:
    """Return the patches of a design's wards, and those it goes on with, from a day."""
    return (
        Patch.objects.from_day(starts_on)
        .filter(Q(ward__in=design.wards.all()) | Q(pk__in=list(going_on)))
        .with_band(starts_on)
        .select_related("ward")
        .order_by("code")
    )


def _closing(
    plan: PublicationPlan, present: Sequence[Patch], going_on: set[int]
) -> list[Patch]:
    """Return the patches that end; note those that cannot end, or go on, that day."""
    closing = []
    for patch in present:
        if patch.pk in going_on:
            if patch.ends_on is not None or patch.starts_on >= plan.starts_on:
                plan.obstacles.append(Obstacle(rules.why_cannot_go_on(patch)))
        elif why := rules.why_cannot_close(patch, plan.starts_on):
            plan.obstacles.append(Obstacle(why))
        else:
            closing.append(patch)
    return closing


def _codes_taken(plan: PublicationPlan) -> list[Obstacle]:
    """Codes of new patches are unlike every code there is or ever was."""
    new = {row.drawn.code.casefold() for row in plan.patches if row.is_new}
    taken = [
        code
        for code in Patch.objects.order_by("code").values_list("code", flat=True)
        if code.casefold() in new
    ]
    return [Obstacle(rules.code_is_taken(code)) for code in taken]


def _bands_planned(plan: PublicationPlan) -> list[Obstacle]:
    """Another band planned for the very day is withdrawn first, on purpose."""
    changing = [row.patch for row in plan.patches if row.patch and row.changes_band]
    planned = PatchBand.objects.filter(patch__in=changing, starts_on=plan.starts_on)
    return [
        Obstacle(rules.band_is_planned(band.patch, plan.starts_on))
        for band in planned.select_related("patch").order_by("patch__code")
    ]


class _Placing:
    """Every home of the ground given what becomes of it."""

    def __init__(
        self, plan: PublicationPlan, ground: Ground, going_on: set[int]
    ) -> None:
        self.plan, self.ground = plan, ground
        self.by_drawn = {row.drawn.pk: row for row in plan.patches}
        self.by_patch = {row.patch.pk: row for row in plan.patches if row.patch}
        self.closing = {patch.pk for patch in plan.closing}
        self.names = {patch.pk: patch.code for patch in plan.closing}
        self.names |= {pk: row.code for pk, row in self.by_patch.items()}
        self.planned: list[int] = []
        self.nowhere: list[int] = []

    def run(self) -> None:
        undrawn = []
        for home_id, facts in self.ground.managed.items():
            drawn_id = self.ground.drawn.get(home_id)
            if drawn_id is None:
                undrawn.append((home_id, facts))
            elif drawn_id in self.by_drawn:
                self._go(home_id, facts, self.by_drawn[drawn_id])
                self._compare(home_id)
        votes = _votes(self.ground) if undrawn else {}
        for home_id, facts in undrawn:
            self._place_undrawn(home_id, facts, votes)
        self._leave_behind()
        self._note_obstacles()

    def _go(self, home_id: int, facts: HomeFacts, to: PatchPlan) -> None:
        """Let a home go to a drawn patch, or stay where it is."""
        time = self.ground.now.get(home_id)
        from_id = time.patch_id if time else None
        to.ward_ids.add(facts.ward_id)
        self.plan.flows[from_id, to.drawn.pk] += 1
        if to.patch is not None and from_id == to.patch.pk:
            to.staying_count += 1
            self.plan.staying.append(home_id)
            if self._has_plans_for_closing(home_id):
                self.planned.append(home_id)
            return
        if from_id in self.by_patch:
            self.by_patch[from_id].leaving_count += 1
        if home_id in self.ground.later or (time and time.is_planned_to_end):
            self.planned.append(home_id)
        to.arriving.append(
            Departure(home_id, time.membership_id if time else None, from_id)
        )

    def _compare(self, home_id: int) -> None:
        time = self.ground.now.get(home_id)
        if self.ground.frozen.get(home_id) != (time.patch_id if time else None):
            self.plan.moved_since.append(home_id)

    def _place_undrawn(self, home_id: int, facts: HomeFacts, votes: _Votes) -> None:
        """A home that was not drawn stays; from a closing patch it goes with others."""
        time = self.ground.now.get(home_id)
        if time is None:
            self.plan.without_patch.append(home_id)
            if self._has_plans_for_closing(home_id):
                self.planned.append(home_id)
        elif time.patch_id in self.by_patch:
            self._go(home_id, facts, self.by_patch[time.patch_id])
            self.plan.stays_undrawn.append(home_id)
        elif time.patch_id in self.closing:
            for key, why in _keys(facts):
                if key in votes:
                    self.plan.follows[home_id] = why
                    self._go(home_id, facts, self.by_drawn[_most(votes[key])])
                    return
            self.nowhere.append(home_id)
        elif self._has_plans_for_closing(home_id):
            self.planned.append(home_id)

    def _has_plans_for_closing(self, home_id: int) -> bool:
        later = self.ground.later.get(home_id)
        return later is not None and later.patch_id in self.closing

    def _leave_behind(self) -> None:
        """Homes nobody manages on the day: drawn ones are skipped, none stays on."""
        managed = self.ground.managed
        self.plan.left = [pk for pk in self.ground.drawn if pk not in managed]
        for home_id, time in self.ground.now.items():
            if time.patch_id in self.closing and home_id not in managed:
                self.plan.unmanaged.append(
                    Departure(home_id, time.membership_id, time.patch_id)
                )
        self.planned += [
            home_id
            for home_id, time in self.ground.later.items()
            if time.patch_id in self.closing and home_id not in managed
        ]

    def _note_obstacles(self) -> None:
        day = long_date(self.plan.starts_on)
        if self.planned:
            self.plan.obstacles.append(
                Obstacle(rules.have_plans(len(self.planned), day), tuple(self.planned))
            )
        if self.nowhere:
            self.plan.obstacles.append(
                Obstacle(rules.go_nowhere(len(self.nowhere)), tuple(self.nowhere))
            )


_Key = tuple[str | int | None, ...]
_Votes = dict[_Key, Counter[int]]


def _keys(facts: HomeFacts) -> Iterator[tuple[_Key, rules.Follows]]:
    """Yield what a home may go by: its block, then its street and postcode, then less.

    A block or a street side is never split by a design, so neither is it here.
    """
    if facts.block_id is not None:
        yield ("block", facts.block_id), rules.Follows.BLOCK
    yield ("side", facts.street, facts.postcode), rules.Follows.STREET_SIDE
    yield ("postcode", facts.postcode), rules.Follows.POSTCODE
    yield ("street", facts.ward_id, facts.street), rules.Follows.STREET


def _votes(ground: Ground) -> _Votes:
    """Count to which drawn patch the homes of each block, street and postcode go."""
    votes: _Votes = defaultdict(Counter)
    for home_id, drawn_id in ground.drawn.items():
        facts = ground.managed.get(home_id)
        if facts is not None:
            for key, _ in _keys(facts):
                votes[key][drawn_id] += 1
    return dict(votes)


def _most(counted: Counter[int]) -> int:
    return min(counted, key=lambda drawn_id: (-counted[drawn_id], drawn_id))


def _count_staying_outside(plan: PublicationPlan) -> dict[int, int]:
    gone: Counter[int] = Counter()
    own = {row.patch.pk for row in plan.patches if row.patch}
    own |= {patch.pk for patch in plan.closing}
    for (from_id, _), count in plan.flows.items():
        if from_id is not None and from_id not in own:
            gone[from_id] += count
    held = Counter(
        PatchMembership.objects.of_managed_homes(plan.starts_on)
        .filter(patch__in=list(gone))
        .order_by()
        .values_list("patch", flat=True)
    )
    return {pk: held[pk] - count for pk, count in gone.items() if held[pk] > count}
