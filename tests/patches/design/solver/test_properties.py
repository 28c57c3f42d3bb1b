"""What must hold for any map, on small wards drawn at random."""

from collections import Counter, defaultdict
from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from patches.design.solver.draw import design
from patches.design.solver.errors import ImpossibleDesign
from patches.design.solver.problem import Rules
from patches.design.solver.setup import prepare
from tests.factories.grounds import make_area, wards

FEW = settings(
    max_examples=16,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def units_in(homes) -> int:
    return len(prepare(make_area(homes, 1)).units.units)


def drawn_or_refused(area):
    """Draw a map; a refusal is an answer too, but no example."""
    try:
        return design(area)
    except ImpossibleDesign:
        assume(False)


def has_whole_units(drawn) -> bool:
    """Whether the homes of every unit are in one patch."""
    found = defaultdict(set)
    homes = drawn.setup.area.homes
    for home, unit in zip(homes, drawn.setup.units.unit_of, strict=True):
        found[unit].add(drawn.patch_of[home.reference])
    return all(len(patches) == 1 for patches in found.values())


@FEW
@given(homes=wards(), patches=st.integers(1, 14), seed=st.integers(0, 3))
def test_every_home_is_in_one_patch_and_every_patch_in_one_part(homes, patches, seed):
    patches = min(patches, units_in(homes))
    drawn = design(make_area(homes, patches, seed=seed, starts=2))

    assert set(drawn.patch_of) == {home.reference for home in homes}
    assert len({patch.name for patch in drawn.patches}) == patches
    assert Counter(drawn.patch_of.values()) == {p.name: p.homes for p in drawn.patches}
    assert all(patch.is_whole and patch.homes for patch in drawn.patches)
    assert has_whole_units(drawn)


@FEW
@given(homes=wards(), patches=st.integers(1, 4))
def test_the_same_seed_gives_the_same_map_whatever_the_order(homes, patches):
    patches = min(patches, units_in(homes))

    first = design(make_area(homes, patches, starts=2))

    again = design(make_area(homes, patches, starts=2))
    assert again.patch_of == first.patch_of
    backwards = design(make_area(homes[::-1], patches, starts=2))
    assert backwards.patch_of == first.patch_of


@FEW
@given(homes=wards(10), patches=st.integers(2, 4), shift=st.integers(1, 4))
def test_a_review_keeps_every_rule_a_fresh_map_does(homes, patches, shift):
    assume(units_in(homes) >= patches)
    present = design(make_area(homes, patches, starts=1)).patch_of
    drifted = [
        replace(home, patch=present[home.reference], hours=home.hours * (1 + n % shift))
        for n, home in enumerate(homes)
    ]

    drawn = design(make_area(drifted, patches, is_review=True, tolerance=0.05))

    assert set(drawn.patch_of) == {home.reference for home in homes}
    assert all(patch.is_whole for patch in drawn.patches)
    assert has_whole_units(drawn)
    assert {patch.name for patch in drawn.patches} == set(present.values())


@FEW
@given(homes=wards(12), patches=st.integers(2, 4), is_review=st.booleans())
def test_kept_patches_are_untouched(homes, patches, is_review):
    assume(units_in(homes) >= patches)
    present = design(make_area(homes, patches, starts=1)).patch_of
    kept = min(present.values())
    now = [replace(home, patch=present[home.reference]) for home in homes]

    drawn = drawn_or_refused(
        make_area(now, patches, Rules((kept,)), is_review=is_review, starts=2)
    )

    before = {home for home, patch in present.items() if patch == kept}
    assert {home for home, patch in drawn.patch_of.items() if patch == kept} == before


@FEW
@given(homes=wards(12), patches=st.integers(2, 4), pick=st.data())
def test_no_rule_on_homes_is_broken(homes, patches, pick):
    references = [home.reference for home in homes]
    some = st.sampled_from(references)
    together = tuple(pick.draw(st.lists(some, min_size=1, max_size=3)))
    apart = tuple(pick.draw(st.lists(st.tuples(some, some), max_size=2)))

    drawn = drawn_or_refused(
        make_area(homes, patches, Rules((), (together,), apart), starts=2)
    )

    assert len({drawn.patch_of[home] for home in together}) == 1
    assert all(drawn.patch_of[one] != drawn.patch_of[two] for one, two in apart)
    assert all(patch.is_whole for patch in drawn.patches)
