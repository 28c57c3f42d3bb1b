"""Whose officer a published design changes: homes, wards, and officers to tell."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    FilteredRelation,
    QuerySet,
    Value,
    When,
)

from housingplus.common.dates import day_before
from housingplus.common.models import in_force
from officers.assignments.models import Assignment, AssignmentKind
from officers.assignments.selectors import Answer, AnswerKind, answers_for
from officers.directory.models import Officer
from patches.design.models import PatchDesign, PatchSuccession
from patches.properties.models import Property
from patches.register.models import Patch
from patches.wards.models import Ward


@dataclass(frozen=True)
class Answers:
    """Who answers for every patch a design touches, the day before and on the day."""

    starts_on: dt.date
    patches: dict[int, Patch]
    before: dict[int, Answer]
    after: dict[int, Answer]

    def who_before(self, patch_id: int | None) -> str:
        answer = self.before.get(patch_id or 0)
        return answer.name if answer else "Nobody"

    def who_after(self, patch_id: int | None) -> str:
        answer = self.after.get(patch_id or 0)
        return answer.name if answer else "Nobody"

    def changes(self, from_id: int | None, to_id: int | None) -> bool:
        """Whether a home that goes from one patch to the other changes officer."""
        return _key(self.before.get(from_id or 0)) != _key(self.after.get(to_id or 0))


@dataclass
class OfficerToTell:
    """An officer whose patches change: begun, kept with other homes, given up."""

    officer: Officer
    begins: list[Patch] = field(default_factory=list)
    goes_on: list[Patch] = field(default_factory=list)
    ends: list[Patch] = field(default_factory=list)


@dataclass(frozen=True)
class Flow:
    """Homes of a ward that go from a patch to another, and who answers for them."""

    from_patch: Patch | None
    to_patch: Patch | None
    who_before: str
    who_after: str
    home_count: int
    is_change: bool


@dataclass
class WardChange:
    """What a design changes for a ward."""

    ward: Ward
    flows: list[Flow] = field(default_factory=list)

    @property
    def home_count(self) -> int:
        return sum(flow.home_count for flow in self.flows)

    @property
    def moving_count(self) -> int:
        return sum(
            flow.home_count for flow in self.flows if flow.from_patch != flow.to_patch
        )

    @property
    def change_count(self) -> int:
        """Homes whose officer changes."""
        return sum(flow.home_count for flow in self.flows if flow.is_change)


def answers_of(design: PatchDesign) -> Answers:
    """Return who answers before and after, for every patch the design touched."""
    assert design.starts_on is not None  # noqa: S101
    pairs = PatchSuccession.objects.filter(design=design).order_by()
    ids = {pk for pair in pairs.values_list("from_patch", "to_patch") for pk in pair}
    ids |= set(design.published_patches.order_by().values_list("patch", flat=True))
    patches = Patch.objects.select_related("ward").in_bulk(ids - {None})
    last = day_before(design.starts_on)
    return Answers(
        starts_on=design.starts_on,
        patches=patches,
        before=answers_for([p for p in patches.values() if p.is_in_force(last)], last),
        after=answers_for(
            [p for p in patches.values() if p.is_in_force(design.starts_on)],
            design.starts_on,
        ),
    )


def homes_of_design(design: PatchDesign, answers: Answers) -> QuerySet[Any]:
    """Homes of the patches a design touched, with their patch before and after.

    Adds `patch_before`, `patch_after` and `answer_before`, `answer_after`: a word for
    who answers. Managed homes of the day the design comes into force.
    """
    before, after = (
        FilteredRelation("memberships", condition=in_force(day, "memberships__"))
        for day in (day_before(answers.starts_on), answers.starts_on)
    )
    return (
        Property.objects.managed_on(answers.starts_on)
        .annotate(was_in=before, is_in=after)
        .annotate(patch_before=F("was_in__patch"), patch_after=F("is_in__patch"))
        .filter(is_in__patch__in=list(answers.patches))
        .annotate(
            answer_before=_word("was_in__patch", answers.before),
            answer_after=_word("is_in__patch", answers.after),
        )
    )


def homes_changing_officer(design: PatchDesign, answers: Answers) -> QuerySet[Any]:
    """Homes for which somebody else answers from the day on."""
    return homes_of_design(design, answers).exclude(answer_before=F("answer_after"))


def list_ward_changes(design: PatchDesign, answers: Answers) -> list[WardChange]:
    """Return what changes for each ward, patch by patch; three queries."""
    counted = (
        homes_of_design(design, answers)
        .order_by()
        .values_list("ward", "patch_before", "patch_after")
        .annotate(total=Count("pk"))
    )
    rows = list(counted)
    wards = Ward.objects.defer("boundary").in_bulk({row[0] for row in rows})
    found = {pk: WardChange(ward) for pk, ward in wards.items()}
    for ward_id, from_id, to_id, total in rows:
        found[ward_id].flows.append(
            Flow(
                from_patch=answers.patches.get(from_id or 0),
                to_patch=answers.patches.get(to_id or 0),
                who_before=answers.who_before(from_id),
                who_after=answers.who_after(to_id),
                home_count=total,
                is_change=answers.changes(from_id, to_id),
            )
        )
    for change in found.values():
        change.flows.sort(key=_by_code)
    return sorted(found.values(), key=lambda change: change.ward.name)


def list_officers_to_tell(design: PatchDesign, answers: Answers) -> list[OfficerToTell]:
    """Return the officers whose patches, or whose patches' homes, change."""
    moved: set[int] = set()
    flows = PatchSuccession.objects.filter(design=design).order_by()
    for from_id, to_id in flows.values_list("from_patch", "to_patch"):
        if from_id != to_id:
            moved |= {pk for pk in (from_id, to_id) if pk}
    told: dict[int, OfficerToTell] = {}
    held: defaultdict[int, set[int]] = defaultdict(set)
    for patch_id, answer in answers.before.items():
        if answer.officer is not None:
            told.setdefault(answer.officer.pk, OfficerToTell(answer.officer))
            held[answer.officer.pk].add(patch_id)
    for patch_id, answer in answers.after.items():
        if answer.officer is None:
            continue
        one = told.setdefault(answer.officer.pk, OfficerToTell(answer.officer))
        patch = answers.patches[patch_id]
        if patch_id not in held[answer.officer.pk]:
            one.begins.append(patch)
        elif patch_id in moved:
            one.goes_on.append(patch)
        held[answer.officer.pk].discard(patch_id)
    for officer_id, patch_ids in held.items():
        told[officer_id].ends = [answers.patches[pk] for pk in sorted(patch_ids)]
    return sorted(
        (one for one in told.values() if one.begins or one.goes_on or one.ends),
        key=lambda one: (one.officer.name, one.officer.pk),
    )


