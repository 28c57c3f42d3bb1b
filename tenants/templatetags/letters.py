"""A filled letter on a page."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from tenants.letters.markup import FilledLetter, to_html
from tenants.letters.models import DeliveryStatus, ReturnedLetter
from tenants.letters.presenters import DELIVERY_COLOURS, came_back_tag, tag_colour

register = template.Library()


@register.filter
def letter_html(content: FilledLetter) -> SafeString:
    """The body of a letter as HTML; the markup package escapes every value."""
    return mark_safe(to_html(content))  # noqa: S308


@register.filter
def run_colour(status: str) -> str:
    """The tag colour of a run's status."""
    return tag_colour(status)


@register.filter
def came_back_words(returned: ReturnedLetter) -> str:
    """Where a letter that came back stands."""
    return came_back_tag(returned)[0]


@register.filter
def came_back_colour(returned: ReturnedLetter) -> str:
    """The tag colour of where a letter that came back stands."""
    return came_back_tag(returned)[1]


@register.filter
def delivery_colour(status: str) -> str:
    """The tag colour of a letter sent by itself."""
    return DELIVERY_COLOURS[DeliveryStatus(status)]
