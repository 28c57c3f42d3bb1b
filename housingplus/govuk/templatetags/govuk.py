"""Component tags and filters, in every template without `{% load %}`.

Short components are built here as text, not by including a template: a list page
draws hundreds of them. docs/components.md lists them with examples.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.template.loader import get_template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import (
    conditional_escape,
    escape,
    format_html,
    format_html_join,
    strip_tags,
)
from django.utils.safestring import SafeString, mark_safe

from housingplus.govuk import tags
from housingplus.govuk.boundfield import plain_sentence as as_plain_sentence
from housingplus.govuk.errors import errors_of
from housingplus.govuk.phones import british

register = template.Library()


# Words and dates


@register.filter
def govdate(value: dt.date | dt.datetime | None) -> str:
    """3 March 2026."""
    if not value:
        return ""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return date_format(value, "j F Y")


@register.filter
def govdatetime(value: dt.datetime | None) -> str:
    """3 March 2026 at 2:05pm."""
    if not value:
        return ""
    if timezone.is_aware(value):
        value = timezone.localtime(value)
    hour = value.hour % 12 or 12
    half = "am" if value.hour < 12 else "pm"
    return f"{date_format(value, 'j F Y')} at {hour}:{value.minute:02}{half}"


@register.filter
def phone(value: str | None) -> str:
    """07700 900123."""
    return british(str(value)) if value else ""


@register.filter
def plain_sentence(value: str) -> str:
    return as_plain_sentence(value)


@register.simple_tag
def council_name() -> str:
    """The council's name, for pages drawn without a request (errors)."""
    return settings.COUNCIL_NAME


# Small components


@register.simple_tag
def tag_for(value: Any, colour: str = "") -> SafeString | str:
    """A status as a coloured tag; the colour comes from housingplus/govuk/tags.py."""
    text = str(getattr(value, "label", value) or "")
    if not text:
        return ""
    chosen = colour if colour in tags.TAG_COLOURS else tags.colour_of(text)
    kind = "" if chosen == "blue" else f" govuk-tag--{chosen}"
    return mark_safe(f'<strong class="govuk-tag{kind}">{escape(text)}</strong>')  # noqa: S308


@register.simple_tag
def button(
    text: str,
    href: str = "",
    kind: str = "",
    name: str = "",
    value: str = "",
    form: str = "",
    extra: str = "",
) -> SafeString:
    """A button, or a link that looks like one. `kind`: secondary, warning, inverse."""
    classes = f"govuk-button govuk-button--{kind}" if kind else "govuk-button"
    classes = f"{classes} {extra}" if extra else classes
    if href:
        return format_html(
            '<a href="{}" role="button" draggable="false" class="{}" '
            'data-module="govuk-button">{}</a>',
            href,
            classes,
            text,
        )
    attributes = "".join(
        format_html(' {}="{}"', key, given)
        for key, given in (("name", name), ("value", value), ("form", form))
        if given
    )
    return format_html(
        '<button type="submit" class="{}" data-module="govuk-button" '
        'data-prevent-double-click="true"{}>{}</button>',
        classes,
        mark_safe(attributes),  # noqa: S308
        text,
    )


