"""Moving streets and blocks between the patches of an alternative by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from housingplus.common.csv_export import csv_response
from housingplus.common.errors import Conflict, Refusal
from housingplus.common.numbers import whole_number
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from patches.design.filters import PlaceFilter
from patches.design.forms.adjusting import MoveForm, StepForm
from patches.design.models import DesignAlternative, DesignArea
from patches.design.presenters.adjusting import (
    EDIT_HEADER,
    edit_row,
    patch_lines,
    said_of,
)
from patches.design.rules import adjusting as rules
from patches.design.selectors import adjusting as selectors
from patches.design.selectors.maps import places_to_move
from patches.design.services import adjusting as services
from patches.properties.models import Property
from tenants.search.selectors import find_homes as search_homes
from tenants.search.terms import parse

from .alternatives import get_alternative

COLUMNS = {
    "name": "name",
    "homes": ("home_count", "name"),
    "hours": ("hours", "name"),
    "patch": ("drawn_code", "name"),
}
_PER_PAGE = 200
_EDITS_SHOWN = 8
_drawing = permission_required(Permission.DESIGN_PATCHES)


def _by_hand(request: HttpRequest, pk: int, number: int) -> DesignAlternative:
    """Return an alternative homes may be moved in now; refused where they may not."""
    alternative = get_alternative(request, pk, number)
    rules.check_can_adjust(alternative.design)
    rules.check_is_by_hand(alternative)
    return alternative


def _area(alternative: DesignAlternative, number: int) -> DesignArea:
    area = get_object_or_404(alternative.design.areas, number=number)
    area.design = alternative.design
    return area


@require_safe
@_drawing
def adjust_start(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Go to the first ward team's area of an alternative adjusted by hand."""
    alternative = _by_hand(request, pk, number)
    area = alternative.design.areas.order_by("number").first()
    if area is None:
        raise Http404("Nothing is drawn.")
    return redirect("patches:designs:adjust_area", pk, number, area.number)


