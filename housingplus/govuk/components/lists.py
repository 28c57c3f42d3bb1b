"""Parts of a list page: sorting, pages, counts, ticking rows."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from django import template
from django.core.paginator import Page
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from housingplus.common.permissions import Permission


def _address_with(context: template.Context, **changes: Any) -> str:
    """Return this page's query string with some values changed (None removes)."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}" if query else "?"


def sort_header(
    context: template.Context, key: str, label: str, kind: str = ""
) -> SafeString:
    """A column's header with a link that sorts by it. `kind="numeric"` aligns right."""
    current, is_descending = _sorted_by(context)
    state = "none"
    target = key
    if current == key:
        state = "descending" if is_descending else "ascending"
        target = key if is_descending else f"-{key}"
    return format_html(
        '<th scope="col" class="govuk-table__header{}" aria-sort="{}">'
        '<a class="hp-sort" href="{}">{}</a></th>',
        f" govuk-table__header--{kind}" if kind else "",
        state,
        _address_with(context, sort=target, page=None),
        label,
    )


def _sorted_by(context: template.Context) -> tuple[str, bool]:
    if chosen := context.get("sorting"):
        return chosen.key, chosen.is_descending
    asked = context["request"].GET.get("sort", "")
    return asked.removeprefix("-"), asked.startswith("-")


def paginate(context: template.Context, page_obj: Page) -> str:
    """Links to the other pages of a list; nothing when there is one page."""
    if not page_obj or page_obj.paginator.num_pages < 2:
        return ""
    links = [
        {"number": number, "href": _address_with(context, page=number)}
        if isinstance(number, int)
        else {"number": None}
        for number in page_obj.paginator.get_elided_page_range(
            page_obj.number, on_each_side=1, on_ends=1
        )
    ]
    before = after = ""
    if page_obj.has_previous():
        before = _address_with(context, page=page_obj.previous_page_number())
    if page_obj.has_next():
        after = _address_with(context, page=page_obj.next_page_number())
    return get_template("components/pagination.html").render(
        {"page_obj": page_obj, "links": links, "before": before, "after": after}
    )


def result_count(page_obj: Page, one: str = "result", many: str = "") -> SafeString:
    """Which of how many are shown: "Showing 26 to 50 of 312 homes"."""
    total = page_obj.paginator.count
    noun = one if total == 1 else (many or f"{one}s")
    if page_obj.paginator.num_pages < 2:
        return format_html("<strong>{}</strong> {}", f"{total:,}", noun)
    return format_html(
        "Showing <strong>{}</strong> to <strong>{}</strong> of <strong>{}</strong> {}",
        f"{page_obj.start_index():,}",
        f"{page_obj.end_index():,}",
        f"{total:,}",
        noun,
    )


def csv_link(
    context: template.Context, label: str = "Download this list (CSV)"
) -> SafeString:
    """A link to this list, as filtered and sorted, for who may download lists."""
    user = context["request"].user
    if user.is_authenticated and not user.has_permission(Permission.EXPORT_LISTS):
        return SafeString("")
    return format_html(
        '<a class="govuk-link hp-csv" href="{}" download>{}</a>',
        _address_with(context, format="csv", page=None),
        label,
    )


def tick_header() -> SafeString:
    """The header over the ticks; ticks all rows of the page when scripts run."""
    return mark_safe(
        '<th scope="col" class="govuk-table__header">'
        '<input class="hp-tick" type="checkbox" data-select-page hidden '
        'aria-label="Select every row on this page">'
        '<span class="govuk-visually-hidden">Select</span></th>'
    )


def tick(
    name: str, value: Any, label: Any, number: Any = "", ticked: Container[Any] = ()
) -> SafeString:
    """A row's checkbox. `label` is read out; `number` tells odd from even.

    `ticked` holds the values that are ticked from the beginning.
    """
    return format_html(
        '<input class="hp-tick" type="checkbox" name="{}" value="{}" '
        'aria-label="Select {}" data-number="{}"{}>',
        name,
        value,
        label,
        number or "",
        mark_safe(" checked") if value in ticked else "",
    )


def select_buttons(evens_odds: bool = False) -> SafeString:
    """How many are ticked, and buttons to tick many: they show when scripts run."""
    choices = [("all", "Select all"), ("none", "Select none")]
    if evens_odds:
        choices[1:1] = [("evens", "Evens"), ("odds", "Odds")]
    buttons = "".join(
        f'<button type="button" class="hp-link-button" data-select="{which}" hidden>'
        f"{label}</button>"
        for which, label in choices
    )
    return mark_safe(  # noqa: S308
        '<p class="hp-bulk__count" role="status" data-selected-count></p>' + buttons
    )
