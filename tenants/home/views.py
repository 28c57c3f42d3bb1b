"""The home page: what this person looks at first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from housingplus.common.dates import today
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission
from patches.design.presenters.drift import drift_lines
from tenants.letters.selectors.returns import count_to_check

from . import presenters, selectors


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Choose the page by what the person may do, the widest first."""
    user = request.user
    if not selectors.has_homes():
        return render(request, "tenants/home/empty.html", presenters.first_steps(user))
    if user.has_permission(Permission.ALL_WARDS):
        return _service(request)
    if user.has_permission(Permission.ASSIGN_OFFICERS):
        return _wards(request)
    if user.has_permission(Permission.VIEW_HOUSEHOLDS):
        return _patches(request)
    check_permission(request, Permission.VIEW_MEASURES)
    return _measures(request)


def _service(request: HttpRequest) -> HttpResponse:
    home = selectors.get_ward_home(request.user)
    context = {
        "home": home,
        "figures": presenters.figures_of_service(
            home, came_back=count_to_check(request.user)
        ),
        "day": today(),
    }
    if request.user.has_permission(Permission.USE_ADMIN):
        context["account_figures"] = presenters.figures_of_accounts(
            selectors.count_accounts()
        )
    return render(request, "tenants/home/service.html", context)


def _wards(request: HttpRequest) -> HttpResponse:
    home = selectors.get_ward_home(request.user)
    if not home.wards:
        return _patches(request)
    return render(
        request,
        "tenants/home/wards.html",
        {
            "home": home,
            "own_patches": selectors.list_own_patches(request.user, today()),
            "figures": presenters.figures_of_wards(
                home, came_back=count_to_check(request.user)
            ),
            "leaving": drift_lines(home.leaving, {}),
            "day": today(),
        },
    )


def _patches(request: HttpRequest) -> HttpResponse:
    home = selectors.get_patch_home(request.user)
    return render(
        request,
        "tenants/home/patches.html",
        {
            "home": home,
            "figures": presenters.figures_of_patches(
                home, came_back=count_to_check(request.user)
            ),
            "day": today(),
        },
    )


def _measures(request: HttpRequest) -> HttpResponse:
    wards = selectors.list_ward_lines()
    return render(
        request,
        "tenants/home/measures.html",
        {
            "wards": wards,
            "figures": presenters.figures_of_measures(wards),
            "day": today(),
        },
    )
