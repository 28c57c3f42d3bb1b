"""The search in the header of every page.

What was typed is kept in the session and the address holds only its key, so that
people's names are in no address, log or bookmark (docs/decisions/search-address.md).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from housingplus.common.permissions import Permission
from housingplus.common.views import permission_required

from . import selectors
from .presenters import Result, present
from .terms import Query, parse

SESSION_KEY = "searches"
KEPT_SEARCHES = 20
SHOWN_AT_FIRST = 6
PER_PAGE = 50


@dataclass(frozen=True)
class Found:
    """A group with its first results."""

    key: str
    label: str
    count: int
    results: list[Result]

    @property
    def has_more(self) -> bool:
        return self.count > len(self.results)


@permission_required(Permission.VIEW_PLACES)
@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Take what was typed; an exact hit opens the record."""
    typed = request.POST if request.method == "POST" else request.GET
    query = parse(typed.get("q", ""))
    if not query.terms:
        return render(request, "tenants/search/results.html", {"search_text": ""})
    exact = selectors.find_exact(query, request.user)
    if exact is not None:
        return redirect(exact)
    return redirect("search_results", key=_keep(request, query.text))


@permission_required(Permission.VIEW_PLACES)
@require_GET
def search_results(request: HttpRequest, key: str) -> HttpResponse:
    query = _kept(request, key)
    if query is None:
        return render(request, "tenants/search/results.html", {"is_forgotten": True})
    groups = [
        _found(group, query, request) for group in selectors.groups_for(request.user)
    ]
    return render(
        request,
        "tenants/search/results.html",
        {
            "search_text": query.text,
            "search_key": key,
            "groups": [group for group in groups if group.count],
            "total": sum(group.count for group in groups),
        },
    )


@permission_required(Permission.VIEW_PLACES)
@require_GET
def search_group(request: HttpRequest, key: str, group: str) -> HttpResponse:
    """Everything found of one kind, by pages."""
    found = {one.key: one for one in selectors.groups_for(request.user)}.get(group)
    if found is None:
        raise Http404
    query = _kept(request, key)
    if query is None:
        return redirect("search")
    page = Paginator(_rows(found, query, request), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "tenants/search/group.html",
        {
            "search_text": query.text,
            "search_key": key,
            "group": found,
            "page_obj": page,
            "results": present(group, page.object_list, query),
        },
    )


def _rows(group: selectors.Group, query: Query, request: HttpRequest):
    rows = group.find(query, request.user)
    return selectors.with_names(rows) if group.key == "households" else rows


def _found(group: selectors.Group, query: Query, request: HttpRequest) -> Found:
    rows = _rows(group, query, request)
    first = list(rows[:SHOWN_AT_FIRST])
    count = len(first) if len(first) < SHOWN_AT_FIRST else rows.order_by().count()
    return Found(group.key, group.label, count, present(group.key, first, query))


def _keep(request: HttpRequest, text: str) -> str:
    """Keep the search in the session and return its key; the oldest is let go."""
    kept = dict(request.session.get(SESSION_KEY, {}))
    for key, earlier in kept.items():
        if earlier == text:
            return key
    key = secrets.token_urlsafe(6)
    kept[key] = text
    request.session[SESSION_KEY] = dict(list(kept.items())[-KEPT_SEARCHES:])
    return key


def _kept(request: HttpRequest, key: str) -> Query | None:
    text = request.session.get(SESSION_KEY, {}).get(key)
    return parse(text) if text else None
