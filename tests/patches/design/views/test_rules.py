"""Pages of a design's rules: the list, one rule, adding step by step, removing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from patches.models import DesignRule, DesignStatus, Patch, PatchDesign, RuleKind
from patches.properties.indexing import rebuild_property_words
from tests.factories.designs import (
    BarrierSetFactory,
    DesignRuleFactory,
    PatchDesignFactory,
    make_drawn_design,
)
from tests.factories.patches import (
    BlockFactory,
    PatchFactory,
    PropertyFactory,
    WardFactory,
)
from tests.factories.tenants import TaraFactory, TaraStreetFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(manager, client_for):
    return client_for(manager)


@pytest.fixture
def design(make_streets, make_design):
    """A design of three patches in one ward, of six streets in three now."""
    ward = WardFactory(name="Beacon Hill")
    patches = [PatchFactory(ward=ward, code=f"BH-0{number}") for number in (1, 2, 3)]
    homes = make_streets(ward, patches)
    rebuild_property_words(homes)
    return make_design(ward, sizing="patches", sizing_value=3)


@pytest.fixture
def homes(design):
    """The first home of each street, from west to east."""
    ward = design.wards.get()
    return [
        ward.properties.filter(street__endswith=f"Road {street}").first()
        for street in range(6)
    ]


def at(design, *, add="", rule=None, remove=False):
    if add:
        return reverse("patches:designs:rule_add", args=[design.pk, add])
    if rule:
        act = "remove" if remove else "detail"
        return reverse(f"patches:designs:rule_{act}", args=[design.pk, rule.pk])
    return reverse("patches:designs:rule_list", args=[design.pk])


def test_an_empty_list_offers_every_kind(client, design):
    page = client.get(at(design)).content.decode()

    assert "This design has no rules" in page
    for kind in ("keep", "together", "apart", "not-in"):
        assert at(design, add=kind) in page


def test_list_says_what_each_rule_is_about(client, design, homes):
    ids = [home.pk for home in homes]
    patch = Patch.objects.get(code="BH-01")
    for kind, own, others, about in (
        (RuleKind.TOGETHER, ids[:2], [], "2 homes"),
        (RuleKind.APART, ids[:2], [], "2 homes from each other"),
        (RuleKind.APART, ids[:1], ids[1:3], "1 home from 2 homes"),
    ):
        DesignRuleFactory(
            design=design, kind=kind, homes=own, other_homes=others, label=about
        )
    DesignRuleFactory(design=design, kind=RuleKind.KEEP, patch=patch)
    DesignRuleFactory(design=design, kind=RuleKind.NOT_IN, patch=patch, homes=ids[:1])

    lines = client.get(at(design)).context["lines"]

    assert [line.about for line in lines[:3]] == [line.rule.label for line in lines[:3]]
    assert [line.about for line in lines[3:]] == [str(patch), f"1 home out of {patch}"]


def test_list_says_when_the_design_has_to_be_drawn_again(
    client, design, draw_now, homes
):
    draw_now(design)
    assert b"Draw it again" not in client.get(at(design)).content

    client.post(
        at(design, add="together"),
        {"label": "Elm TARA", "homes": f"{homes[0].uprn} {homes[1].uprn}"},
    )

    assert b"Draw it again" in client.get(at(design)).content


def test_list_names_the_barriers(client):
    design = PatchDesignFactory(barriers=BarrierSetFactory(name="The Tinker"))

    assert "The Tinker" in client.get(at(design)).content.decode()


def test_list_queries_do_not_grow(client, design, django_assert_num_queries):
    patch = Patch.objects.get(code="BH-01")
    DesignRuleFactory.create_batch(2, design=design)
    client.get(at(design))
    with CaptureQueriesContext(connection) as few:
        client.get(at(design))
    DesignRuleFactory.create_batch(10, design=design, kind=RuleKind.NOT_IN, patch=patch)
    with django_assert_num_queries(len(few)):
        client.get(at(design))


def test_detail_lists_the_homes(client, design, homes, django_assert_num_queries):
    rule = DesignRuleFactory(
        design=design,
        kind=RuleKind.APART,
        homes=[homes[0].pk],
        other_homes=[homes[1].pk],
    )
    page = client.get(at(design, rule=rule)).content.decode()
    assert "First group" in page
    assert "Second group" in page
    assert homes[1].first_line in page

    with CaptureQueriesContext(connection) as few:
        client.get(at(design, rule=rule))
    DesignRule.objects.update(
        other_homes=[home.pk for home in homes[1:]]
        + [home.pk for home in PropertyFactory.create_batch(10, ward=homes[0].ward)]
    )
    with django_assert_num_queries(len(few)):
        client.get(at(design, rule=rule))


def test_keeping_patches(client, design):
    patch = Patch.objects.get(code="BH-01")
    page = client.get(at(design, add="keep")).content.decode()
    assert "BH-01 (Beacon Hill, 8 homes)" in page

    response = client.post(at(design, add="keep"), {"patches": [patch.pk]}, follow=True)

    assert "Rule added" in response.content.decode()
    assert DesignRule.objects.get().patch == patch
    form = client.get(at(design, add="keep")).context["form"]
    assert [str(label) for _, label in form.fields["patches"].choices] == [
        "BH-02 (Beacon Hill, 8 homes)",
        "BH-03 (Beacon Hill, 8 homes)",
    ]
    assert (
        "Choose at least one patch"
        in client.post(at(design, add="keep")).content.decode()
    )


def test_homes_found_by_address_are_added_to_the_list(client, design, homes):
    url = at(design, add="not-in")
    typed = {
        "label": "Conflict of interest",
        "homes": homes[0].uprn,
        "patch": Patch.objects.get(code="BH-01").pk,
    }

    found = client.post(url, typed | {"step": "find", "search": "Beacon Hill Road 5"})
    assert found.context["form"].fields["found"].choices
    assert "There is a problem" not in found.content.decode()
    picked = client.post(url, typed | {"step": "add", "found": [homes[5].pk]})

    form = picked.context["form"]
    assert form["homes"].value() == f"{homes[0].uprn}\n{homes[5].uprn}"
    assert form["label"].value() == "Conflict of interest"
    assert homes[5].one_line in picked.content.decode()
    client.post(url, typed | {"homes": form["homes"].value()})
    rule = DesignRule.objects.get()
    assert rule.kind == RuleKind.NOT_IN
    assert rule.homes == sorted([homes[0].pk, homes[5].pk])


def test_an_address_outside_the_design_is_not_found(client, design):
    rebuild_property_words([PropertyFactory(street="Far Lane")])

    response = client.post(
        at(design, add="apart"), {"step": "find", "search": "Far Lane"}
    )

    assert "No home of this design has that address" in response.content.decode()


def test_ticked_homes_count_without_being_added_first(client, design, homes):
    """Enter in an empty search box saves: the first button of a form is pressed."""
    client.post(
        at(design, add="apart"),
        {
            "label": "Quarrel",
            "step": "find",
            "search": " ",
            "homes": homes[0].uprn,
            "found": [homes[1].pk, "x", "9" * 30],
        },
    )

    assert DesignRule.objects.count() == 0
    client.post(
        at(design, add="apart"),
        {"label": "Quarrel", "homes": homes[0].uprn, "found": [homes[1].pk]},
    )
    assert DesignRule.objects.get().homes == sorted([homes[0].pk, homes[1].pk])


def test_homes_apart_in_two_groups(client, design, homes):
    url = at(design, add="apart")
    added = client.post(
        url, {"step": "add_other", "homes": homes[0].uprn, "found": [homes[2].pk]}
    ).context["form"]

    client.post(
        url,
        {
            "label": "Two estates",
            "homes": homes[0].uprn,
            "other_homes": added["other_homes"].value(),
        },
    )

    rule = DesignRule.objects.get()
    assert (rule.homes, rule.other_homes) == ([homes[0].pk], [homes[2].pk])


def test_homes_together_by_tara_street_and_block(client, design, homes):
    PatchDesign.objects.update(sizing_value=2)
    ward = design.wards.get()
    block = BlockFactory(ward=ward)
    flat = PropertyFactory(
        ward=ward, block=block, easting=homes[0].easting, northing=homes[0].northing
    )
    tara = TaraFactory(ward=ward, name="Elm Residents")
    TaraStreetFactory(
        tara=tara, ward=ward, street=homes[0].street, street_key=homes[0].street_key
    )
    url = at(design, add="together")
    page = client.get(url).content.decode()
    assert "Elm Residents" in page
    assert f"{homes[1].street} (4 homes)" in page

    response = client.post(
        url,
        {
            "label": "Elm Residents",
            "taras": [tara.pk],
            "streets": [f"{ward.pk}:{homes[1].street_key}"],
            "blocks": [block.pk],
        },
    )

    assert response.status_code == 302
    rule = DesignRule.objects.get()
    assert len(rule.homes) == 9
    assert {flat.pk, homes[0].pk, homes[1].pk} <= set(rule.homes)


def test_streets_of_a_ward_are_shown_when_there_are_several(
    client, make_streets, make_design
):
    wards = WardFactory.create_batch(2)
    keys = [make_streets(ward)[0].street_key for ward in wards]
    design = make_design(*wards)
    url = at(design, add="together")
    assert not client.get(url).context["form"].has_streets

    first = client.post(url, {"step": "show", "ward": wards[0].pk, "label": "Elm"})
    ticked = f"{wards[0].pk}:{keys[0]}"
    second = client.post(
        url, {"step": "show", "ward": wards[1].pk, "streets": [ticked, "x:y"]}
    )

    assert len(first.context["form"].fields["streets"].choices) == 6
    assert first.context["form"]["label"].value() == "Elm"
    shown = [value for value, _ in second.context["form"].fields["streets"].choices]
    assert len(shown) == 7
    assert ticked in shown


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("together", {}, "Enter the label"),
        ("together", {"label": "Elm"}, "Choose at least two homes"),
        ("together", {"label": "Elm", "homes": "nobody"}, "“nobody”: no home"),
        ("apart", {"label": "A", "homes": "{0}", "other_homes": "{0}"}, "both groups"),
        ("apart", {"label": "A", "homes": "{0}", "other_homes": "x9"}, "“x9”: no home"),
        ("not-in", {"label": "A", "homes": "{0}"}, "Choose the patch they must not"),
        ("not-in", {"label": "A", "homes": "{0}", "patch": "x"}, "There is a problem"),
        ("together", {"label": "A", "streets": "1:nowhere"}, "There is a problem"),
        ("together", {"label": "A", "blocks": "9" * 30}, "There is a problem"),
    ],
)
def test_wrong_answers_are_explained(client, design, homes, kind, data, said):
    data = {key: text.format(homes[0].uprn) for key, text in data.items()}

    page = client.post(at(design, add=kind), data).content.decode()

    assert "There is a problem" in page
    assert said in page
    assert not DesignRule.objects.exists()


def test_what_no_map_can_keep_is_refused_with_the_reason(client, design, homes):
    data = {"label": "All", "homes": f"{homes[0].uprn} {homes[5].uprn}"}

    page = client.post(at(design, add="together"), data).content.decode()

    assert "a patch holds" in page


def test_removing_asks_first(client, design):
    rule = DesignRuleFactory(design=design, label="Elm TARA")

    assert (
        "Remove this rule?"
        in client.get(at(design, rule=rule, remove=True)).content.decode()
    )
    assert DesignRule.objects.exists()
    url = at(design, rule=rule, remove=True)
    assert "Rule removed" in client.post(url, follow=True).content.decode()
    assert client.post(url).url == at(design)
    assert client.get(url).status_code == 404


def test_a_rule_of_another_design_is_not_found(client, design):
    rule = DesignRuleFactory()

    assert client.get(at(design, rule=rule)).status_code == 404
    assert client.get(at(design, rule=rule, remove=True)).status_code == 404
    client.post(at(design, rule=rule, remove=True))
    assert DesignRule.objects.filter(pk=rule.pk).exists()


def test_an_unknown_kind_is_not_found(client, design):
    assert client.get(at(design, add="sideways")).status_code == 404


def test_what_people_were_shown_keeps_its_rules(client, homes):
    design = make_drawn_design(status=DesignStatus.PROPOSED).design
    rule = DesignRuleFactory(design=design)

    page = client.get(at(design)).content.decode()

    assert "can no longer be changed" in page
    assert client.get(at(design, add="keep")).status_code == 409
    assert client.post(at(design, rule=rule, remove=True)).status_code == 409
    assert "Remove" not in client.get(at(design, rule=rule)).content.decode()


def test_officers_see_no_rules(client_for, officer, design):
    assert client_for(officer.user).get(at(design)).status_code == 403


def test_the_designs_page_names_its_rules(client, design, homes):
    assert "Add rules" in client.get(design.get_absolute_url()).content.decode()
    DesignRuleFactory(design=design, homes=[homes[0].pk, homes[1].pk])

    page = client.get(design.get_absolute_url()).content.decode()

    assert "keep homes together, 2 homes" in page
    assert at(design) in page
