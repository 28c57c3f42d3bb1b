"""Saving a form that somebody else may have saved first."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.test import RequestFactory

from housingplus.common.editing import save_form
from housingplus.common.errors import Conflict, Refusal


class SomeForm(forms.Form):
    name = forms.CharField(required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "Apple"), ("b", "Bread")])
    parts = forms.MultipleChoiceField(
        label="Parts", choices=[("1", "One"), ("2", "Two")], required=False
    )
    on = forms.DateField(label="Day", required=False)
    wanted = forms.BooleanField(label="Wanted", required=False)
    version = forms.IntegerField()


NOW = {
    "name": "",
    "kind": "a",
    "parts": ["1", "2"],
    "on": dt.date(2026, 3, 3),
    "wanted": True,
    "version": 5,
}
POSTED = {"name": "New", "kind": "b", "parts": ["2"], "version": "4"}


def post(save, **data):
    request = RequestFactory().post("/", POSTED | data)
    return save_form(request, SomeForm, save, lambda: NOW)


def refuse(refusal):
    def save(values):
        raise refusal

    return save


def test_opening_the_form_shows_what_is_there():
    saving = save_form(RequestFactory().get("/"), SomeForm, print, lambda: NOW)
    assert saving.form.initial == NOW
    assert (saving.is_done, saving.status) == (False, 200)


def test_saving_hands_over_the_values():
    seen = []
    assert post(seen.append).is_done
    assert seen[0]["name"] == "New"


def test_a_wrong_answer_saves_nothing():
    saving = post(refuse(AssertionError("saved")), kind="c")
    assert "kind" in saving.form.errors


def test_a_refusal_stands_beside_its_field_or_above_the_form():
    saving = post(refuse(Refusal("Not this name", field="name")))
    assert saving.form.errors == {"name": ["Not this name"]}
    saving = post(refuse(Refusal("Not now", field="other")))
    assert saving.form.non_field_errors() == ["Not now"]


def test_a_conflict_shows_both_and_lets_the_person_go_on():
    saving = post(refuse(Conflict("Jo changed this.")))
    assert (saving.conflict, saving.status) == ("Jo changed this.", 409)
    shown = {row.label: (row.theirs, row.yours) for row in saving.differences}
    assert shown == {
        "Name": ("Nothing", "New"),
        "Kind": ("Apple", "Bread"),
        "Parts": ("One\nTwo", "Two"),
        "Day": ("3 March 2026", "Nothing"),
        "Wanted": ("Yes", "No"),
    }
    assert saving.form["version"].value() == "5"
    assert saving.form["name"].value() == "New"


def test_a_conflict_over_the_same_answers_has_no_differences():
    saving = post(
        refuse(Conflict("Jo changed this.")),
        name="",
        kind="a",
        parts=["2", "1"],
        on="2026-03-03",
        wanted="on",
    )
    assert saving.differences == ()
