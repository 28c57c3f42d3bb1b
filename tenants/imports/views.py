"""A list on its way: uploaded, columns named, checked, confirmed, imported."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, F, When
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.views import permission_required
from housingplus.govuk.lists import sorting
from housingplus.govuk.progress import progress_response
from housingplus.imports import services
from housingplus.imports.models import (
    ImportBatch,
    ImportKind,
    ImportRowOutcome,
    ImportStatus,
)
from housingplus.imports.options import ImportOptions
from housingplus.imports.tables import MOST_ROWS

from . import presenters
from .filters import ImportFilter, ReportFilter
from .forms import ColumnsForm, ConfirmForm, UploadForm
from .importers import importer_for
from .tasks import run_import

_SORTED = {
    "uploaded": "uploaded_at",
    "file": "file_name",
    "kind": "kind",
    "status": "status",
    "rows": "row_count",
}
# Errors first, then the other rows, then what is not in the list and has no row.
_PLACE = Case(
    When(outcome=ImportRowOutcome.ERROR, then=F("number")),
    default=Coalesce("number", MOST_ROWS * 10) + MOST_ROWS * 10,
)
_importing = permission_required(Permission.IMPORT_LISTS)


def _batch(pk: int) -> ImportBatch:
    batches = ImportBatch.objects.select_related("uploaded_by", "confirmed_by", "job")
    return get_object_or_404(batches, pk=pk)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    """Return what the form sent, also when that is nothing at all."""
    if request.method != "POST":
        return None, None
    return request.POST, request.FILES


@require_GET
@_importing
def import_list(request: HttpRequest) -> HttpResponse:
    """Every list brought so far, newest first."""
    chosen = sorting(request, _SORTED, default="-uploaded")
    batches = ImportBatch.objects.select_related("uploaded_by")
    filtered = ImportFilter(request.GET, queryset=batches)
    rows = filtered.qs.order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        return csv_response(
            "imports.csv", presenters.LIST_HEADER, map(presenters.list_row, rows)
        )
    page_obj = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {"page_obj": page_obj, "filter": filtered, "sorting": chosen}
    return render(request, "tenants/imports/list.html", context)


@require_http_methods(["GET", "POST"])
@_importing
def upload(request: HttpRequest) -> HttpResponse:
    """Bring a list; a file that cannot be read is refused here."""
    form = UploadForm(*_sent(request), initial={"kind": request.GET.get("kind")})
    if request.method == "POST" and form.is_valid():
        try:
            batch = services.upload_list(
                importer=importer_for(form.cleaned_data["kind"]),
                upload=form.cleaned_data["file"],
                token=form.cleaned_data["token"],
                by=request.user,
            )
        except Refusal as refusal:
            form.add_error("file", refusal.message)
        else:
            return redirect("imports:columns", batch.pk)
    context = {"form": form, "back_url": reverse("imports:list")}
    return render(request, "tenants/imports/upload.html", context)


@require_GET
@_importing
def column_help(request: HttpRequest) -> HttpResponse:
    """What belongs in each column of each kind of list."""
    kinds = [
        {"kind": kind, "label": label, "columns": importer_for(kind).columns}
        for kind, label in ImportKind.choices
    ]
    return render(request, "tenants/imports/help.html", {"kinds": kinds})


@require_http_methods(["GET", "POST"])
@_importing
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column is which, the choices for this list; then it is checked."""
    batch = _batch(pk)
    importer = importer_for(batch.kind)
    try:
        with services.open_list(batch, importer) as table:
            sample = table.sample()
        form = ColumnsForm(
            *_sent(request),
            importer=importer,
            header=table.header,
            initial=ColumnsForm.initial_from(batch),
        )
        if request.method == "POST" and form.is_valid():
            services.confirm_columns(
                batch=batch,
                importer=importer,
                mapping=form.mapping,
                options=form.options,
                enqueue=run_import.enqueue,
                by=request.user,
            )
            return redirect(batch)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(batch)
    context = {
        "batch": batch,
        "form": form,
        "table": table,
        "sample": presenters.sample_rows(table.header, sample),
        "back_url": batch.get_absolute_url(),
    }
    return render(request, "tenants/imports/columns.html", context)


@require_GET
@_importing
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a list is: progress while it is worked on, else the report."""
    batch = _batch(pk)
    context = {"batch": batch, "figures": presenters.figures(batch)}
    if batch.status in {ImportStatus.CHECKING, ImportStatus.APPLYING}:
        context |= {
            "job": batch.job,
            "progress_url": reverse("imports:progress", args=[pk]),
        }
        return render(request, "tenants/imports/working.html", context)
    chosen = sorting(request, {"row": "place"}, default="row")
    filtered = ReportFilter(request.GET, queryset=batch.rows.all())
    rows = filtered.qs.annotate(place=_PLACE).order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        return csv_response(
            f"import-{pk}-report.csv",
            presenters.REPORT_HEADER,
            map(presenters.report_row, rows.iterator()),
        )
    context |= {
        "page_obj": Paginator(rows, 50).get_page(request.GET.get("page")),
        "filter": filtered,
        "sorting": chosen,
        "can": presenters.possible_acts(batch),
        "options": ImportOptions.from_json(batch.options),
    }
    return render(request, "tenants/imports/report.html", context)


@require_GET
@_importing
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress bar, for htmx."""
    batch = _batch(pk)
    if batch.job is None:
        return redirect(batch)
    return progress_response(
        request, batch.job, url=request.path, finished_url=batch.get_absolute_url()
    )


@require_http_methods(["GET", "POST"])
@_importing
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """What importing will do, and the last question."""
    batch = _batch(pk)
    if batch.status != ImportStatus.CHECKED:
        return redirect(batch)
    options = ImportOptions.from_json(batch.options)
    form = ConfirmForm(
        *_sent(request),
        batch=batch,
        initial={
            "starts_on": max(options.starts_on, today()),
            "digest": batch.plan_digest,
        },
    )
    if request.method == "POST" and form.is_valid():
        chosen = ImportOptions.from_json(
            {
                **batch.options,
                "end_missing": form.cleaned_data.get("end_missing", False),
                "starts_on": (
                    form.cleaned_data.get("starts_on") or options.starts_on
                ).isoformat(),
            }
        )
        try:
            services.confirm_list(
                batch=batch,
                options=chosen,
                seen_digest=form.cleaned_data["digest"],
                enqueue=run_import.enqueue,
                by=request.user,
            )
        except Refusal as refusal:
            form.add_error(None, refusal.message)
        else:
            return redirect(batch)
    context = {
        "batch": batch,
        "form": form,
        "effects": presenters.effects(batch),
        "back_url": batch.get_absolute_url(),
    }
    return render(request, "tenants/imports/confirm.html", context)


@require_POST
@_importing
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a list up."""
    batch = services.cancel_list(batch=_batch(pk), by=request.user)
    messages.success(request, "The list was cancelled and its file removed.")
    return redirect(batch)


@require_POST
@_importing
def start_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Let another worker take over work that stopped."""
    batch = services.start_again(
        batch=_batch(pk), enqueue=run_import.enqueue, by=request.user
    )
    messages.success(request, "The work on this list was started again.")
    return redirect(batch)