@require_http_methods(["GET", "POST"])
@_drawing
def adjust(
    request: HttpRequest, pk: int, number: int, area_number: int
) -> HttpResponse:
    """Choose streets and blocks of an area and the patch they go to."""
    alternative = _by_hand(request, pk, number)
    area = _area(alternative, area_number)
    patches = selectors.list_patches_of_area(alternative, area)
    if request.method != "POST":
        form = MoveForm(initial={"version": alternative.version}, patches=patches)
        return _page(request, alternative, area, patches, form)
    form = MoveForm(request.POST, patches=patches)
    places = _numbers(request.POST.getlist("places"))
    status = 200
    if form.is_valid():
        try:
            done = services.move_places(
                alternative=alternative,
                places=places,
                **form.cleaned_data,
                by=request.user,
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
            status = 409 if isinstance(refusal, Conflict) else 200
        else:
            messages.success(request, said_of(done, "Moved"))
            return redirect(request.get_full_path())
    # What was ticked stays; what is seen now is what the next press is about.
    alternative = _by_hand(request, pk, number)
    patches = selectors.list_patches_of_area(alternative, area)
    shown = MoveForm(
        initial={"version": alternative.version, "to": request.POST.get("to", "")},
        patches=patches,
    )
    faults = [
        ("id_to" if name == "to" else "results", fault)
        for name, own in form.errors.items()
        for fault in own
    ]
    return _page(
        request,
        alternative,
        area,
        patches,
        shown,
        status=status,
        faults=faults,
        ticked=set(places),
    )


def _page(
    request: HttpRequest,
    alternative: DesignAlternative,
    area: DesignArea,
    patches: list[Any],
    form: MoveForm,
    *,
    status: int = 200,
    faults: list[tuple[str, str]] | None = None,
    ticked: set[int] | None = None,
) -> HttpResponse:
    chosen = sorting(request, COLUMNS, default="name")
    filtered = PlaceFilter(
        request.GET,
        queryset=selectors.list_places(alternative, area),
        patches=patches,
        find=lambda text: _homes_found(request, alternative, text),
    )
    rows = filtered.qs.order_by(*chosen.order_by)
    page_obj = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    ticked = ticked or set()
    edits = selectors.list_edits(alternative)
    design = alternative.design
    context = {
        "design": design,
        "alternative": alternative,
        "area": area,
        "areas": list(design.areas.order_by("number")),
        "lines": patch_lines(patches),
        "page_obj": page_obj,
        "filter": filtered,
        "sorting": chosen,
        "form": form,
        "bulk_url": request.get_full_path(),
        "faults": faults or [],
        "ticked": ticked,
        "also": selectors.names_of_places(
            alternative, ticked - {unit.pk for unit in page_obj}
        ),
        "undo": selectors.get_next_undo(alternative),
        "redo": selectors.get_next_redo(alternative),
        "edits": edits[:_EDITS_SHOWN],
        "edit_count": edits.count(),
        "measures": alternative.measures,
    }
    return render(request, "patches/design/adjust.html", context, status=status)


def _homes_found(
    request: HttpRequest, alternative: DesignAlternative, text: str
) -> Any:
    """Return keys of the homes of a design that an address or postcode finds."""
    inside = alternative.design.homes.order_by().values("property")
    found = search_homes(parse(text), request.user)
    return (
        Property.objects.filter(pk__in=inside)
        .filter(pk__in=found.order_by().values("pk"))
        .order_by()
        .values("pk")
    )


def _numbers(texts: list[str]) -> list[int]:
    """Return the keys among what was posted; anything else is no place of ours."""
    return [number for text in texts if (number := whole_number(text)) is not None]


@require_POST
@_drawing
def adjust_undo(
    request: HttpRequest, pk: int, number: int, area_number: int
) -> HttpResponse:
    """Take back the last move."""
    return _step(request, pk, number, area_number, services.undo_move, "Undone")


@require_POST
@_drawing
def adjust_redo(
    request: HttpRequest, pk: int, number: int, area_number: int
) -> HttpResponse:
    """Make the move undone last again."""
    return _step(request, pk, number, area_number, services.redo_move, "Done again")


def _step(
    request: HttpRequest,
    pk: int,
    number: int,
    area_number: int,
    step: Callable[..., services.Adjusted],
    done: str,
) -> HttpResponse:
    alternative = _by_hand(request, pk, number)
    area = _area(alternative, area_number)
    form = StepForm(request.POST)
    # The list stays filtered and sorted as it was.
    shown = request.GET.urlencode()
    back = reverse("patches:designs:adjust_area", args=[pk, number, area.number])
    back = f"{back}?{shown}" if shown else back
    if not form.is_valid():
        messages.error(request, "Go back to the page and press the button again.")
        return redirect(back)
    try:
        made = step(alternative=alternative, **form.cleaned_data, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, said_of(made, done))
    return redirect(back)


@require_safe
@_drawing
def adjust_map(
    request: HttpRequest, pk: int, number: int, area_number: int
) -> JsonResponse:
    """An area's patches, streets and blocks for the map to choose on."""
    alternative = get_alternative(request, pk, number)
    return JsonResponse(places_to_move(alternative, _area(alternative, area_number)))


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def edit_list(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Every move made by hand in an alternative, those undone too."""
    alternative = get_alternative(request, pk, number)
    edits = selectors.list_edits(alternative)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        name = f"design-{pk}-alternative-{number}-moves.csv"
        return csv_response(name, EDIT_HEADER, map(edit_row, edits))
    context = {
        "design": alternative.design,
        "alternative": alternative,
        "page_obj": Paginator(edits, 50).get_page(request.GET.get("page")),
        "may_export": request.user.has_permission(Permission.EXPORT_LISTS),
    }
    return render(request, "patches/design/edits.html", context)
