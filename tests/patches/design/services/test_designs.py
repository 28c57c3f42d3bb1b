"""Making, changing and copying designs."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pytest

from housingplus.audit.models import AuditEvent
from patches.design.errors import DesignChanged, DesignRefused
from patches.design.services.designs import copy_design, edit_design
from patches.models import DesignRule, PatchDesign, RuleKind
from tests.factories.patches import WardFactory

pytestmark = pytest.mark.django_db


def edit(design, by, **values):
    given = {
        "version": design.version,
        "name": design.name,
        "wards": design.wards.all(),
        "by": by,
    }
    return edit_design(design=design, **{**given, **values})


def test_a_design_begins_as_a_draft(make_design, manager):
    ward = WardFactory()
    design = make_design(ward, reason="Two patches are too large.")

    assert design.status == "draft"
    assert list(design.wards.all()) == [ward]
    assert design.created_by == manager
    assert design.events.get().to_status == "draft"
    assert AuditEvent.objects.filter(verb="patch design.created").count() == 1


def test_pressing_twice_makes_one(make_design):
    token, ward = uuid.uuid4(), WardFactory()

    assert make_design(ward, token=token) == make_design(ward, token=token)
    assert PatchDesign.objects.count() == 1


def test_a_design_needs_wards(make_design):
    with pytest.raises(DesignRefused, match="at least one ward"):
        make_design()


@pytest.mark.parametrize("sizing", ["patches", "officers", "hours"])
def test_some_ways_of_sizing_need_a_number(make_design, sizing):
    ward = WardFactory()
    with pytest.raises(DesignRefused, match="how many"):
        make_design(ward, sizing=sizing)
    assert make_design(ward, sizing=sizing, sizing_value=Decimal(3)).pk


@pytest.mark.parametrize("sizing", ["band", "present"])
def test_other_ways_of_sizing_have_none(make_design, sizing):
    with pytest.raises(DesignRefused, match="empty"):
        make_design(WardFactory(), sizing=sizing, sizing_value=Decimal(3))


def test_editing_changes_what_is_to_be_drawn(make_design, manager):
    design = make_design(WardFactory())
    other = WardFactory()
    edited = edit(design, manager, name="Summer", wards=[other], balance_weight=9)

    assert (edited.name, edited.balance_weight) == ("Summer", 9)
    assert list(edited.wards.all()) == [other]
    assert edited.version == design.version + 1
    event = AuditEvent.objects.get(verb="patch design.changed")
    assert event.changes["name"] == ["Spring", "Summer"]


def test_editing_what_somebody_else_changed_is_a_conflict(make_design, manager):
    design = make_design(WardFactory())
    edit(design, manager)
    with pytest.raises(DesignChanged, match="changed this on"):
        edit(design, manager)


def test_only_drafts_are_edited(uneven, draw_now, manager):
    draw_now(uneven)
    PatchDesign.objects.filter(pk=uneven.pk).update(
        status="proposed", chosen=uneven.alternatives.first()
    )
    with pytest.raises(DesignRefused, match="is proposed"):
        edit(uneven, manager)


def test_a_copy_has_the_same_wishes_and_rules(make_design, manager):
    design = make_design(WardFactory(), seed=7, reason="Because.")
    DesignRule.objects.create(
        design=design, kind=RuleKind.TOGETHER, homes=[1, 2], label="Elm TARA"
    )
    token = uuid.uuid4()
    made = copy_design(design=design, name="Again", token=token, by=manager)
    again = copy_design(design=design, name="Again", token=token, by=manager)

    assert made == again != design
    assert (made.seed, made.reason, made.status) == (7, "Because.", "draft")
    assert list(made.wards.all()) == list(design.wards.all())
    assert made.rules.get().homes == [1, 2]
    assert made.drawn_at is None
