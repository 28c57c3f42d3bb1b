"""Bands that change on a date: read as at any day, set from a day on."""

from __future__ import annotations

import datetime as dt

import pytest

from housingplus.audit.models import AuditEvent
from housingplus.common.dates import today
from patches.models import Patch, PatchBand
from patches.register import services
from patches.register.errors import PatchRefused
from tests.factories.officers import UserFactory
from tests.factories.patches import (
    LONG_AGO,
    PatchBandFactory,
    PatchFactory,
    PatchMembershipFactory,
)

pytestmark = pytest.mark.django_db


def in_days(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def band_on(patch, day):
    read = Patch.objects.with_band(day).get(pk=patch.pk)
    return (read.smallest, read.largest, read.band_reason)


def spans(patch):
    """The dated bands of a patch, earliest first: (from, to, smallest, largest)."""
    rows = PatchBand.objects.filter(patch=patch).order_by("starts_on")
    return list(rows.values_list("starts_on", "ends_on", "band_min", "band_max"))


@pytest.fixture
def patch():
    """A patch that began with 280 to 300 homes; another band elsewhere misleads."""
    PatchBandFactory(band_min=1, band_max=2)
    return PatchFactory(band_min=280, band_max=300)


@pytest.fixture
def give(patch):
    """Give the patch a band (200 to 220 from today, unless told otherwise)."""

    def act(**changes):
        asked = {
            "patch": patch,
            "starts_on": today(),
            "band_min": 200,
            "band_max": 220,
            "reason": "Many visits",
            "by": UserFactory(),
        }
        return services.set_band(**asked | changes)

    return act


def test_band_of_a_day_is_the_dated_one_else_the_first(patch):
    PatchBandFactory(
        patch=patch,
        band_min=250,
        band_max=270,
        reason="Many visits",
        starts_on=dt.date(2025, 1, 1),
        ends_on=dt.date(2025, 6, 30),
    )
    PatchBandFactory(
        patch=patch, band_min=260, band_max=280, starts_on=dt.date(2025, 7, 1)
    )

    assert band_on(patch, dt.date(2024, 12, 31)) == (280, 300, "")
    assert band_on(patch, dt.date(2025, 1, 1)) == (250, 270, "Many visits")
    assert band_on(patch, dt.date(2025, 6, 30)) == (250, 270, "Many visits")
    assert band_on(patch, dt.date(2025, 7, 1))[:2] == (260, 280)


def test_patches_are_listed_once_however_many_bands(patch, give):
    give()
    give(starts_on=in_days(30), band_min=210)

    for day in (LONG_AGO, today(), in_days(30)):
        rows = Patch.objects.as_at(day).with_home_count(day).with_band_state(day)
        assert rows.filter(pk=patch.pk).count() == 1
        assert rows.count() == len(rows) == 2


@pytest.mark.parametrize(
    ("homes", "state", "label"),
    [
        (1, "under", "Under band"),
        (2, "in", "In band"),
        (3, "in", "In band"),
        (4, "over", "Over band"),
    ],
)
def test_band_state_follows_the_band_of_the_day(patch, homes, state, label):
    PatchBandFactory(patch=patch, band_min=2, band_max=3, starts_on=today())
    PatchMembershipFactory.create_batch(homes, patch=patch)

    def read(day):
        rows = Patch.objects.with_home_count(day).with_band_state(day)
        return rows.get(pk=patch.pk)

    now = read(today())
    assert (now.band_state, now.band_label(now.home_count)) == (state, label)
    assert read(in_days(-1)).band_state == "under"
    filtered = Patch.objects.with_home_count(today()).with_band_state(today())
    assert filtered.filter(pk=patch.pk, band_state=state).exists()


def test_set_band_holds_from_its_day_and_is_recorded(patch, give):
    give()

    assert spans(patch) == [(today(), None, 200, 220)]
    assert band_on(patch, today()) == (200, 220, "Many visits")
    assert band_on(patch, in_days(-1)) == (280, 300, "")
    patch.refresh_from_db()
    assert (patch.band_min, patch.band_max, patch.version) == (280, 300, 2)
    event = AuditEvent.objects.get()
    assert (event.verb, event.subject) == ("patch.band_set", patch)
    assert event.changes == {
        "band_min": [280, 200],
        "band_max": [300, 220],
        "band_reason": ["", "Many visits"],
    }


def test_set_band_ends_the_running_one_the_day_before(patch, give):
    PatchBandFactory(patch=patch, starts_on=LONG_AGO)
    give(starts_on=in_days(5))

    assert spans(patch) == [
        (LONG_AGO, in_days(4), 250, 270),
        (in_days(5), None, 200, 220),
    ]


def test_set_band_lasts_until_the_one_planned_already(patch, give):
    give(starts_on=in_days(30), band_min=210)
    give()

    assert spans(patch) == [
        (today(), in_days(29), 200, 220),
        (in_days(30), None, 210, 220),
    ]


def test_set_band_replaces_one_that_begins_the_same_day(patch, give):
    give()
    give(band_max=230, reason="Not so many visits")

    assert spans(patch) == [(today(), None, 200, 230)]
    assert band_on(patch, today()) == (200, 230, "Not so many visits")


def test_set_band_changes_nothing_where_it_is_so_already(patch, give):
    give(band_min=280, band_max=300, reason="")
    assert spans(patch) == []
    give()
    give(starts_on=in_days(9))
    give(reason="")
    assert len(spans(patch)) == 1
    assert AuditEvent.objects.count() == 1


def test_set_band_keeps_a_new_reason_for_the_same_band(patch, give):
    give(band_min=280, band_max=300, reason="Agreed by committee")
    assert band_on(patch, today()) == (280, 300, "Agreed by committee")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"band_max": 100}, "at least the smallest"),
        ({"band_min": 0}, "at least the smallest"),
    ],
)
def test_set_band_refuses_what_is_no_range(patch, give, changes, words):
    with pytest.raises(PatchRefused, match=words) as refused:
        give(**changes)
    assert refused.value.field == "band_max"
    assert spans(patch) == []


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "cannot change in the past"), (800, "within the next two years")],
)
def test_set_band_refuses_a_past_or_distant_day(patch, give, days, words):
    with pytest.raises(PatchRefused, match=words):
        give(starts_on=in_days(days))
    assert spans(patch) == []


