"""The patches a person may choose from when acting on several at once."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from housingplus.common.dates import today
from housingplus.common.redirects import safe_next
from officers.assignments.scope import patches_run_by, wards_run_by
from officers.assignments.selectors import Answer, answers_for
from patches.register.models import Patch
from patches.wards.models import Ward


@dataclass(frozen=True)
class Offered:
    """Patches offered, who answers for each, and which are ticked to begin with."""

    patches: list[Patch]
    answers: dict[int, Answer]
    ticked: list[str]
    back_url: str
    wards: list[Ward]
    ward_id: int | None


def list_offered(request: HttpRequest) -> Offered:
    """Return the patches in force or to come that the person runs.

    `?ward=3` offers one ward's patches, `?officer=5` ticks those the officer answers
    for, `?patch=7&patch=8` ticks patches.
    """
    day = today()
    rows = patches_run_by(request.user).from_day(day).select_related("ward")
    wards = list(wards_run_by(request.user).order_by("name"))
    asked = request.GET.get("ward", "")
    ward_id = next((ward.pk for ward in wards if str(ward.pk) == asked), None)
    if ward_id is not None:
        rows = rows.filter(ward=ward_id)
    patches = list(rows.with_home_count(day).order_by("ward__name", "code"))
    answers = answers_for(patches, day)
    ticked = {chosen for chosen in request.GET.getlist("patch") if chosen.isdecimal()}
    officer = request.GET.get("officer", "")
    ticked |= {
        str(patch.pk) for patch in patches if officer in _people(answers[patch.pk])
    }
    board = reverse("officers:assignments:board")
    return Offered(
        patches, answers, sorted(ticked), safe_next(request, board), wards, ward_id
    )


def _people(answer: Answer) -> set[str]:
    """Return the officers who lead or cover: the one away is the lead still."""
    return {
        str(person.pk)
        for person in (answer.officer, answer.covered)
        if person is not None and person._meta.model_name == "officer"
    }
