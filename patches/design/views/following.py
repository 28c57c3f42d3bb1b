"""What follows a publication: letters, wards to brief, officers to tell, hand-overs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from housingplus.common.csv_export import csv_response
from housingplus.common.dates import day_before, today
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from officers.assignments.scope import wards_run_by
from officers.councillors.models import Councillor
from officers.designs.changes import (
    Answers,
    WardChange,
    answers_of,
    homes_changing_officer,
    list_covers_cut_short,
    list_officers_to_tell,
    list_ward_changes,
)
from patches.design.models import DesignStatus, PatchDesign
from patches.wards.models import Ward
from tenants.designs.selectors import (
    count_letters_due,
    list_reviews_to_hand_over,
    list_taras_to_hand_over,
)

from .designs import get_design

HOME_HEADER = [
    "Address",
    "Postcode",
    "UPRN",
    "Ward",
    "Patch before",
    "Answers before",
    "Patch after",
    "Answers after",
]
BRIEFING_HEADER = [
    "Ward",
    "Councillors",
    "Patch before",
    "Answers before",
    "Patch after",
    "Answers after",
    "Homes",
    "Officer changes",
]


def _published(request: HttpRequest, pk: int) -> PatchDesign:
    design = get_design(request, pk)
    if design.status != DesignStatus.SCHEDULED:
        raise Http404("This design is not published.")
    return design


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def design_follows(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to be done because the design comes into force, each with its list."""
    design = _published(request, pk)
    answers = answers_of(design)
    letters = count_letters_due(design, answers)
    context = {
        "design": design,
        "is_past": answers.starts_on <= today(),
        "letters": letters,
        "letters_url": _letters_url(request, answers, letters.by_ward),
        "due_url": _due_url(request, answers),
        "ward_count": sum(
            change.moving_count > 0 or change.change_count > 0
            for change in list_ward_changes(design, answers)
        ),
        "officer_count": len(list_officers_to_tell(design, answers)),
        "tara_count": len(list_taras_to_hand_over(design, answers)),
        "cover_count": list_covers_cut_short(design).count(),
        "review_count": list_reviews_to_hand_over(
            request.user, design, answers
        ).count(),
        "sees_people": request.user.has_permission(Permission.VIEW_HOUSEHOLDS),
    }
    return render(request, "patches/design/follows.html", context)


def _letters_url(request: HttpRequest, answers: Answers, wards: Iterable[int]) -> str:
    """Return the form of a letter run to these households, in wards the person runs."""
    if not request.user.has_permission(Permission.WRITE_LETTERS):
        return ""
    mine = set(wards_run_by(request.user).order_by().values_list("pk", flat=True))
    asked = sorted(mine & set(wards))
    if not asked:
        return ""
    query = {
        "ward": asked,
        "dated": max(answers.starts_on, today()).isoformat(),
        "changed_since": day_before(answers.starts_on).isoformat(),
    }
    url = reverse("tenants:letters:run_create")
    return f"{url}?{urlencode(query, doseq=True)}"


def _due_url(request: HttpRequest, answers: Answers) -> str:
    if not request.user.has_permission(Permission.WRITE_LETTERS):
        return ""
    day = max(answers.starts_on, today()).isoformat()
    return f"{reverse('tenants:letters:due')}?on={day}"


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def officer_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """The homes whose officer changes; nobody who lives there is named."""
    design = _published(request, pk)
    answers = answers_of(design)
    homes = homes_changing_officer(design, answers).select_related("ward")
    wards = Ward.objects.filter(designs=design).order_by("name").defer("boundary")
    asked = request.GET.get("ward", "")
    ward = next((one for one in wards if str(one.pk) == asked), None)
    if ward is not None:
        homes = homes.filter(ward=ward)
    homes = homes.in_walking_order()
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(
            f"design-{pk}-officer-changes.csv", HOME_HEADER, _homes_csv(homes, answers)
        )
    page = Paginator(homes, 50).get_page(request.GET.get("page"))
    context = {
        "design": design,
        "ward": ward,
        "wards": wards,
        "page_obj": page,
        "rows": [_home_row(home, answers) for home in page],
        "may_export": request.user.has_permission(Permission.EXPORT_LISTS),
    }
    return render(request, "patches/design/officer_changes.html", context)


