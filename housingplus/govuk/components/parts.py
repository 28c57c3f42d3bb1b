"""Larger parts, each drawn about once on a page."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import get_template
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe

from housingplus.govuk.errors import errors_of


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


def timeline(items: Any, level: int = 3) -> str:
    """What happened, newest first. Each: at or on, title, and maybe by, text, url."""
    return get_template("components/timeline.html").render(
        {"items": items, "level": level}
    )


def progress(job: Any, url: str = "", label: str = "") -> str:
    """How far background work is; asks `url` again every two seconds with htmx."""
    return get_template("components/progress.html").render(
        {"job": job, "url": url, "label": label}
    )


def progress_refresh(job: Any, seconds: int = 5) -> str:
    """For `{% block head %}`: the page loads again by itself without JavaScript."""
    if job is None or job.is_finished:
        return ""
    return format_html(
        '<noscript><meta http-equiv="refresh" content="{}"></noscript>', seconds
    )


def error_summary(*sources: Any) -> str:
    """What is wrong with the forms and formsets, each line linking to its input."""
    found = errors_of(*sources)
    if not found:
        return ""
    return get_template("components/error_summary.html").render({"errors": found})


def error_prefix(*sources: Any) -> str:
    """ "Error: " before the page's title when a form was refused."""
    return "Error: " if errors_of(*sources) else ""


def block_text(context: template.Context, name: str) -> str:
    """The words of another block of this page, without markup: title from heading."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    if block is None:
        return ""
    return mark_safe(" ".join(strip_tags(block.render(context)).split()))  # noqa: S308
