"""Pages of long lists that cost the same at the end as at the beginning."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet


def page_by_keys(
    asked: str | None,
    *,
    ordered: QuerySet[Any],
    shown: QuerySet[Any],
    size: int = 50,
    is_slow: bool = False,
) -> Page[Any]:
    """Return the page asked for of `ordered`, its rows read through `shown`.

    The database sorts keys alone, so that what a row shows is not gathered for every
    row before it. `ordered` needs the annotations it sorts by, `shown` all others.
    Where it `is_slow` to find which rows there are, they are found once: their keys are
    all read, instead of being counted before those of the page are.
    """
    found = ordered.values_list("pk", flat=True)
    page = Paginator(list(found) if is_slow else found, size).get_page(asked)
    keys = list(page.object_list)
    rows = {row.pk: row for row in shown.filter(pk__in=keys).order_by()}
    page.object_list = [rows[key] for key in keys if key in rows]
    return page
