"""Making, changing and closing a patch, and the rules behind it."""

from __future__ import annotations

import datetime as dt

import pytest

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import today
from patches.models import Patch, PatchMembership, Property
from patches.register import services
from patches.register.errors import PatchChanged, PatchRefused
from patches.register.services import patches
from tests.factories.officers import UserFactory
from tests.factories.patches import LONG_AGO, PatchFactory, WardFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory(first_name="Sam", last_name="Poole")


@pytest.fixture
def edit(place, person):
    def act(**changes):
        asked = {
            "version": place.first.version,
            "code": "KS-01",
            "name": "Harbour",
            "ward": place.ward,
            "band_min": 280,
            "band_max": 300,
            "starts_on": LONG_AGO,
        }
        return services.edit_patch(patch=place.first, by=person, **asked | changes)

    return act


def test_create_patch_records_who(ward, person):
    patch = services.create_patch(
        code=" KS-09 ",
        name="Quay",
        ward=ward,
        band_min=200,
        band_max=220,
        starts_on=today(),
        by=person,
    )

    assert patch.code == "KS-09"
    assert AuditEvent.objects.get(verb="patch.created").subject == patch


def test_create_patch_refuses_a_code_in_use_in_any_case(place, person):
    with pytest.raises(PatchRefused, match="already a patch ks-01") as refused:
        services.create_patch(
            code="ks-01",
            name="",
            ward=place.ward,
            band_min=1,
            band_max=2,
            starts_on=today(),
            by=person,
        )
    assert refused.value.field == "code"


def test_edit_patch_records_old_and_new(place, edit):
    other = WardFactory()

    patch = edit(
        name="Old Harbour",
        ward=other,
        band_min=200,
        band_reason="Many visits",
        ward_ids={place.ward.pk, other.pk},
    )

    event = AuditEvent.objects.get(verb="patch.changed")
    assert event.changes == {
        "name": ["Harbour", "Old Harbour"],
        "ward_id": [place.ward.pk, other.pk],
        "band_min": [280, 200],
        "band_reason": ["", "Many visits"],
    }
    assert patch.version == 2


def test_edit_patch_refuses_a_ward_of_another_team(edit):
    with pytest.raises(PatchRefused, match="3 homes are outside the wards of") as no:
        edit(ward=WardFactory())
    assert no.value.field == "ward"


def test_edit_patch_with_nothing_changed_records_nothing(edit):
    assert edit().version == 1
    assert not AuditEvent.objects.exists()


def test_edit_patch_refuses_to_overwrite_somebody_elses_change(edit):
    edit(name="Old Harbour")

    with pytest.raises(PatchChanged, match="Sam Poole changed this patch on"):
        edit(name="New Harbour")
    assert Patch.objects.get(code="KS-01").name == "Old Harbour"


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"code": "KS-02"}, "code", "already a patch KS-02"),
        ({"band_max": 200}, "band_max", "at least the smallest"),
        ({"band_min": 0}, "band_max", "at least the smallest"),
        ({"band_min": 200}, "band_reason", "Say why the band changes"),
        ({"starts_on": dt.date(2025, 1, 1)}, "starts_on", "3 homes are in this patch"),
    ],
)
def test_edit_patch_refuses(edit, changes, field, words):
    with pytest.raises(PatchRefused, match=words) as refused:
        edit(**changes)
    assert refused.value.field == field


def test_close_patch_refuses_while_homes_are_in_it(place, person):
    with pytest.raises(PatchRefused, match="3 homes are still in this patch after"):
        services.close_patch(patch=place.first, version=1, ends_on=today(), by=person)


def test_close_patch_refuses_a_day_before_its_first(place, person):
    with pytest.raises(PatchRefused, match="cannot be before the first"):
        services.close_patch(
            patch=place.second, version=1, ends_on=dt.date(2023, 1, 1), by=person
        )


def test_close_patch_once_its_homes_are_to_leave(place, move, person):
    last_day = today() + dt.timedelta(days=9)
    move(starts_on=last_day + dt.timedelta(days=1))

    closed = services.close_patch(
        patch=place.first, version=1, ends_on=last_day, by=person
    )

    assert closed.ends_on == last_day
    kept = services.close_patch(
        patch=place.first, version=closed.version, ends_on=None, by=person
    )
    assert kept.ends_on is None
    assert set(AuditEvent.objects.values_list("verb", flat=True)) == {
        "homes.moved",
        "patch.closed",
        "patch.kept_open",
    }


def test_second_to_use_a_code_at_the_same_moment_is_told(ward, monkeypatch):
    taken = PatchFactory(ward=ward, code="KS-01")
    other = PatchFactory(ward=ward, code="KS-02")
    monkeypatch.setattr(patches, "_check_code_is_free", lambda *args, **kwargs: None)
    values = {"name": "", "ward": ward, "band_min": 280, "band_max": 300, "by": None}
    values |= {"code": taken.code, "starts_on": today()}
    with pytest.raises(PatchRefused, match="already a patch KS-01"):
        patches.create_patch(**values)
    with pytest.raises(PatchRefused, match="already a patch KS-01"):
        patches.edit_patch(patch=other, version=1, **values)


def test_homes_managed_no_longer_leave_with_the_patch(place, person):
    yesterday = today() - dt.timedelta(days=1)
    Property.objects.filter(pk__in=[home.pk for home in place.homes]).update(
        managed_to=yesterday
    )
    services.close_patch(patch=place.first, version=1, ends_on=today(), by=person)
    ends = PatchMembership.objects.filter(patch=place.first).values_list("ends_on")
    assert set(ends) == {(today(),)}


def test_homes_managed_still_keep_the_patch_open(place, person):
    Property.objects.filter(pk=place.homes[0].pk).update(
        managed_to=today() + dt.timedelta(days=1)
    )
    with pytest.raises(PatchRefused, match="3 homes are still in this patch"):
        services.close_patch(patch=place.first, version=1, ends_on=today(), by=person)
    assert not PatchMembership.objects.filter(ends_on__isnull=False).exists()


def test_homes_managed_no_longer_do_not_hold_the_ward(place, edit):
    Property.objects.update(managed_to=today() - dt.timedelta(days=1))
    assert edit(ward=WardFactory()).ward != place.ward
