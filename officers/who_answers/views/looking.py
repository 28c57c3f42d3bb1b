"""Turning what was asked into an answer, for the page and for JSON alike."""

from __future__ import annotations

import datetime as dt

from housingplus.govuk.phones import british
from officers.drop_ins.selectors import list_drop_ins_of_wards
from officers.who_answers.forms import LookUpForm
from officers.who_answers.presenters import Association, PublicAnswer, public_answer
from officers.who_answers.selectors import Found, find_by_postcode, find_by_uprn
from tenants.taras.selectors import list_taras_for_all_of


def look_up(form: LookUpForm, day: dt.date) -> Found:
    """Return what a valid form asks for; the UPRN, when given, decides."""
    asked = form.cleaned_data
    if asked["uprn"]:
        return find_by_uprn(asked["uprn"], day)
    return find_by_postcode(
        asked["postcode"], day, number=asked["number"], home_id=asked["home"]
    )


def answer_in_words(found: Found, day: dt.date) -> PublicAnswer | None:
    """Return the one answer, if there is one, with drop-ins and associations."""
    if found.answered is None:
        return None
    associations = [
        Association(tara.name, british(tara.phone), tara.email, tara.meeting_place)
        if tara.contacts_are_public
        else Association(tara.name)
        for tara in list_taras_for_all_of(found.homes, day)
    ]
    return public_answer(
        found,
        day,
        drop_ins=list(list_drop_ins_of_wards([found.answered.ward.pk], day)),
        associations=associations,
    )
