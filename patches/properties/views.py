"""The page of one home: where it is, who answers, who lives there, what happened."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from housingplus.common.dates import long_date, period, today
from housingplus.common.permissions import Permission
from housingplus.common.views import permission_required
from patches.register.models import Patch
from tenants.households import history, permissions, presenters, selectors
from tenants.households.forms import AsAtForm
from tenants.taras.selectors import list_taras_for_property

from .models import Property
from .selectors import get_neighbours, list_homes_nearby


@require_GET
@permission_required(Permission.VIEW_PLACES)
def property_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One home. Who lives there is shown only to those who may see it."""
    home = get_object_or_404(
        Property.objects.select_related("landlord", "manager", "ward", "block"), pk=pk
    )
    day = today()
    here = selectors.who_answers_here(home, day)
    form = AsAtForm(request.GET if _asks_for_a_day(request) else None)
    then = _who_answered_then(form, home)
    planned = selectors.get_planned_patch(home, day)
    entries = history.history_of_home(home, request.user)
    page_obj = Paginator(entries, 20).get_page(request.GET.get("page"))
    return render(
        request,
        "patches/properties/detail.html",
        {
            "home": home,
            "is_managed": home.managed_from <= day
            and (home.managed_to is None or home.managed_to >= day),
            "here": here,
            "planned": planned,
            "planned_text": _planned_text(planned),
            "type_text": _type_text(home),
            "managed_text": period(home.managed_from, home.managed_to),
            "grid_text": f"{home.easting}, {home.northing}",
            "form": form,
            "then": then,
            "then_is_past": bool(then and then.on < day),
            "neighbours": get_neighbours(home, here.patch, day),
            "taras": list_taras_for_property(home, day),
            "shapes": _shapes(home, here.patch, day),
            "page_obj": page_obj,
            **_people_of(request, home),
        },
    )


def _asks_for_a_day(request: HttpRequest) -> bool:
    return any(name.startswith("as_at") for name in request.GET)


def _who_answered_then(form: AsAtForm, home: Property) -> selectors.AnswerHere | None:
    day = form.cleaned_data["as_at"] if form.is_bound and form.is_valid() else None
    return selectors.who_answers_here(home, day) if day else None


def _people_of(request: HttpRequest, home: Property) -> dict[str, Any]:
    """Return what the page says of the people, nothing where it may say nothing."""
    if not permissions.can_see_people_of(request.user, home):
        return {"sees_people": False}
    household = selectors.get_household_at(home, request.user)
    if household is None:
        return {"sees_people": True, "household": None}
    return {
        "sees_people": True,
        "household": household,
        "household_name": presenters.household_name(household),
        "tags": presenters.tags_of(household),
        "needs": presenters.needs_of(household),
        "people": household.members_now,
        "tenancies": household.tenancies_now,
    }


def _planned_text(planned: selectors.PlannedPatch | None) -> str:
    if planned is None:
        return ""
    return f"{planned.patch or 'No patch'} from {long_date(planned.starts_on)}"


def _type_text(home: Property) -> str:
    kind = home.get_property_type_display()
    if home.bedrooms is None:
        return kind
    return f"{kind}, {home.bedrooms} bedroom{'' if home.bedrooms == 1 else 's'}"


def _shapes(home: Property, patch: Patch | None, on: dt.date) -> dict[str, Any] | None:
    """Return the home's point as GeoJSON, among the homes of its patch nearby."""
    if home.latitude is None or home.longitude is None:
        return None
    features = [_point(home, {"label": home.first_line, "group": "This home"})]
    if patch is not None:
        near = list_homes_nearby(home, patch, on)
        group = {"group": f"Homes of {patch.code} nearby", "context": True}
        features += [
            _point(other, {"label": other.first_line, **group}) for other in near
        ]
    return {"type": "FeatureCollection", "features": features[::-1]}


def _point(home: Property, properties: dict[str, Any]) -> dict[str, Any]:
    url = {"url": home.get_absolute_url()} if properties.get("context") else {}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [home.longitude, home.latitude]},
        "properties": properties | url,
    }
