"""Making designs, changing what is to be drawn, and copying."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from housingplus.audit import services as audit
from housingplus.audit.conflicts import changed_by_whom
from housingplus.common.locking import lock
from patches.design.errors import DesignChanged, DesignRefused
from patches.design.models import DesignEvent, DesignRule, DesignSizing, PatchDesign
from patches.design.rules.drawing import check_can_draw

if TYPE_CHECKING:
    from officers.accounts.models import User
    from patches.wards.models import Ward

# What is to be drawn, and how: fields that are copied with a design.
FIELDS = (
    "reason",
    "homes_on",
    "assumptions",
    "barriers",
    "sizing",
    "sizing_value",
    "tolerance",
    "review_tolerance",
    "weight_strength",
    "balance_weight",
    "compactness_weight",
    "continuity_weight",
    "seed",
)
_WITH_VALUE = frozenset(
    {DesignSizing.PATCHES, DesignSizing.OFFICERS, DesignSizing.HOURS}
)


def create_design(
    *,
    name: str,
    wards: Iterable[Ward],
    token: uuid.UUID,
    by: User | None,
    **values: Any,
) -> PatchDesign:
    """Make a draft with nothing drawn yet; `values` are some or all of `FIELDS`.

    The token came with the form: pressing twice makes one.
    """
    chosen = list(wards)
    _check(chosen, values)
    try:
        with transaction.atomic():
            design = PatchDesign.objects.create(
                name=name.strip(), token=token, created_by=by, **values
            )
            design.wards.set(chosen)
            DesignEvent.objects.create(design=design, by=by, to_status=design.status)
            audit.record("patch design.created", subject=design, by=by, summary=name)
    except IntegrityError:
        made = PatchDesign.objects.filter(token=token).first()
        if made is None:
            raise
        return made
    return design


@transaction.atomic
def edit_design(
    *,
    design: PatchDesign,
    version: int,
    name: str,
    wards: Iterable[Ward],
    by: User,
    **values: Any,
) -> PatchDesign:
    """Change what is to be drawn. What is drawn already stays until drawn again."""
    design = lock(PatchDesign.objects.all()).get(pk=design.pk)
    if design.version != version:
        raise DesignChanged(changed_by_whom(design))
    check_can_draw(design)
    chosen = list(wards)
    _check(chosen, values)
    changes = {
        field: [str(getattr(design, field)), str(value)]
        for field, value in {"name": name.strip(), **values}.items()
        if getattr(design, field) != value
    }
    for field, value in {"name": name.strip(), **values}.items():
        setattr(design, field, value)
    design.save(update_fields=["name", *values])
    design.wards.set(chosen)
    mark_changed(design)
    audit.record(
        "patch design.changed", subject=design, by=by, summary=name, changes=changes
    )
    return design


def mark_changed(design: PatchDesign) -> None:
    """Note that what is to be drawn changed: a map drawn before is out of date.

    In the transaction that changes the design or its rules.
    """
    PatchDesign.objects.filter(pk=design.pk).update(
        version=F("version") + 1, changed_at=timezone.now()
    )
    design.refresh_from_db(fields=["version", "changed_at"])


@transaction.atomic
def copy_design(
    *, design: PatchDesign, name: str, token: uuid.UUID, by: User
) -> PatchDesign:
    """Make a draft to be drawn by the same wishes and rules."""
    made = create_design(
        name=name,
        wards=design.wards.all(),
        token=token,
        by=by,
        **{field: getattr(design, field) for field in FIELDS},
    )
    if not made.rules.exists():
        DesignRule.objects.bulk_create(
            DesignRule(
                design=made,
                kind=rule.kind,
                patch_id=rule.patch_id,
                homes=rule.homes,
                other_homes=rule.other_homes,
                label=rule.label,
            )
            for rule in design.rules.order_by("pk")
        )
    audit.record(
        "patch design.copied", subject=made, by=by, summary=f"From “{design}”"[:300]
    )
    return made


def _check(wards: list[Ward], values: Mapping[str, Any]) -> None:
    """A design has wards, and a number where its way of sizing needs one."""
    if not wards:
        raise DesignRefused("Select at least one ward.", field="wards")
    sizing, number = values.get("sizing"), values.get("sizing_value")
    if sizing in _WITH_VALUE and not (number and number > 0):
        raise DesignRefused("Enter how many.", field="sizing_value")
    if sizing is not None and sizing not in _WITH_VALUE and number is not None:
        raise DesignRefused("Leave the number empty.", field="sizing_value")
