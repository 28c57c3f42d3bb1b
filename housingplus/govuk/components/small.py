"""Short components, built as text: a page draws hundreds of them."""

from __future__ import annotations

from typing import Any

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from housingplus.govuk import tags


def tag_for(value: Any, colour: str = "") -> SafeString | str:
    """A status as a coloured tag; the colour comes from housingplus/govuk/tags.py."""
    text = str(getattr(value, "label", value) or "")
    if not text:
        return ""
    chosen = colour if colour in tags.TAG_COLOURS else tags.colour_of(text)
    kind = "" if chosen == "blue" else f" govuk-tag--{chosen}"
    return mark_safe(f'<strong class="govuk-tag{kind}">{escape(text)}</strong>')  # noqa: S308


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


def inset(content: str) -> SafeString:
    return format_html('<div class="govuk-inset-text">{}</div>', content)


def warning(content: str) -> SafeString:
    return format_html(
        '<div class="govuk-warning-text">'
        '<span class="govuk-warning-text__icon" aria-hidden="true">!</span>'
        '<strong class="govuk-warning-text__text">'
        '<span class="govuk-visually-hidden">Warning</span> {}</strong></div>',
        content,
    )


def details(content: str, summary: str, is_open: bool = False) -> SafeString:
    return format_html(
        '<details class="govuk-details"{}><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        mark_safe(" open") if is_open else "",
        summary,
        content,
    )


def fieldset(content: str, legend: str, size: str = "m") -> SafeString:
    return format_html(
        '<fieldset class="govuk-fieldset hp-fieldset"><legend class='
        '"govuk-fieldset__legend govuk-fieldset__legend--{}">{}</legend>{}</fieldset>',
        size,
        legend,
        content,
    )


def summary_list(content: str, borders: bool = True) -> SafeString:
    """Wraps `{% row %}`s: what is known of one record."""
    kind = "" if borders else " govuk-summary-list--no-border"
    return format_html('<dl class="govuk-summary-list{}">{}</dl>', kind, content)


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


def empty_state(content: str, title: str) -> SafeString:
    """What to say when there is nothing: why, and what to do next."""
    return format_html(
        '<div class="hp-empty"><p class="govuk-heading-s">{}</p>{}</div>',
        title,
        content,
    )