def list_covers_cut_short(design: PatchDesign) -> QuerySet[Assignment]:
    """Return covers that end with a closing patch; `was_until` is their last day."""
    return (
        Assignment.objects.filter(
            kind=AssignmentKind.COVER,
            design_changes__design=design,
            design_changes__is_new=False,
        )
        .annotate(was_until=F("design_changes__ends_on_before"))
        .select_related("officer", "team", "patch")
        .order_by("patch__code", "pk")
    )


def _key(answer: Answer | None) -> str:
    """Return who answers as one word to compare; nothing when nobody does."""
    if answer is None or answer.kind == AnswerKind.NOBODY:
        return ""
    if answer.officer is not None:
        return f"officer-{answer.officer.pk}"
    return f"team-{answer.team.pk}" if answer.team else ""


def _word(patch: str, answers: Mapping[int, Answer]) -> Case:
    """Return who answers for the home's patch as a word, in the database."""
    patches: defaultdict[str, list[int]] = defaultdict(list)
    for patch_id, answer in answers.items():
        patches[_key(answer)].append(patch_id)
    return Case(
        *_whens(patch, sorted(patches.items())),
        default=Value(""),
        output_field=CharField(),
    )


def _whens(patch: str, groups: Iterable[tuple[str, list[int]]]) -> list[When]:
    return [
        When(**{f"{patch}__in": ids}, then=Value(key)) for key, ids in groups if key
    ]


def _by_code(flow: Flow) -> tuple[str, str]:
    return (
        flow.from_patch.code if flow.from_patch else "",
        flow.to_patch.code if flow.to_patch else "",
    )
