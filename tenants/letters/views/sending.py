"""Pages of a run's letters that are sent one by one: begin, watch, decide."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from housingplus.common.csv_export import csv_response
from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from tenants.letters import permissions, presenters
from tenants.letters.filters import DeliveryFilter
from tenants.letters.forms import GiveUpForm
from tenants.letters.models import LetterDelivery, LetterRun
from tenants.letters.selectors.deliveries import count_sending, list_deliveries
from tenants.letters.services import sending
from tenants.letters.tasks import poll_notify

from .runs import get_run

DELIVERY_COLUMNS = {
    "reference": "letter__sequence",
    "status": ("status", "letter__sequence"),
    "sent": ("sent_at", "letter__sequence"),
}


def _run_to_send(request: HttpRequest, pk: int) -> LetterRun:
    run = get_run(request, pk)
    permissions.check_can_approve(request.user, run)
    return run


@require_http_methods(["GET", "POST"])
@permission_required(Permission.APPROVE_LETTERS)
def run_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then send; or go on with what was paused."""
    run = _run_to_send(request, pk)
    if request.method == "POST":
        try:
            sending.send_run(run=run, by=request.user)
        except Refusal as refusal:
            messages.error(request, refusal.message)
        return redirect(run)
    context = {
        "run": run,
        "sending": count_sending(run),
        "back_url": run.get_absolute_url(),
    }
    return render(request, "tenants/letters/run_send.html", context)


@require_POST
@permission_required(Permission.APPROVE_LETTERS)
def run_send_pause(request: HttpRequest, pk: int) -> HttpResponse:
    run = _run_to_send(request, pk)
    try:
        sending.pause_sending(run=run, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, "Sending stops after the letter being sent")
    return redirect(run)


@require_POST
@permission_required(Permission.APPROVE_LETTERS)
def run_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Try every failed letter again."""
    run = _run_to_send(request, pk)
    try:
        count = sending.retry_failed(run=run, by=request.user)
        sending.send_run(run=run, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(
            request, f"{presenters.letters_said(count) or 'Nothing'} to try again"
        )
    return redirect(run)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.APPROVE_LETTERS)
def run_give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up the letters that failed, with a reason."""
    run = _run_to_send(request, pk)
    form = GiveUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sending.give_up_failed(run=run, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            return redirect(run)
    context = {
        "form": form,
        "run": run,
        "sending": count_sending(run),
        "back_url": run.get_absolute_url(),
    }
    return render(request, "tenants/letters/run_give_up.html", context)


@require_POST
@permission_required(Permission.APPROVE_LETTERS)
def run_poll(request: HttpRequest, pk: int) -> HttpResponse:
    """Have Notify asked what became of the letters it accepted."""
    run = _run_to_send(request, pk)
    poll_notify.enqueue()
    messages.success(request, "GOV.UK Notify is being asked. Look again in a minute.")
    return redirect(run)


@require_GET
@permission_required(Permission.WRITE_LETTERS)
def run_deliveries(request: HttpRequest, pk: int) -> HttpResponse:
    """The letters behind each number under Sending."""
    run = get_run(request, pk)
    permissions.check_can_see_people(request.user, run)
    chosen = sorting(request, DELIVERY_COLUMNS, default="reference")
    filtered = DeliveryFilter(request.GET, queryset=list_deliveries(run))
    rows = filtered.qs.order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return _as_csv(run, rows)
    context = {
        "run": run,
        "page_obj": Paginator(rows, 50).get_page(request.GET.get("page")),
        "filter": filtered,
        "sorting": chosen,
        "can_decide": permissions.can_approve(request.user, run)
        and count_sending(run).undecided,
    }
    return render(request, "tenants/letters/run_deliveries.html", context)


def _as_csv(run: LetterRun, rows):  # type: ignore[no-untyped-def]
    return csv_response(
        f"letter-run-{run.pk}-sending.csv",
        ["Reference", "By", "To", "Status", "Service says", "Sent at", "Error"],
        (
            (
                row.letter.reference,
                row.get_service_display(),
                row.letter.email or row.letter.addressee,
                row.get_status_display(),
                row.remote_status,
                row.sent_at,
                row.given_up_reason or row.error,
            )
            for row in rows.iterator(chunk_size=500)
        ),
    )


@require_POST
@permission_required(Permission.APPROVE_LETTERS)
def delivery_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one letter again, or say that one of which nobody knows went."""
    visible = LetterDelivery.objects.visible_to(request.user).select_related("letter")
    delivery = get_object_or_404(visible, pk=pk)
    run = _run_to_send(request, delivery.run_id)
    action = "again" if request.POST.get("action") == "again" else "went"
    try:
        sending.decide(delivery=delivery, action=action, by=request.user)
        if action == "again":
            sending.send_run(run=run, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    url = reverse("tenants:letters:run_deliveries", args=[run.pk])
    return redirect(f"{url}?status={request.POST.get('status', '')[:9]}")
