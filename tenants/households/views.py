"""Pages about households: the list, one household, and how to write to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from housingplus.audit import services as audit
from housingplus.common.csv_export import csv_response
from housingplus.common.dates import period, today
from housingplus.common.editing import save_form
from housingplus.common.paging import page_by_keys
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from patches.properties.addressing import correspondence_lines, postal_lines

from . import forms, history, permissions, presenters, selectors, services
from .filters import HouseholdFilter
from .models import Household

_SORTS = {
    "address": ("property__street_key", "property__walk_key"),
    "patch": ("patch_code", "property__street_key", "property__walk_key"),
    "ward": ("property__ward__name", "property__street_key", "property__walk_key"),
    "since": "starts_on",
    "review": "do_not_write_review_on",
}


@require_GET
@permission_required(Permission.VIEW_HOUSEHOLDS)
def household_list(request: HttpRequest) -> HttpResponseBase:
    """Households living in the homes the person may see people in."""
    chosen = sorting(request, _SORTS, default="address")
    households = Household.objects.visible_to(request.user).current()
    filtered = HouseholdFilter(request.GET, queryset=households, user=request.user)
    found = filtered.qs
    if request.GET.get("format") == "csv":
        return _household_csv(request, found.for_list().order_by(*chosen.order_by))
    ordered = found.with_patch(today()) if chosen.key == "patch" else found
    page_obj = page_by_keys(
        request.GET.get("page"),
        ordered=ordered.order_by(*chosen.order_by),
        shown=households.for_list(),
    )
    for household in page_obj:
        household.name = presenters.household_name(household)
        household.tags = presenters.tags_of(household)
    return render(
        request,
        "tenants/households/list.html",
        {
            "page_obj": page_obj,
            "filter": filtered,
            "sorting": chosen,
            "today": today(),
            "sees_everyone": request.user.has_permission(
                Permission.VIEW_ALL_HOUSEHOLDS
            ),
        },
    )


def _household_csv(request: HttpRequest, rows: Any) -> HttpResponseBase:
    check_permission(request, Permission.EXPORT_LISTS)
    filters = sorted(
        name
        for name in HouseholdFilter.base_filters
        if request.GET.get(name) and name != "name"
    )
    audit.record(
        "households.exported",
        subject=request.user,
        by=request.user,
        summary=f"{rows.count()} rows; filters: {', '.join(filters) or 'none'}",
    )
    lines = (presenters.csv_row(row) for row in rows.iterator(chunk_size=1_000))
    return csv_response("households.csv", presenters.CSV_HEADER, lines)


@require_GET
@permission_required(Permission.VIEW_HOUSEHOLDS)
def household_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One household: who, where, how to write, what was sent, what happened."""
    household = _household_or_404(request, pk)
    can_edit = permissions.can_edit_households(request.user)
    name = presenters.household_name(household)
    write_to = correspondence_lines(household.correspondence_address)
    entries = history.history_of_household(household, request.user)
    page_obj = Paginator(entries, 20).get_page(request.GET.get("page"))
    is_marked = household.is_not_written_to()
    reads_reason = is_marked or any(row.has_reason for row in page_obj)
    if can_edit and reads_reason:
        services.record_sensitive_read(household=household, by=request.user)
    return render(
        request,
        "tenants/households/detail.html",
        {
            "household": household,
            "home": household.property,
            "name": name,
            "tags": presenters.tags_of(household),
            "needs": presenters.needs_of(household),
            "people": household.members_now,
            "tenancies": household.tenancies_now,
            "here": selectors.who_answers_here(household.property, today()),
            "lived_there": period(household.starts_on, household.ends_on),
            "representative_address": presenters.representative_address(household),
            "letters_go_to": ", ".join(write_to) if write_to else "The home",
            "envelope": "\n".join(
                [name, *(write_to or postal_lines(household.property))]
            ),
            "letters": selectors.list_letters_of(household, request.user)[:20],
            "page_obj": page_obj,
            "can_edit": can_edit and _lives_there(household),
            "sees_reason": can_edit,
            "is_current": household.is_in_force(today()),
            "review_is_due": bool(
                household.do_not_write_review_on
                and household.do_not_write_review_on <= today()
            ),
            "safe_review_is_due": bool(
                household.safe_contact_review_on
                and household.safe_contact_review_on <= today()
            ),
        },
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_HOUSEHOLDS)
def edit_needs(request: HttpRequest, pk: int) -> HttpResponse:
    """Change format, language, interpreter, e-mail, and who acts for them."""
    household = _household_or_404(request, pk)

    def present() -> dict[str, Any]:
        return forms.shown_needs(presenters.needs_of(_again(request, household)))

    def save(values: dict[str, Any]) -> None:
        services.edit_needs(household=household, by=request.user, **values)

    return _edit_page(
        request,
        household,
        forms.NeedsForm,
        save,
        present,
        template="tenants/households/edit_needs.html",
        done="Communication needs saved",
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_HOUSEHOLDS)
def correspondence_address(request: HttpRequest, pk: int) -> HttpResponse:
    """Say where to write instead of the home."""
    household = _household_or_404(request, pk)

    def present() -> dict[str, Any]:
        row = _again(request, household)
        lines = row.correspondence_address.split(", ")
        return {"address": "\n".join(lines), "version": row.version}

    def save(values: dict[str, Any]) -> None:
        services.set_correspondence_address(
            household=household, by=request.user, **values
        )

    return _edit_page(
        request,
        household,
        forms.CorrespondenceAddressForm,
        save,
        present,
        template="tenants/households/correspondence_address.html",
        done="Correspondence address saved",
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_HOUSEHOLDS)
def do_not_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop letters, or change the reason and the review date."""
    household = _household_or_404(request, pk)

    def present() -> dict[str, Any]:
        row = _again(request, household)
        return {
            "reason": row.do_not_write_reason,
            "review_on": row.do_not_write_review_on,
            "version": row.version,
        }

    def save(values: dict[str, Any]) -> None:
        services.mark_do_not_write(household=household, by=request.user, **values)

    if household.do_not_write:
        services.record_sensitive_read(household=household, by=request.user)
    return _edit_page(
        request,
        household,
        forms.DoNotWriteForm,
        save,
        present,
        template="tenants/households/do_not_write.html",
        done="Marked do not write: no letter will go to this household",
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_HOUSEHOLDS)
def lift_do_not_write(request: HttpRequest, pk: int) -> HttpResponse:
    """Let letters go to the household again, after confirming why."""
    household = _household_or_404(request, pk)
    if not household.do_not_write:
        messages.info(request, "This household may be written to already")
        return redirect(household)
    services.record_sensitive_read(household=household, by=request.user)

    def save(values: dict[str, Any]) -> None:
        services.lift_do_not_write(household=household, by=request.user, **values)

    return _edit_page(
        request,
        household,
        forms.LiftDoNotWriteForm,
        save,
        lambda: {"version": _again(request, household).version},
        template="tenants/households/lift_do_not_write.html",
        done="Letters may go to this household again",
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_HOUSEHOLDS)
def safe_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the household contacted only in a safe way, or change which way."""
    household = _household_or_404(request, pk)

    def present() -> dict[str, Any]:
        row = _again(request, household)
        return {
            "how": row.safe_contact_how,
            "review_on": row.safe_contact_review_on,
            "version": row.version,
        }

    def save(values: dict[str, Any]) -> None:
        services.mark_safe_contact(household=household, by=request.user, **values)

    if household.safe_contact_only:
        services.record_sensitive_read(household=household, by=request.user)
    return _edit_page(
        request,
        household,
        forms.SafeContactForm,
        save,
        present,
        template="tenants/households/safe_contact.html",
        done="Marked safe contact only: no letter will go to this household",
    )


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_HOUSEHOLDS)
def lift_safe_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the household be contacted in any way again, after confirming why."""
    household = _household_or_404(request, pk)
    if not household.safe_contact_only:
        messages.info(request, "This household has no “safe contact only” mark")
        return redirect(household)
    services.record_sensitive_read(household=household, by=request.user)

    def save(values: dict[str, Any]) -> None:
        services.lift_safe_contact(household=household, by=request.user, **values)

    return _edit_page(
        request,
        household,
        forms.LiftSafeContactForm,
        save,
        lambda: {"version": _again(request, household).version},
        template="tenants/households/lift_safe_contact.html",
        done="This household is no longer marked safe contact only",
    )


def _edit_page(
    request: HttpRequest,
    household: Household,
    form_class: type[forms.VersionedForm],
    save: Callable[[dict[str, Any]], None],
    present: Callable[[], Mapping[str, Any]],
    *,
    template: str,
    done: str,
) -> HttpResponse:
    saving = save_form(request, form_class, save, present)
    if saving.is_done:
        messages.success(request, done)
        return redirect(household)
    context = {
        "household": household,
        "home": household.property,
        "name": presenters.household_name(household),
        "form": saving.form,
        "saving": saving,
        "back_url": household.get_absolute_url(),
    }
    return render(request, template, context, status=saving.status)


def _household_or_404(request: HttpRequest, pk: int) -> Household:
    household = selectors.get_household(pk, request.user)
    if household is None:
        raise Http404("No household that you may see has this number.")
    return household


def _again(request: HttpRequest, household: Household) -> Household:
    """Return the household as it is saved now."""
    return Household.objects.visible_to(request.user).get(pk=household.pk)


def _lives_there(household: Household) -> bool:
    return household.ends_on is None or household.ends_on >= today()
