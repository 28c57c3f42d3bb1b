"""Who is my officer? The page, its embedded twin, and what they show beside words."""

from __future__ import annotations

from typing import Any

from csp.constants import NONE
from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from housingplus.common.context_processors import brand_colour, text_colour_on
from housingplus.common.dates import today
from officers.who_answers.forms import LookUpForm
from officers.who_answers.presenters import (
    address_of,
    landlord_contact,
    nothing_found,
)
from officers.who_answers.selectors import Found, Outcome, officers_with_public_photo

from .looking import answer_in_words, look_up
from .public import framed_page, public_page, seconds_to_wait, too_many


@public_page
def start(request: HttpRequest) -> HttpResponse:
    """Ask for a postcode, and answer."""
    return _answer(request, "officers:who_answers:start")


@framed_page(lambda: settings.WHO_ANSWERS_EMBED_ORIGINS or [NONE])
def embed(request: HttpRequest) -> HttpResponse:
    """The same in a frame of the council's own website, where settings allow it."""
    response = _answer(request, "officers:who_answers:embed", is_embedded=True)
    response.xframe_options_exempt = bool(settings.WHO_ANSWERS_EMBED_ORIGINS)
    return response


@public_page
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The photo of an officer who answers for a patch today."""
    officer = get_object_or_404(officers_with_public_photo(today()), pk=pk)
    if not officer.photo.storage.exists(officer.photo.name):
        raise Http404
    response = FileResponse(officer.photo.open("rb"), content_type="image/jpeg")
    response["X-Robots-Tag"] = "noindex"
    return response


@public_page
def colours(request: HttpRequest) -> HttpResponse:
    """The council's colour as a style sheet: a page kept by caches has no nonce."""
    colour = brand_colour()
    text = text_colour_on(colour)
    return HttpResponse(
        f":root{{--govuk-brand-colour:{colour};--hp-brand-text:{text}}}\n",
        content_type="text/css",
    )


def _answer(
    request: HttpRequest, name: str, *, is_embedded: bool = False
) -> HttpResponse:
    form = LookUpForm(request.GET if request.GET else None)
    context: dict[str, Any] = {
        "form": form,
        "start_url": reverse(name),
        "is_embedded": is_embedded,
        "is_start": not form.is_bound,
    }
    if form.is_bound and (wait := seconds_to_wait(request)) is not None:
        return too_many(request, wait, **context)
    if form.is_valid():
        day = today()
        found = look_up(form, day)
        context |= {"found": found, "answer": answer_in_words(found, day)}
        context |= _way_on(found, form.cleaned_data["postcode"])
    response = render(request, "officers/who_answers/start.html", context)
    if form.is_bound:
        response["X-Robots-Tag"] = "noindex"
    return response


def _way_on(found: Found, postcode: str) -> dict[str, Any]:
    """Return the homes to choose from, or whom to ask instead."""
    if found.outcome == Outcome.CHOOSE:
        choices = [(home.pk, address_of(home)) for home in found.homes]
        return {"choices": choices, "postcode": postcode}
    if found.answered is not None and found.contact is None:
        return {}
    heading, sentence = nothing_found(found.outcome)
    contact = landlord_contact(found.contact, settings.COUNCIL_NAME)
    return {"heading": heading, "sentence": sentence, "contact": contact}