def test_withdraw_band_lets_the_one_before_go_on(patch, give):
    give()
    give(starts_on=in_days(10), band_min=210)
    give(starts_on=in_days(20), band_min=215)

    planned = PatchBand.objects.get(patch=patch, starts_on=in_days(10))
    services.withdraw_band(band=planned, by=UserFactory())

    assert spans(patch) == [
        (today(), in_days(19), 200, 220),
        (in_days(20), None, 215, 220),
    ]
    assert AuditEvent.objects.filter(verb="patch.band_withdrawn").exists()


def test_withdraw_band_gives_back_the_first(patch, give):
    give(starts_on=in_days(10))
    services.withdraw_band(band=patch.bands.get(), by=UserFactory())
    assert band_on(patch, in_days(10)) == (280, 300, "")


def test_withdraw_band_refuses_one_that_has_begun(patch, give):
    give()
    with pytest.raises(PatchRefused, match="has held since"):
        services.withdraw_band(band=patch.bands.get(), by=UserFactory())


def test_edit_patch_gives_another_band_from_today(patch):
    services.edit_patch(
        patch=patch,
        version=1,
        code=patch.code,
        name="",
        ward=patch.ward,
        band_min=200,
        band_max=220,
        band_reason="Many visits",
        starts_on=patch.starts_on,
        by=UserFactory(),
    )

    assert spans(patch) == [(today(), None, 200, 220)]
    patch.refresh_from_db()
    assert (patch.band_min, patch.band_max, patch.version) == (280, 300, 2)
