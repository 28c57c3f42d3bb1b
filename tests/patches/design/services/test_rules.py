"""Making and removing rules; what no map could keep is refused at once."""

from __future__ import annotations

import pytest

from housingplus.audit.models import AuditEvent
from patches.design.errors import DesignRefused
from patches.design.models import RuleKind
from patches.design.selectors import feasibility
from patches.design.services import rules as services
from patches.models import DesignRule, Patch, PatchDesign, Property
from tests.factories.designs import DesignCommentFactory
from tests.factories.patches import PatchFactory, WardFactory

pytestmark = pytest.mark.django_db


def areas_of(design):
    return [(ward.name, (ward.pk,)) for ward in design.wards.all()]


@pytest.fixture
def add(manager):
    """Add a rule to a design: homes together, unless told otherwise."""

    def act(design, homes=(), **changes):
        asked = {
            "design": design,
            "kind": RuleKind.TOGETHER,
            "label": "Elm Road TARA",
            "homes": [home.pk for home in homes],
            "by": manager,
            "areas": areas_of(design),
        }
        return services.add_rule(**asked | changes)

    return act


@pytest.fixture
def keep(manager):
    def act(design, *patches):
        return services.keep_patches(
            design=design, patches=patches, by=manager, areas=areas_of(design)
        )

    return act


@pytest.fixture
def even(make_streets, make_design):
    """A design of a ward with three patches of two streets each."""
    ward = WardFactory()
    make_streets(ward, [PatchFactory(ward=ward) for _ in range(3)])
    return make_design(ward, sizing="present")


def homes_on(street):
    return Property.objects.filter(street__endswith=f" {street}").order_by("pk")


def test_a_rule_is_kept_and_the_design_has_to_be_drawn_again(
    uneven, draw_now, add, manager
):
    draw_now(uneven)
    one, other = homes_on(0)[0], homes_on(1)[0]

    rule = add(uneven, [other, one], label="  Elm   Road TARA ")

    assert rule.homes == [one.pk, other.pk]
    assert rule.label == "Elm Road TARA"
    uneven.refresh_from_db()
    assert uneven.is_out_of_date
    event = AuditEvent.objects.get(verb="patch design.rule added")
    assert event.by == manager
    assert event.changes["rule"][1]["homes"] == rule.homes


def test_the_same_rule_again_is_the_one_there_is(even, add, keep):
    homes = list(homes_on(0)[:2])
    patch = Patch.objects.order_by("pk").last()

    assert add(even, homes) == add(even, homes)
    assert keep(even, patch) == keep(even, patch)
    assert DesignRule.objects.count() == 2
    version = PatchDesign.objects.get().version
    keep(even, patch)
    assert PatchDesign.objects.get().version == version


def test_a_map_keeps_the_rules(uneven, draw_now, add):
    """One home of each end is together, so is everything between; two are apart."""
    add(uneven, [homes_on(0)[0], homes_on(2)[0]])
    add(uneven, [homes_on(4)[0], homes_on(5)[0]], kind=RuleKind.APART)

    draw_now(uneven)

    for alternative in uneven.alternatives.exclude(kind="as_now"):
        part = dict(
            alternative.placements.values_list("unit__homes__property", "patch")
        )
        assert len({part[home.pk] for street in range(3) for home in homes_on(street)})
        assert part[homes_on(4)[0].pk] != part[homes_on(5)[0].pk]


@pytest.mark.parametrize(("label", "field"), [("", "label"), ("   ", "label")])
def test_a_rule_has_a_label(uneven, add, label, field):
    with pytest.raises(DesignRefused, match="Enter a label") as refusal:
        add(uneven, homes_on(0), label=label)
    assert refusal.value.field == field


def test_homes_of_two_areas_cannot_be_together(make_streets, make_design, add):
    wards = WardFactory.create_batch(2)
    homes = [make_streets(ward)[0] for ward in wards]
    design = make_design(*wards, sizing="patches", sizing_value=1)

    with pytest.raises(DesignRefused, match="a patch lies in one"):
        add(design, homes)
    add(design, homes, areas=[("Team", tuple(ward.pk for ward in wards))])


