"""Anything may be typed, and no resident's name ever comes back."""

from __future__ import annotations

import json

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from officers.who_answers.forms import LookUpForm
from tests.factories.officers import AssignmentFactory, OfficerFactory, TeamWardFactory
from tests.factories.patches import PatchFactory, PatchMembershipFactory, WardFactory
from tests.factories.tenants import (
    HouseholdFactory,
    HouseholdMemberFactory,
    PersonFactory,
    TaraFactory,
    TaraPatchFactory,
    TaraRoleFactory,
    TenancyFactory,
    TenancyPersonFactory,
)

START, API = "/who-is-my-officer/", "/api/who-answers/"


@pytest.mark.parametrize(
    "typed",
    [
        "ZK1 1AA",
        "zk11aa",
        " zk1   1aa. ",
        "ZK1-1AA",
        "(ZK1 1AA)",
        "ZK1 IAA",
        "ZK1 lAA",
        "Z K 1 1 A A",
        "ＺＫ１\u00a01ＡＡ",
    ],
)
def test_messy_postcodes_are_read(typed):
    form = LookUpForm({"postcode": typed})
    assert form.is_valid()
    assert form.cleaned_data["postcode"] == "ZK1 1AA"


def test_letter_o_is_read_as_nought_where_a_digit_stands():
    form = LookUpForm({"postcode": "ZK1 OAA"})
    assert form.is_valid()
    assert form.cleaned_data["postcode"] == "ZK1 0AA"


@pytest.mark.parametrize("typed", ["000012", " 12 ", "1 2"])
def test_uprns_are_read_without_spaces_and_zeros(typed):
    form = LookUpForm({"uprn": typed})
    assert form.is_valid()
    assert form.cleaned_data["uprn"] == "12"


class AnyQuestion(TestCase):
    """A small city with people in every home, asked anything."""

    NAMES = ("Winifred", "Quillington", "Ozanna", "Brackenridge", "Thaddeus")

    @classmethod
    def setUpTestData(cls) -> None:
        ward = WardFactory()
        TeamWardFactory(ward=ward)
        cls.homes = []
        for number, name in enumerate(cls.NAMES):
            patch = PatchFactory(ward=ward)
            if number % 3:
                AssignmentFactory(patch=patch)
            if number == 2:
                AssignmentFactory(
                    patch=patch,
                    kind="cover",
                    ends_on=patch.starts_on.replace(year=2999),
                )
            home = PatchMembershipFactory(
                patch=patch, property__postcode=f"ZK1 1A{'ABD'[number % 3]}"
            ).property
            household = HouseholdFactory(property=home)
            person = PersonFactory(first_name=name, last_name=name)
            HouseholdMemberFactory(household=household, person=person)
            TenancyPersonFactory(
                tenancy=TenancyFactory(household=household), person=person
            )
            tara = TaraFactory(ward=ward)
            TaraPatchFactory(tara=tara, patch=patch)
            TaraRoleFactory(tara=tara, name=f"{name} {name}")
            cls.homes.append(home)
        OfficerFactory()

    def _ask(self, asked: dict[str, str]) -> int:
        cache.clear()
        page = self.client.get(START, asked)
        assert page.status_code == 200
        body = self.client.get(API, asked)
        assert body.status_code in (200, 400, 404)
        assert json.loads(body.content)
        said = page.content.decode() + body.content.decode()
        typed = " ".join(asked.values())
        for name in self.NAMES:
            assert name in typed or name not in said
        return body.status_code

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.fixed_dictionaries(
            {},
            optional={
                name: st.text(st.characters(exclude_categories=["Cs"]), max_size=70)
                for name in ("postcode", "number", "home", "uprn")
            },
        )
    )
    def test_any_text_is_answered(self, asked) -> None:
        self._ask(asked)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def test_no_residents_name_is_in_any_answer(self, data) -> None:
        home = data.draw(st.sampled_from(self.homes))
        asked = data.draw(
            st.sampled_from(
                [
                    {"postcode": home.postcode},
                    {"postcode": home.postcode, "number": home.building},
                    {"postcode": home.postcode, "home": str(home.pk)},
                    {"postcode": home.postcode, "number": "Elm Road"},
                    {"uprn": home.uprn},
                ]
            )
        )
        assert self._ask(asked) == 200

    def test_ward_pages_name_no_resident(self) -> None:
        for path in ("wards/", f"wards/{self.homes[0].ward.code}/"):
            said = self.client.get(START + path).content.decode()
            assert not [name for name in self.NAMES if name in said]
