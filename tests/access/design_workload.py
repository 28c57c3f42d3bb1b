"""What each role gets at the pages of assumptions and of the work of homes."""

from __future__ import annotations

from typing import Any

from patches.models import AreaRate, AssumptionSet, Block, WorkRate, WorkType
from tests.factories.designs import (
    AreaRateFactory,
    AssumptionSetFactory,
    WorkRateFactory,
    WorkTypeFactory,
)
from tests.factories.patches import BlockFactory

from . import EVERYONE, WHOLE_SERVICE, Row, World, to

_NAME = "Agreed in May"


def _set(world: World) -> AssumptionSet:
    """A default set with two kinds of work, one with another rate for an area."""
    made = AssumptionSet.objects.filter(name=_NAME).first()
    if made is None:
        made = AssumptionSetFactory(name=_NAME, is_default=True)
        AreaRateFactory(rate=WorkRateFactory(assumptions=made))
        WorkRateFactory(assumptions=made)
    return made


def _other_set(world: World) -> AssumptionSet:
    _set(world)
    name = "Agreed in June"
    made = AssumptionSet.objects.filter(name=name).first()
    if made is None:
        made = WorkRateFactory(assumptions=AssumptionSetFactory(name=name)).assumptions
    return made


def _rate(world: World) -> WorkRate:
    rate: WorkRate = _set(world).rates.filter(area_rates__isnull=False).get()
    return rate


def _of_set(world: World) -> list[Any]:
    return [_set(world).pk]


def _of_rate(world: World) -> list[Any]:
    rate = _rate(world)
    return [rate.assumptions_id, rate.pk]


def _of_area_rate(world: World) -> list[Any]:
    area_rate = AreaRate.objects.get(rate=_rate(world))
    return [*_of_rate(world), area_rate.pk]


def _of_work_type(world: World) -> list[Any]:
    _set(world)
    made = WorkType.objects.filter(name="Unused").first()
    return [(made or WorkTypeFactory(name="Unused")).pk]


def _of_place(name: str) -> Any:
    def args(world: World) -> list[Any]:
        _set(world)
        return [getattr(world, name).pk]

    return args


def _of_block(world: World) -> list[Any]:
    _set(world)
    block = Block.objects.filter(ward=world.ward).first()
    return [(block or BlockFactory(ward=world.ward)).pk]


def _plain(world: World) -> list[Any]:
    _set(world)
    return []


_CHANGING = {"get": to(WHOLE_SERVICE), "post": to(WHOLE_SERVICE)}
_ACT = to(WHOLE_SERVICE, status=302)

ROWS = [
    Row("patches:workload:home", args=_plain, get=to(EVERYONE)),
    Row("patches:workload:ward", args=_of_place("ward"), get=to(EVERYONE)),
    Row("patches:workload:patch", args=_of_place("patch"), get=to(EVERYONE)),
    Row("patches:workload:block", args=_of_block, get=to(EVERYONE)),
    Row("patches:workload:property", args=_of_place("home"), get=to(EVERYONE)),
    Row("patches:workload:set_list", args=_plain, get=to(EVERYONE)),
    Row("patches:workload:set_start", post=_ACT),
    Row("patches:workload:set_compare", args=_plain, get=to(EVERYONE)),
    Row("patches:workload:set_detail", args=_of_set, get=to(EVERYONE)),
    Row("patches:workload:set_copy", args=_of_set, **_CHANGING),
    Row("patches:workload:set_edit", args=_of_set, **_CHANGING),
    Row(
        "patches:workload:set_make_default",
        args=lambda world: [_other_set(world).pk],
        post=_ACT,
    ),
    Row(
        "patches:workload:set_archive",
        args=lambda world: [_other_set(world).pk],
        post=_ACT,
        data=lambda world: {"archive": "1"},
    ),
    Row("patches:workload:rate_add", args=_of_set, **_CHANGING),
    Row("patches:workload:rate_edit", args=_of_rate, **_CHANGING),
    Row("patches:workload:rate_remove", args=_of_rate, post=_ACT),
    Row("patches:workload:area_rate_add", args=_of_rate, **_CHANGING),
    Row("patches:workload:area_rate_remove", args=_of_area_rate, post=_ACT),
    Row("patches:workload:work_type_list", args=_plain, get=to(EVERYONE)),
    Row("patches:workload:work_type_add", **_CHANGING),
    Row("patches:workload:work_type_edit", args=_of_work_type, **_CHANGING),
    Row("patches:workload:work_type_remove", args=_of_work_type, post=_ACT),
]
