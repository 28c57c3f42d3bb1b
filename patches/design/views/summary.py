"""A plan on one page, to print for members."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from housingplus.common.views import permission_required
from patches.design.models import AlternativeKind, DesignAlternative
from patches.design.presenters.comparing import compare
from patches.design.presenters.designs import where
from patches.design.presenters.summary import next_steps, reasons, short_reason
from patches.design.selectors import alternatives as selectors
from patches.design.selectors.pictures import Picture, picture_of

from .comparing import facts_of
from .designs import get_design

# The plan, today, and as many others as there is room for.
_MOST_COLUMNS = 6


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def alternative_summary(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Why this alternative, on one page: today beside it, maps, what happens next."""
    design = get_design(request, pk)
    every = selectors.list_alternatives(design)
    plan = next((row for row in every if row.number == number), None)
    now = next((row for row in every if row.kind == AlternativeKind.AS_NOW), None)
    if plan is None or plan == now:
        raise Http404("There is no such plan.")
    shown = _shown(every, now, plan)
    facts = facts_of(design, shown)
    context = {
        "design": design,
        "state": design.state_on(today()),
        "where": where(design.wards.all()),
        "plan": plan,
        "now": now,
        "why": short_reason(design),
        "reasons": reasons(now, plan, facts[plan.pk]),
        "comparison": compare(
            shown, facts, suggested=None, chosen_id=design.chosen_id, shown=plan
        ),
        "plan_column": shown.index(plan) + 1,
        "pictures": _pictures(now, plan),
        "steps": next_steps(design, today()),
        "today": today(),
    }
    return render(request, "patches/design/summary.html", context)


def _shown(
    every: list[DesignAlternative],
    now: DesignAlternative | None,
    plan: DesignAlternative,
) -> list[DesignAlternative]:
    """Return today, if there are patches, the plan, then the others as drawn."""
    others = [
        row
        for row in every
        if row not in (now, plan) and row.kind != AlternativeKind.BY_HAND
    ]
    first = [plan] if now is None else [now, plan]
    return [*first, *others][:_MOST_COLUMNS]


def _pictures(
    now: DesignAlternative | None, plan: DesignAlternative
) -> list[tuple[str, Picture]]:
    today_first = [] if now is None else [("Today", picture_of(now))]
    return [*today_first, ("This plan", picture_of(plan))]
