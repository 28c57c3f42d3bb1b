"""Rivers, railways and main roads for designs: uploading, looking, archiving."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import permission_required
from housingplus.govuk.lists import sorting
from patches.design.forms.barriers import BarriersForm
from patches.design.models import BarrierSet, PatchDesign
from patches.design.selectors import barriers as selectors
from patches.design.services import barriers as services

_SORTED = {"name": "name", "uploaded": "uploaded_at", "designs": "design_count"}


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def barrier_list(request: HttpRequest) -> HttpResponse:
    """Barriers to choose from, or archived ones."""
    chosen = sorting(request, _SORTED, default="name")
    archived = request.GET.get("archived") == "1"
    rows = selectors.list_barrier_sets(is_archived=archived).defer("lines", "bridges")
    context = {
        "page_obj": Paginator(rows.order_by(*chosen.order_by), 50).get_page(
            request.GET.get("page")
        ),
        "sorting": chosen,
        "archived": archived,
        "archived_count": BarrierSet.objects.filter(is_archived=True).count(),
        "may_change": request.user.has_permission(Permission.DESIGN_PATCHES),
    }
    return render(request, "patches/design/barrier_list.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.DESIGN_PATCHES)
def barrier_upload(request: HttpRequest) -> HttpResponse:
    """Bring a file of lines; one that cannot be read is refused here."""
    is_sent = request.method == "POST"
    form = BarriersForm(
        request.POST if is_sent else None, request.FILES if is_sent else None
    )
    if is_sent and form.is_valid():
        try:
            made = services.create_barrier_set(
                name=form.cleaned_data["name"],
                barriers=form.cleaned_data["barriers"],
                by=request.user,
            )
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(
                request, "Barriers saved. Check the map, then choose them in a design"
            )
            return redirect("patches:designs:barrier_detail", made.pk)
    context = {"form": form, "back_url": reverse("patches:designs:barrier_list")}
    return render(request, "patches/design/barrier_upload.html", context)


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def barrier_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines and bridges on the map and in a table, and the designs they are in."""
    sets = BarrierSet.objects.select_related("uploaded_by")
    barriers = get_object_or_404(sets, pk=pk)
    parts = selectors.measure_barriers(barriers)
    context = {
        "barriers": barriers,
        "parts": parts,
        "page_obj": Paginator(parts.lines, 50).get_page(request.GET.get("page")),
        "designs": PatchDesign.objects.visible_to(request.user).filter(
            barriers=barriers
        )[:20],
        "may_change": request.user.has_permission(Permission.DESIGN_PATCHES),
    }
    return render(request, "patches/design/barrier_detail.html", context)


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def barrier_map(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines and bridges as GeoJSON for the map."""
    barriers = get_object_or_404(BarrierSet, pk=pk)
    return JsonResponse(selectors.barrier_shapes(barriers))


@require_POST
@permission_required(Permission.DESIGN_PATCHES)
def barrier_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer barriers to designs no more, or again."""
    barriers = get_object_or_404(BarrierSet, pk=pk)
    archive = request.POST.get("archive") == "1"
    services.set_barriers_archived(
        barrier_set=barriers, is_archived=archive, by=request.user
    )
    said = "archived" if archive else "offered to designs again"
    messages.success(request, f"{barriers} {said}")
    return redirect("patches:designs:barrier_detail", barriers.pk)
