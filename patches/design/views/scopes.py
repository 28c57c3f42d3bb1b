"""What a design's wards can be chosen by: all, ward teams, housing areas, wards."""

from __future__ import annotations

from django.http import Http404

from housingplus.common.dates import today
from officers.assignments.selectors import teams_of_wards
from patches.design.forms.designs import Scope
from patches.wards.models import Ward

_QUESTIONS = {
    "all": ("", ""),
    "teams": ("Which ward teams?", "Select at least one ward team"),
    "areas": ("Which housing areas?", "Select at least one housing area"),
    "wards": ("Which wards?", "Select at least one ward"),
}


def scope_of(kind: str) -> Scope:
    """Return the choices of one kind; 404 for a kind there is not."""
    if kind not in _QUESTIONS:
        raise Http404("Wards are not chosen that way.")
    wards = list(Ward.objects.select_related("area").order_by("name"))
    labels: dict[str, str] = {}
    wards_of: dict[str, list[int]] = {}
    for ward, (key, label) in zip(wards, _groups(kind, wards), strict=True):
        if key:
            labels[key] = label
            wards_of.setdefault(key, []).append(ward.pk)
    named = sorted(labels.items(), key=lambda pair: pair[1])
    question, missing = _QUESTIONS[kind]
    return Scope(kind, question, missing, named, wards_of)


def _groups(kind: str, wards: list[Ward]) -> list[tuple[str, str]]:
    """Return what each ward is chosen by: a key and its name; nothing for some."""
    if kind == "areas":
        return [
            (str(ward.area_id), str(ward.area)) if ward.area else ("", "")
            for ward in wards
        ]
    if kind == "teams":
        teams = teams_of_wards([ward.pk for ward in wards], today())
        found = [teams.get(ward.pk) for ward in wards]
        return [(str(team.pk), team.name) if team else ("", "") for team in found]
    return [(str(ward.pk), ward.name) for ward in wards]