def _home_row(home: Any, answers: Answers) -> dict[str, Any]:
    return {
        "home": home,
        "from_patch": answers.patches.get(home.patch_before),
        "to_patch": answers.patches.get(home.patch_after),
        "who_before": answers.who_before(home.patch_before),
        "who_after": answers.who_after(home.patch_after),
    }


def _homes_csv(homes: Any, answers: Answers) -> Iterable[list[Any]]:
    for home in homes.iterator(chunk_size=2_000):
        row = _home_row(home, answers)
        yield [
            home.first_line,
            home.postcode,
            home.uprn,
            home.ward,
            row["from_patch"].code if row["from_patch"] else "No patch",
            row["who_before"],
            row["to_patch"].code if row["to_patch"] else "No patch",
            row["who_after"],
        ]


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def briefing(request: HttpRequest, pk: int) -> HttpResponse:
    """The wards whose councillors are to be told, with what changes."""
    design = _published(request, pk)
    changes = list_ward_changes(design, answers_of(design))
    councillors = _councillors([change.ward.pk for change in changes])
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(
            f"design-{pk}-wards.csv", BRIEFING_HEADER, _wards_csv(changes, councillors)
        )
    context = {
        "design": design,
        "lines": [(change, councillors.get(change.ward.pk, [])) for change in changes],
        "may_export": request.user.has_permission(Permission.EXPORT_LISTS),
    }
    return render(request, "patches/design/briefing.html", context)


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def ward_briefing(request: HttpRequest, pk: int, ward_pk: int) -> HttpResponse:
    """What changes for one ward, on a page to print or send to its councillors."""
    design = _published(request, pk)
    changes = list_ward_changes(design, answers_of(design))
    change = next((one for one in changes if one.ward.pk == ward_pk), None)
    if change is None:
        raise Http404("The design does not touch this ward.")
    context = {
        "design": design,
        "change": change,
        "councillors": _councillors([ward_pk]).get(ward_pk, []),
    }
    return render(request, "patches/design/ward_briefing.html", context)


def _councillors(ward_ids: list[int]) -> dict[int, list[Councillor]]:
    found: dict[int, list[Councillor]] = {}
    for row in Councillor.objects.as_at(today()).filter(ward__in=ward_ids):
        found.setdefault(row.ward_id, []).append(row)
    return found


def _wards_csv(
    changes: Iterable[WardChange], councillors: dict[int, list[Councillor]]
) -> Iterable[list[Any]]:
    for change in changes:
        names = "; ".join(str(one) for one in councillors.get(change.ward.pk, []))
        for flow in change.flows:
            yield [
                change.ward,
                names,
                flow.from_patch.code if flow.from_patch else "No patch",
                flow.who_before,
                flow.to_patch.code if flow.to_patch else "No patch",
                flow.who_after,
                flow.home_count,
                "yes" if flow.is_change else "no",
            ]


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def officers_to_tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Officers whose patches change: what they take over, keep changed, give up."""
    design = _published(request, pk)
    told = list_officers_to_tell(design, answers_of(design))
    page = Paginator(told, 50).get_page(request.GET.get("page"))
    context = {"design": design, "page_obj": page}
    return render(request, "patches/design/officers_to_tell.html", context)


@require_safe
@permission_required(Permission.VIEW_DESIGNS)
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Open work that goes to another officer with the homes."""
    design = _published(request, pk)
    answers = answers_of(design)
    reviews = list_reviews_to_hand_over(request.user, design, answers)
    context = {
        "design": design,
        "taras": list_taras_to_hand_over(design, answers),
        "covers": list_covers_cut_short(design),
        "page_obj": Paginator(reviews, 50).get_page(request.GET.get("page")),
        "sees_people": request.user.has_permission(Permission.VIEW_HOUSEHOLDS),
    }
    return render(request, "patches/design/hand_over.html", context)
