"""Pages of letters that came back: recording, checking, and how many do."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from housingplus.common.csv_export import csv_response
from housingplus.common.editing import save_form
from housingplus.common.errors import Refusal
from housingplus.common.numbers import whole_number
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from tenants.letters import permissions, presenters, rules
from tenants.letters.filters import ReturnFilter
from tenants.letters.forms import (
    CheckCopyForm,
    CheckReturnForm,
    ReturnsFileForm,
    ReturnsForm,
)
from tenants.letters.models import Letter, ReturnedLetter
from tenants.letters.returned_list import COLUMNS, read_returned_list
from tenants.letters.selectors import returns as selectors
from tenants.letters.services import returns as services

_SORTS = {
    "reference": ("letter__run", "letter__sequence"),
    "home": ("letter__home__property__street_key", "letter__home__property__walk_key"),
    "patch": ("letter__patch__code", "-came_back_on"),
    "came_back": "came_back_on",
    "reason": ("reason", "-came_back_on"),
    "state": ("outcome", "came_back_on"),
}
_HEADER = [
    "Reference",
    "Name",
    "Copy for the representative",
    "Home",
    "Ward",
    "Patch",
    "Posted on",
    "Came back on",
    "Reason",
    "Found out",
    "Checked on",
    "Note",
]
_RATE_SORTS = {
    "patch": "patch__code",
    "ward": ("patch__ward__name", "patch__code"),
    "posted": ("posted", "patch__code"),
    "back": ("back", "patch__code"),
    "percent": ("percent", "patch__code"),
    "to_check": ("to_check", "patch__code"),
}


@require_GET
@permission_required(Permission.VIEW_LETTERS)
def return_list(request: HttpRequest) -> HttpResponse:
    """Letters that came back from homes the person sees people of."""
    chosen = sorting(request, _SORTS, default="-came_back")
    returns = selectors.list_returns(request.user)
    filtered = ReturnFilter(request.GET, queryset=returns, user=request.user)
    rows = filtered.qs.order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(
            "letters-that-came-back.csv", _HEADER, presenters.return_rows(rows)
        )
    context = {
        "page_obj": Paginator(rows, 50).get_page(request.GET.get("page")),
        "filter": filtered,
        "sorting": chosen,
        "to_check_count": selectors.count_to_check(request.user),
        "can_write": request.user.has_permission(Permission.WRITE_LETTERS),
        "can_record": permissions.can_record_returns(request.user),
    }
    return render(request, "tenants/letters/return_list.html", context)


@require_http_methods(["GET", "POST"])
def return_record(request: HttpRequest) -> HttpResponse:
    """Record letters by their references, as a hand scanner types them."""
    permissions.check_can_record_returns(request.user)
    if request.method != "POST":
        return _record_page(request, ReturnsForm(initial=_asked_for(request)))
    form = ReturnsForm(request.POST)
    if form.is_valid():
        try:
            return _recorded(request, form.returns())
        except Refusal as refusal:
            add_refusal(form, refusal)
    return _record_page(request, form)


def _asked_for(request: HttpRequest) -> dict[str, str]:
    """The letter a link to this page names by its number."""
    asked = whole_number(request.GET.get("letter"))
    if asked is None:
        return {}
    letters = Letter.objects.visible_to(request.user)
    letter = letters.filter(pk=asked).only("reference").first()
    return {"references": letter.reference} if letter else {}


def _record_page(request: HttpRequest, form: ReturnsForm) -> HttpResponse:
    context = {"form": form, "back_url": reverse("tenants:letters:return_list")}
    return render(request, "tenants/letters/return_record.html", context)


@require_http_methods(["GET", "POST"])
def return_upload(request: HttpRequest) -> HttpResponse:
    """Record letters from a list; a list with an error records nothing."""
    permissions.check_can_record_returns(request.user)
    form = ReturnsFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _recorded(request, read_returned_list(form.cleaned_data["file"]))
        except Refusal as refusal:
            form.add_error("file", refusal.message)
    context = {
        "form": form,
        "columns": COLUMNS,
        "back_url": reverse("tenants:letters:return_record"),
    }
    return render(request, "tenants/letters/return_upload.html", context)


def _recorded(request: HttpRequest, returns: list[services.Return]) -> HttpResponse:
    """Say what became of each letter; sent twice, all are recorded already."""
    came = services.record_returns(returns=returns, by=request.user)
    context = {"came": came}
    return render(request, "tenants/letters/return_recorded.html", context)


@require_http_methods(["GET", "POST"])
def return_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was found out about one letter that came back."""
    permissions.check_can_record_returns(request.user)
    rows = selectors.list_returns(request.user).select_related("letter__household")
    returned = get_object_or_404(rows, pk=pk)

    def present() -> dict[str, Any]:
        now = ReturnedLetter.objects.visible_to(request.user).get(pk=pk)
        return {"outcome": now.outcome, "note": now.note, "version": now.version}

    def save(given: dict[str, Any]) -> None:
        services.check_return(returned=returned, by=request.user, **given)

    form_class = CheckCopyForm if returned.letter.is_copy else CheckReturnForm
    saving = save_form(request, form_class, save, present)
    if saving.is_done:
        messages.success(request, f"{returned.letter} is checked")
        return redirect("tenants:letters:return_list")
    context = {
        "form": saving.form,
        "saving": saving,
        "returned": returned,
        "letter": returned.letter,
        "has_left": rules.has_left(returned.letter.household),
        "back_url": reverse("tenants:letters:return_list"),
    }
    return render(
        request, "tenants/letters/return_check.html", context, status=saving.status
    )


@require_GET
@permission_required(Permission.VIEW_LETTERS)
def return_rates(request: HttpRequest) -> HttpResponse:
    """How many letters came back, by the patch they were written for."""
    chosen = sorting(request, _RATE_SORTS, default="-percent")
    # The letters' own key, which comes last, would part the patches.
    order_by = (*chosen.order_by[:-1], "patch")
    rows = selectors.rates_by_patch(request.user).order_by(*order_by)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(
            "letters-that-came-back-by-patch.csv",
            ["Patch", "Name", "Ward", "Posted", "Came back", "Per cent", "To check"],
            (
                [
                    row["patch__code"],
                    row["patch__name"],
                    row["patch__ward__name"],
                    row["posted"],
                    row["back"],
                    f"{row['percent']:.1f}",
                    row["to_check"],
                ]
                for row in rows
            ),
        )
    context = {
        "page_obj": Paginator(rows, 50).get_page(request.GET.get("page")),
        "sorting": chosen,
        "can_write": request.user.has_permission(Permission.WRITE_LETTERS),
    }
    return render(request, "tenants/letters/return_rates.html", context)