@register.simple_block_tag
def inset(content: str) -> SafeString:
    return format_html('<div class="govuk-inset-text">{}</div>', content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    return format_html(
        '<div class="govuk-warning-text">'
        '<span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
        '<strong class="govuk-warning-text__text">'
        '<span class="govuk-visually-hidden">Warning</span> {}</strong></div>',
        content,
    )


@register.simple_block_tag
def details(content: str, summary: str, is_open: bool = False) -> SafeString:
    return format_html(
        '<details class="govuk-details"{}><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        mark_safe(" open") if is_open else "",
        summary,
        content,
    )


@register.simple_block_tag
def fieldset(content: str, legend: str, size: str = "m") -> SafeString:
    return format_html(
        '<fieldset class="govuk-fieldset hp-fieldset"><legend class='
        '"govuk-fieldset__legend govuk-fieldset__legend--{}">{}</legend>{}</fieldset>',
        size,
        legend,
        content,
    )


@register.simple_block_tag
def summary_list(content: str, borders: bool = True) -> SafeString:
    """Wraps `{% row %}`s: what is known of one record."""
    kind = "" if borders else " govuk-summary-list--no-border"
    return format_html('<dl class="govuk-summary-list{}">{}</dl>', kind, content)


@register.simple_tag
def row(
    key: str, value: Any, href: str = "", action: str = "Change", url: str = ""
) -> SafeString:
    """A line of a summary list. `href` links the action, `url` the value itself."""
    shown = "None" if value is None or value == "" else conditional_escape(value)
    if url:
        shown = format_html('<a class="govuk-link" href="{}">{}</a>', url, shown)
    act = (
        format_html(
            '<dd class="govuk-summary-list__actions"><a class="govuk-link" href="{}">{}'
            '<span class="govuk-visually-hidden"> {}</span></a></dd>',
            href,
            action,
            str(key).lower(),
        )
        if href
        else ""
    )
    return format_html(
        '<div class="govuk-summary-list__row{}">'
        '<dt class="govuk-summary-list__key">{}</dt>'
        '<dd class="govuk-summary-list__value">{}</dd>{}</div>',
        "" if href else " govuk-summary-list__row--no-actions",
        key,
        shown,
        act,
    )


@register.simple_block_tag
def empty_state(content: str, title: str) -> SafeString:
    """What to say when there is nothing: why, and what to do next."""
    return format_html(
        '<div class="hp-empty"><p class="govuk-heading-s">{}</p>{}</div>',
        title,
        content,
    )


# Lists


def _address_with(context: template.Context, **changes: Any) -> str:
    """Return this page's query string with some values changed (None removes)."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag(takes_context=True)
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


@register.simple_tag(takes_context=True)
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


@register.simple_tag
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


@register.simple_tag(takes_context=True)
def csv_link(
    context: template.Context, label: str = "Download this list (CSV)"
) -> SafeString:
    """A link to this list, as filtered and sorted, with `format=csv`."""
    return format_html(
        '<a class="govuk-link hp-csv" href="{}" download>{}</a>',
        _address_with(context, format="csv", page=None),
        label,
    )


# Larger parts, drawn once on a page


@register.simple_tag
def breadcrumbs(*pairs: str) -> SafeString:
    """The way here: "Label" url "Label" url …; the page itself is not one of them."""
    items = format_html_join(
        "",
        '<li class="govuk-breadcrumbs__list-item">'
        '<a class="govuk-breadcrumbs__link" href="{}">{}</a></li>',
        ((url, label) for label, url in zip(pairs[::2], pairs[1::2], strict=True)),
    )
    return format_html(
        '<nav class="govuk-breadcrumbs" aria-label="Breadcrumb">'
        '<ol class="govuk-breadcrumbs__list">{}</ol></nav>',
        items,
    )


@register.simple_tag(takes_context=True)
def subnav(
    context: template.Context, *pairs: str, label: str = "Sections"
) -> SafeString:
    """Links between the pages of one record: "Label" url "Label" url …."""
    here = context["request"].path
    items = format_html_join(
        "",
        '<li class="moj-sub-navigation__item">'
        '<a class="moj-sub-navigation__link" href="{}"{}>{}</a></li>',
        (
            (url, mark_safe(' aria-current="page"') if url == here else "", text)
            for text, url in zip(pairs[::2], pairs[1::2], strict=True)
        ),
    )
    return format_html(
        '<nav class="moj-sub-navigation" aria-label="{}">'
        '<ul class="moj-sub-navigation__list">{}</ul></nav>',
        label,
        items,
    )


@register.simple_tag
def timeline(items: Any, level: int = 3) -> str:
    """What happened, newest first. Each: at or on, title, and maybe by, text, url."""
    return get_template("components/timeline.html").render(
        {"items": items, "level": level}
    )


@register.simple_tag
def progress(job: Any, url: str = "", label: str = "") -> str:
    """How far background work is; asks `url` again every two seconds with htmx."""
    return get_template("components/progress.html").render(
        {"job": job, "url": url, "label": label}
    )


@register.simple_tag
def progress_refresh(job: Any, seconds: int = 5) -> str:
    """For `{% block head %}`: the page loads again by itself without JavaScript."""
    if job is None or job.is_finished:
        return ""
    return format_html(
        '<noscript><meta http-equiv="refresh" content="{}"></noscript>', seconds
    )


@register.simple_tag
def error_summary(*sources: Any) -> str:
    """What is wrong with the forms and formsets, each line linking to its input."""
    found = errors_of(*sources)
    if not found:
        return ""
    return get_template("components/error_summary.html").render({"errors": found})


@register.simple_tag
def error_prefix(*sources: Any) -> str:
    """ "Error: " before the page's title when a form was refused."""
    return "Error: " if errors_of(*sources) else ""


@register.simple_tag(takes_context=True)
def block_text(context: template.Context, name: str) -> str:
    """The words of another block of this page, without markup: title from heading."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    if block is None:
        return ""
    return mark_safe(" ".join(strip_tags(block.render(context)).split()))  # noqa: S308
