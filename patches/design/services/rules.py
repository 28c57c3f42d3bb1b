"""Making and removing the rules every map of a design must keep."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from housingplus.audit import services as audit
from housingplus.common.locking import lock
from patches.design.errors import DesignRefused
from patches.design.models import DesignRule, PatchDesign, RuleKind
from patches.design.rules import ruling
from patches.design.rules.drawing import check_can_draw
from patches.design.selectors.feasibility import AreaWards, check_can_be_kept
from patches.design.selectors.rules import list_patches, wards_of_homes

from .designs import mark_changed

if TYPE_CHECKING:
    from officers.accounts.models import User
    from patches.register.models import Patch


def add_rule(
    *,
    design: PatchDesign,
    kind: RuleKind,
    label: str,
    by: User,
    areas: Sequence[AreaWards],
    patch: Patch | None = None,
    homes: Iterable[int] = (),
    other_homes: Iterable[int] = (),
) -> DesignRule:
    """Make a rule about homes (ids of properties); the same again is the one there is.

    `areas` are the ward teams' areas of the design: name and ids of its wards. What no
    map could keep is refused.
    """
    rule = DesignRule(
        design=design,
        kind=kind,
        patch=patch,
        homes=sorted(set(homes)),
        other_homes=sorted(set(other_homes)),
        label=" ".join(label.split()),
    )
    check_can_draw(design)
    _check(rule, areas)
    check_can_be_kept(design, [rule], areas)
    return _keep(design, [rule], by)[0]


def keep_patches(
    *,
    design: PatchDesign,
    patches: Collection[Patch],
    by: User,
    areas: Sequence[AreaWards],
) -> list[DesignRule]:
    """Have patches stay exactly as they are; those kept already stay kept."""
    if not patches:
        raise DesignRefused("Choose at least one patch.", field="patches")
    check_can_draw(design)
    offered = set(list_patches(design).values_list("pk", flat=True))
    for patch in patches:
        ruling.check_patch_is_here(patch, offered)
    wanted = [
        DesignRule(design=design, kind=RuleKind.KEEP, patch=patch, label=str(patch))
        for patch in patches
    ]
    check_can_be_kept(design, wanted, areas)
    return _keep(design, wanted, by)


def _check(rule: DesignRule, areas: Sequence[AreaWards]) -> None:
    """Refuse a rule that says nothing, too much, or what cannot be."""
    if not rule.label:
        raise DesignRefused("Enter a label.", field="label")
    kind = RuleKind(rule.kind)
    ruling.check_number_of_homes(kind, rule.homes, rule.other_homes)
    if kind == RuleKind.APART:
        ruling.check_pairs_apart(rule.homes, rule.other_homes)
    if kind == RuleKind.TOGETHER:
        area_of = {ward: name for name, wards in areas for ward in wards}
        wards = wards_of_homes(rule.homes)
        ruling.check_one_area({pk: area_of[ward] for pk, ward in wards.items()})
    if rule.patch is not None:
        offered = set(list_patches(rule.design).values_list("pk", flat=True))
        ruling.check_patch_is_here(rule.patch, offered)


@transaction.atomic
def _keep(
    design: PatchDesign, wanted: Sequence[DesignRule], by: User
) -> list[DesignRule]:
    """Write rules down, but for those a double click has made already."""
    design = lock(PatchDesign.objects.all()).get(pk=design.pk)
    check_can_draw(design)
    there = {_content(rule): rule for rule in design.rules.select_related("patch")}
    rules = []
    for rule in wanted:
        if (made := there.get(_content(rule))) is None:
            rule.save()
            made = rule
            audit.record(
                "patch design.rule added",
                subject=design,
                by=by,
                summary=str(rule),
                changes={"rule": [None, _plain(rule)]},
            )
            mark_changed(design)
        rules.append(made)
    return rules


@transaction.atomic
def remove_rule(*, design: PatchDesign, rule: DesignRule, by: User) -> None:
    """Take a rule away; one that somebody took away just now is gone."""
    design = lock(PatchDesign.objects.all()).get(pk=design.pk)
    check_can_draw(design)
    there = design.rules.filter(pk=rule.pk).first()
    if there is None:
        return
    audit.record(
        "patch design.rule removed",
        subject=design,
        by=by,
        summary=str(there),
        changes={"rule": [_plain(there), None]},
    )
    there.delete()
    mark_changed(design)


def _content(rule: DesignRule) -> tuple[object, ...]:
    """Return what makes two rules the same; a patch is kept once, whatever it says."""
    if rule.kind == RuleKind.KEEP:
        return (rule.kind, rule.patch_id)
    return (
        rule.kind,
        rule.patch_id,
        tuple(rule.homes),
        tuple(rule.other_homes),
        rule.label,
    )


def _plain(rule: DesignRule) -> dict[str, object]:
    return {
        "kind": rule.kind,
        "patch": rule.patch_id,
        "homes": rule.homes,
        "other_homes": rule.other_homes,
    }
