"""What must hold for any map, on small wards drawn at random."""

from collections import Counter, defaultdict
from dataclasses import replace

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from patches.design.solver.adjust import why_not_move, with_moved
from patches.design.solver.draw import describe, design
from patches.design.solver.errors import ImpossibleDesign
from patches.design.solver.explain import why_here
from patches.design.solver.present import as_now
from patches.design.solver.problem import Rules
from patches.design.solver.setup import prepare
from tests.factories.grounds import make_area, wards

FEW = settings(
    max_examples=16,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
WAYS = st.sampled_from([{}, {"is_review": True}, {"continuity": 100.0}])


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
@given(homes=wards(12), patches=st.integers(2, 4), options=WAYS)
def test_kept_patches_are_untouched(homes, patches, options):
    assume(units_in(homes) >= patches)
    present = design(make_area(homes, patches, starts=1)).patch_of
    kept = min(present.values())
    now = [replace(home, patch=present[home.reference]) for home in homes]

    drawn = drawn_or_refused(
        make_area(now, patches, Rules((kept,)), starts=2, **options)
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


@FEW
@given(homes=wards(12), patches=st.integers(1, 4), pick=st.data())
def test_nobody_is_in_a_patch_they_may_not_be_in(homes, patches, pick):
    patches = min(patches, units_in(homes))
    present = design(make_area(homes, patches, starts=1)).patch_of
    now = [replace(home, patch=present[home.reference]) for home in homes]
    one = st.tuples(
        st.sampled_from(sorted(present)), st.sampled_from(sorted(present.values()))
    )
    barred = tuple(pick.draw(st.lists(one, min_size=1, max_size=3)))
    options = pick.draw(WAYS)

    drawn = design(make_area(now, patches, Rules(not_in=barred), starts=2, **options))

    assert all(drawn.patch_of[home] != patch for home, patch in barred)
    assert all(patch.is_whole for patch in drawn.patches)
    assert len({patch.name for patch in drawn.patches}) == patches


@FEW
@given(homes=wards(12), names=st.lists(st.sampled_from("ABC "), min_size=14))
def test_today_is_as_it_was_given(homes, names):
    units = prepare(make_area(homes, 1)).units.unit_of
    now = [
        replace(home, patch=names[unit % len(names)].strip())
        for home, unit in zip(homes, units, strict=True)
    ]

    drawn = as_now(prepare(make_area(now, 1)))

    assert drawn.patch_of == {h.reference: h.patch for h in now if h.patch}
    assert drawn.measures.moved_homes == 0
    assert drawn.is_as_now
    assert all(why_here(drawn, home.reference).endswith(".") for home in homes)


@FEW
@given(homes=wards(12), patches=st.integers(2, 4), pick=st.data())
def test_what_may_move_leaves_patches_whole_and_moves_back(homes, patches, pick):
    patches = min(patches, units_in(homes))
    drawn = design(make_area(homes, patches, starts=1))
    units = st.lists(st.sampled_from(range(len(drawn.part))), min_size=1, max_size=3)
    chosen, to = pick.draw(units), pick.draw(st.sampled_from(range(patches)))
    refused = why_not_move(drawn, chosen, to)
    assume("no homes left" not in refused)

    moved = with_moved(drawn, chosen, to)

    assert all(why_here(moved, home.reference).endswith(".") for home in homes)
    if not refused:
        assert all(patch.is_whole and patch.homes for patch in moved.patches)
    back = moved
    for unit in chosen:
        back = with_moved(back, [unit], drawn.part[unit])
    assert back.part == drawn.part
    assert back.patches == drawn.patches
    assert back.measures == drawn.measures


@FEW
@given(homes=wards(12), patches=st.integers(1, 4), seed=st.integers(0, 3))
def test_a_map_stored_is_read_back_the_same(homes, patches, seed):
    patches = min(patches, units_in(homes))
    area = make_area(homes, patches, seed=seed, starts=1)
    drawn = design(area)

    again = describe(prepare(area), drawn.part, [p.name for p in drawn.patches])

    assert again.patches == drawn.patches
    assert again.measures == drawn.measures
    assert [why_here(again, h.reference) for h in homes] == [
        why_here(drawn, h.reference) for h in homes
    ]


@FEW
@given(homes=wards(12), patches=st.integers(1, 4), metres=st.sampled_from([1.0, 300.0]))
def test_a_map_near_the_present_one_keeps_every_rule_too(homes, patches, metres):
    patches = min(patches, units_in(homes))
    present = design(make_area(homes, patches, starts=1, seed=3)).patch_of
    now = [
        replace(home, patch=present[home.reference], hours=home.hours + n % 3)
        for n, home in enumerate(homes)
    ]
    area = make_area(now, patches, continuity=metres, starts=2)

    drawn = design(area)

    assert Counter(drawn.patch_of.values()) == {p.name: p.homes for p in drawn.patches}
    assert all(patch.is_whole and patch.homes for patch in drawn.patches)
    assert has_whole_units(drawn)
    assert design(area).part == drawn.part