def test_homes_of_one_unit_cannot_be_apart(uneven, add):
    homes = list(homes_on(0)[:2])

    with pytest.raises(DesignRefused) as refusal:
        add(uneven, homes, kind=RuleKind.APART)

    assert "which is never split" in refusal.value.message
    assert homes[0].reference in refusal.value.message


def test_more_together_than_a_patch_holds_is_refused(uneven, add):
    homes = [homes_on(street)[0] for street in (0, 5)]

    with pytest.raises(DesignRefused, match="a patch holds"):
        add(uneven, homes)

    assert not DesignRule.objects.exists()


def test_rules_that_cannot_all_be_kept_are_refused(uneven, add):
    homes = [homes_on(street)[0] for street in (0, 1)]
    add(uneven, homes)

    with pytest.raises(DesignRefused, match="another rule keeps them together"):
        add(uneven, homes, kind=RuleKind.APART)


def test_patches_are_kept_as_long_as_one_is_left_to_draw(even, keep):
    first = Patch.objects.order_by("pk").first()

    assert [rule.label for rule in keep(even, first)] == [str(first)]
    DesignRule.objects.all().delete()
    even.sizing, even.sizing_value = "patches", 1
    even.save()

    with pytest.raises(DesignRefused, match="leaves none for the other homes"):
        keep(even, first)


def test_a_kept_patch_that_leaves_no_even_rest_is_refused(uneven, keep):
    with pytest.raises(DesignRefused, match="Do not keep"):
        keep(uneven, Patch.objects.order_by("pk").first())


def test_only_patches_of_the_design_are_kept_or_avoided(uneven, add, keep):
    far = PatchFactory()

    with pytest.raises(DesignRefused, match="no homes in the wards"):
        keep(uneven, far)
    with pytest.raises(DesignRefused, match="no homes in the wards"):
        add(uneven, homes_on(0)[:1], kind=RuleKind.NOT_IN, patch=far)
    with pytest.raises(DesignRefused, match="at least one patch"):
        keep(uneven)


def test_homes_stay_out_of_a_patch(uneven, draw_now, add):
    patch = Patch.objects.order_by("pk").first()
    home = homes_on(3)[0]

    add(uneven, [home], kind=RuleKind.NOT_IN, patch=patch)
    draw_now(uneven)

    for alternative in uneven.alternatives.exclude(kind="as_now"):
        placed = alternative.placements.get(unit__homes__property=home)
        assert placed.patch.continues != patch


def test_a_very_large_design_is_checked_when_it_is_drawn(uneven, add, monkeypatch):
    monkeypatch.setattr(feasibility, "MOST_HOMES", 5)

    assert add(uneven, homes_on(0)[:2], kind=RuleKind.APART)


def test_a_design_that_cannot_be_sized_yet_still_takes_rules(
    make_streets, make_design, add
):
    ward = WardFactory()
    homes = make_streets(ward)

    assert add(make_design(ward, sizing="present"), homes[:2])


def test_removing_a_rule_is_recorded_and_twice_is_once(uneven, add, manager):
    rule = add(uneven, homes_on(0)[:2])
    version = PatchDesign.objects.get().version

    for _ in range(2):
        services.remove_rule(design=uneven, rule=rule, by=manager)

    assert not DesignRule.objects.exists()
    assert PatchDesign.objects.get().version == version + 1
    assert AuditEvent.objects.filter(verb="patch design.rule removed").count() == 1


def test_rules_of_what_people_were_shown_do_not_change(uneven, add, keep, manager):
    rule = add(uneven, homes_on(0)[:2])
    DesignCommentFactory(design=uneven)

    with pytest.raises(DesignRefused, match="commented"):
        add(uneven, homes_on(1)[:2])
    with pytest.raises(DesignRefused, match="commented"):
        keep(uneven, Patch.objects.first())
    with pytest.raises(DesignRefused, match="commented"):
        services.remove_rule(design=uneven, rule=rule, by=manager)
