"""Who will answer for each patch of the chosen alternative."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from housingplus.common.counting import plural
from housingplus.common.csv_export import csv_response
from housingplus.common.dates import today
from housingplus.common.errors import Conflict, Refusal
from housingplus.common.numbers import whole_number
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import check_permission, permission_required
from officers.designs import leads, services
from officers.designs.leads import TEAM, LeadRow
from officers.directory.models import Officer
from patches.design.forms.deciding import NOTICE_DAYS
from patches.design.forms.leads import Choices, LeadsForm, StartDateForm
from patches.design.models import DesignStatus, PatchDesign
from patches.design.rules import deciding as rules

from .designs import get_design

HEADER = [
    "Patch",
    "Ward team",
    "Homes",
    "Hours a month",
    "Who will answer",
    "Chosen by",
    "Homes that keep their officer",
    "Homes whose officer changes",
]


@require_http_methods(["GET", "POST"])
@permission_required(Permission.VIEW_DESIGNS)
def design_leads(request: HttpRequest, pk: int) -> HttpResponse:
    """Who will answer, patch by patch; those who draw choose."""
    design = get_design(request, pk)
    alternative = rules.check_is_chosen(design)
    on, date_form = _day(request, design)
    rows = leads.list_lead_rows(alternative, on)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(f"design-{pk}-leads.csv", HEADER, _csv(rows))
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    may_choose = _may_choose(request, design)
    form = _form(request, list(page), on) if may_choose else None
    if request.method == "POST":
        check_permission(request, Permission.DESIGN_PATCHES)
        if form is not None and (response := _save(request, design, form, page, on)):
            return response
    loads = leads.list_loads(alternative, rows, on)
    context = {
        "design": design,
        "alternative": alternative,
        "on": on,
        "date_form": date_form,
        "form": form,
        "page_obj": page,
        "lines": [(row, _fields(form, row)) for row in page],
        "counted": leads.count_leads(rows),
        "loads": loads,
        "may_choose": may_choose,
        "may_export": request.user.has_permission(Permission.EXPORT_LISTS),
    }
    return render(request, "patches/design/leads.html", context)


def _may_choose(request: HttpRequest, design: PatchDesign) -> bool:
    return request.user.has_permission(
        Permission.DESIGN_PATCHES
    ) and design.status not in {DesignStatus.SCHEDULED, DesignStatus.WITHDRAWN}


def _day(request: HttpRequest, design: PatchDesign) -> tuple[dt.date, StartDateForm]:
    """Return the day the plan is looked at for: asked, its own, or four weeks on."""
    usual = design.starts_on or today() + dt.timedelta(days=NOTICE_DAYS)
    given = any(key.startswith("starts_on") for key in request.GET)
    form = StartDateForm(request.GET if given else None, initial={"starts_on": usual})
    if form.is_bound and form.is_valid() and form.cleaned_data["starts_on"]:
        return form.cleaned_data["starts_on"], form
    return usual, form


def _form(request: HttpRequest, rows: Sequence[LeadRow], on: dt.date) -> LeadsForm:
    """Return the form of one page of patches: own team first among the choices."""
    people = leads.list_candidates(on)
    wards = {row.drawn.ward_id for row in rows}
    own = leads.teams_of_officers([one.pk for one in people], wards, on)
    choices = {ward: _choices(people, own.get(ward, set())) for ward in wards}
    given = [
        (
            row.drawn.pk,
            row.drawn.code,
            row.value,
            _with_present(choices[row.drawn.ward_id], row),
        )
        for row in rows
    ]
    return LeadsForm(request.POST if request.method == "POST" else None, rows=given)


def _choices(people: Iterable[Officer], own: set[int]) -> Choices:
    near = [(str(one.pk), one.name) for one in people if one.pk in own]
    far = [(str(one.pk), one.name) for one in people if one.pk not in own]
    groups: list[tuple[str, Any]] = [(TEAM, "The ward team (vacancy)")]
    if near:
        groups.append(("Own ward team", near))
    if far:
        groups.append(("Others", far))
    return groups


def _with_present(choices: Choices, row: LeadRow) -> Choices:
    """Keep whoever is shown among the choices, even where they will have left."""
    if row.officer is None or any(
        value == row.value
        for _, group in choices
        if isinstance(group, list)
        for value, _ in group
    ):
        return choices
    return [(row.value, f"{row.officer} (not here on that day)"), *choices]


def _fields(form: LeadsForm | None, row: LeadRow) -> tuple[Any, Any] | None:
    if form is None:
        return None
    return form[f"officer_{row.drawn.pk}"], form[f"seen_{row.drawn.pk}"]


def _save(
    request: HttpRequest,
    design: PatchDesign,
    form: LeadsForm,
    page: Page[LeadRow],
    on: dt.date,
) -> HttpResponse | None:
    """Save one row, or all of the page; None where the form is to be shown again."""
    if not form.is_valid():
        return None
    only = request.POST.get("save", "")
    shown = [row.drawn.pk for row in page if only in ("", str(row.drawn.pk))]
    people = {str(officer.pk): officer for officer in leads.list_candidates(on)}
    given = form.cleaned_data
    people |= {row.value: row.officer for row in page if row.officer is not None}
    try:
        changed = services.choose_leads(
            design=design,
            choices={pk: people.get(given[f"officer_{pk}"]) for pk in shown},
            seen={pk: whole_number(given[f"seen_{pk}"]) for pk in shown},
            starts_on=on,
            by=request.user,
        )
    except Conflict as conflict:
        messages.error(request, conflict.message)
        return redirect(request.get_full_path())
    except Refusal as refusal:
        add_refusal(form, refusal)
        return None
    done = f"{plural(changed, 'choice')} saved" if changed else "Nothing was changed"
    messages.success(request, done)
    return redirect(request.get_full_path())


def _csv(rows: Iterable[LeadRow]) -> Iterable[list[Any]]:
    for row in rows:
        yield [
            row.drawn.code,
            row.drawn.area,
            row.drawn.home_count,
            round(row.drawn.hours, 1),
            row.officer or "The ward team",
            row.chosen.chosen_by if row.chosen else "",
            row.keep_count,
            row.change_count,
        ]
