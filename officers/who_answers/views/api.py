"""`GET /api/who-answers/`: the public answer as JSON (docs/who-answers.md)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from housingplus.common.dates import today
from officers.who_answers.forms import LookUpForm
from officers.who_answers.presenters import (
    PublicAnswer,
    address_of,
    as_json,
    landlord_contact,
    nothing_found,
)
from officers.who_answers.selectors import Found, Outcome

from .looking import answer_in_words, look_up
from .public import keep_for_a_while, seconds_to_wait


# It changes nothing, and a wrong method is answered in JSON too.
@csrf_exempt
@login_not_required
def who_answers(request: HttpRequest) -> HttpResponseBase:
    """Say who answers for a UPRN, or for a postcode when its homes agree."""
    response = _respond(request)
    response["X-Robots-Tag"] = "noindex"
    if origins := settings.WHO_ANSWERS_CORS_ORIGINS:
        patch_vary_headers(response, ["Origin"])
        origin = request.headers.get("Origin", "")
        if origin in origins:
            response["Access-Control-Allow-Origin"] = origin
    return keep_for_a_while(response)


def _respond(request: HttpRequest) -> JsonResponse:
    if request.method not in ("GET", "HEAD"):
        response = _error(405, "method", "Only GET is answered here")
        response["Allow"] = "GET, HEAD"
        return response
    if (wait := seconds_to_wait(request)) is not None:
        message = f"Too many look-ups from your address. Try again in {wait} seconds"
        response = _error(429, "too_many", message)
        response["Retry-After"] = str(wait)
        return response
    form = LookUpForm(request.GET)
    if not form.is_valid():
        messages = [text for errors in form.errors.values() for text in errors]
        return _error(400, "invalid", messages[0])
    day = today()
    found = look_up(form, day)
    answer = answer_in_words(found, day)
    if found.outcome == Outcome.CHOOSE:
        return JsonResponse({"outcome": "choose", "addresses": _addresses(found)})
    contact = landlord_contact(found.contact, settings.COUNCIL_NAME)
    if answer is None:
        message = " ".join(f"{text}." for text in nothing_found(found.outcome))
        return _error(
            404, found.outcome.value, message.replace("..", "."), contact=contact
        )
    body = {"outcome": found.outcome.value, "answer": _answer(request, answer)}
    if found.contact is not None:
        body["contact"] = {**contact.as_json(), "website": contact.website or None}
    return JsonResponse(body)


def _answer(request: HttpRequest, answer: PublicAnswer) -> dict[str, Any]:
    photo = ward = ""
    if answer.has_photo:
        photo = reverse("officers:who_answers:photo", args=[answer.officer_id])
        photo = request.build_absolute_uri(photo)
    ward = reverse("officers:who_answers:ward", args=[answer.ward_code])
    return as_json(answer, photo_url=photo, ward_url=request.build_absolute_uri(ward))


def _addresses(found: Found) -> list[dict[str, Any]]:
    """The homes to choose from: ask again with `home` beside the postcode."""
    return [{"home": home.pk, "address": address_of(home)} for home in found.homes]


def _error(status: int, code: str, message: str, contact: Any = None) -> JsonResponse:
    body: dict[str, Any] = {"error": {"code": code, "message": message}}
    if contact is not None:
        body["contact"] = {**contact.as_json(), "website": contact.website or None}
    return JsonResponse(body, status=status)
