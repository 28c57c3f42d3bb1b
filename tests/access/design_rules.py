"""What each role gets at the pages of rules and barriers of designs."""

from __future__ import annotations

from typing import Any

from patches.models import BarrierSet, DesignRule
from tests.factories.designs import (
    BarrierSetFactory,
    DesignRuleFactory,
    PatchDesignFactory,
)

from . import EVERYONE, WHOLE_SERVICE, Row, World, to


def _barriers(world: World) -> list[Any]:
    made = BarrierSet.objects.first() or BarrierSetFactory()
    return [made.pk]


def _rule(world: World) -> DesignRule:
    """A draft's rule about a home of the own ward."""
    made = DesignRule.objects.filter(label="Access").first()
    return made or DesignRuleFactory(
        design=PatchDesignFactory(wards=[world.ward]),
        homes=[world.home.pk],
        label="Access",
    )


def _design_and_rule(world: World) -> list[Any]:
    rule = _rule(world)
    return [rule.design_id, rule.pk]


ROWS = [
    Row("patches:designs:barrier_list", get=to(EVERYONE)),
    Row(
        "patches:designs:barrier_upload", get=to(WHOLE_SERVICE), post=to(WHOLE_SERVICE)
    ),
    Row("patches:designs:barrier_detail", args=_barriers, get=to(EVERYONE)),
    Row("patches:designs:barrier_map", args=_barriers, get=to(EVERYONE)),
    Row(
        "patches:designs:barrier_archive",
        args=_barriers,
        post=to(WHOLE_SERVICE, status=302),
    ),
    Row(
        "patches:designs:rule_list",
        args=lambda world: [_rule(world).design_id],
        get=to(WHOLE_SERVICE),
    ),
    *(
        Row(
            "patches:designs:rule_add",
            case=kind,
            args=lambda world, kind=kind: [_rule(world).design_id, kind],
            get=to(WHOLE_SERVICE),
            post=to(WHOLE_SERVICE),
        )
        for kind in ("keep", "together", "apart", "not-in")
    ),
    Row("patches:designs:rule_detail", args=_design_and_rule, get=to(WHOLE_SERVICE)),
    Row(
        "patches:designs:rule_remove",
        args=_design_and_rule,
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE, status=302),
    ),
]
