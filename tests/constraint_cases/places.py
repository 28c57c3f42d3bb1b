"""Homes, patches and wards."""

from __future__ import annotations

from patches.register.models import MovedHome
from tests.factories import officers as staff
from tests.factories import patches as places

from .making import BEFORE, START, Cases, ends_before_start, overlap, twice


def _home_twice_in_a_move() -> None:
    move, home = places.PatchMoveFactory(), places.PropertyFactory()
    MovedHome.objects.create(move=move, property=home)
    MovedHome.objects.create(move=move, property=home)


CASES: Cases = {
    "block_name_unique_in_ward": twice(places.BlockFactory, "ward", "name"),
    "block_parent_uprn_is_digits": lambda: places.BlockFactory(parent_uprn="12A"),
    "property_reference_unique_for_landlord": twice(
        places.PropertyFactory, "landlord", "reference"
    ),
    "property_uprn_is_digits": lambda: places.PropertyFactory(uprn="1.00E+11"),
    "property_has_reference": lambda: places.PropertyFactory(reference=""),
    "property_management_ends_after_start": lambda: places.PropertyFactory(
        managed_from=START, managed_to=BEFORE
    ),
    "property_easting_with_northing": lambda: places.PropertyFactory(easting=402_000),
    "property_latitude_with_longitude": lambda: places.PropertyFactory(latitude=53.5),
    "property_word_once": twice(places.PropertyWordFactory, "property", "word"),
    "patches_patch_ends_after_start": ends_before_start(places.PatchFactory),
    "patch_band_is_a_range": lambda: places.PatchFactory(band_min=300, band_max=280),
    "patch_has_code": lambda: places.PatchFactory(code=""),
    "patches_patchband_ends_after_start": ends_before_start(places.PatchBandFactory),
    "dated_band_is_a_range": (
        lambda: places.PatchBandFactory(band_min=300, band_max=280),
        lambda: places.PatchBandFactory(band_min=0),
    ),
    "one_band_for_a_patch_on_a_date": overlap(places.PatchBandFactory, "patch"),
    "patch_move_undone_at_with_by": lambda: places.PatchMoveFactory(
        undone_by=staff.UserFactory()
    ),
    "patches_patchmembership_ends_after_start": ends_before_start(
        places.PatchMembershipFactory
    ),
    "one_patch_for_a_home_on_a_date": overlap(
        places.PatchMembershipFactory, "property"
    ),
    "home_once_in_a_move": _home_twice_in_a_move,
    "moved_home_replaced_has_patch": lambda: MovedHome.objects.create(
        move=places.PatchMoveFactory(),
        property=places.PropertyFactory(),
        is_replaced=True,
    ),
    "ward_code_is_nine_characters": lambda: places.WardFactory(code="E05"),
    "ward_band_is_a_range": lambda: places.WardFactory(band_min=280),
}
