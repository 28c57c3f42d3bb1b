"""Drawing a design: what is refused, stopped, started again; nothing half done."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import transaction

from housingplus.common.dates import today
from housingplus.jobs.models import Job, JobStatus
from housingplus.jobs.services import create_job, run_job, take_job
from patches.design.errors import DesignRefused
from patches.design.selectors.boards import load_area
from patches.design.services import drawing
from patches.design.services.designs import mark_changed
from patches.models import (
    AlternativeKind,
    DesignAlternative,
    DesignHome,
    DesignPlacement,
    DesignRule,
    PatchDesign,
    RuleKind,
)
from tests.factories.designs import DesignCommentFactory
from tests.factories.patches import (
    PatchFactory,
    PatchMembershipFactory,
    PropertyFactory,
    WardFactory,
)

pytestmark = pytest.mark.django_db


def areas_of(design):
    return [(ward.name, (ward.pk,)) for ward in design.wards.all()]


def test_an_impossible_rule_ends_the_job_with_its_sentence(uneven, draw_now):
    draw_now(uneven)
    before = list(DesignAlternative.objects.values_list("pk", flat=True))
    drawn_at = uneven.drawn_at
    homes = uneven.wards.get().properties.order_by("pk")[:2]
    DesignRule.objects.create(
        design=uneven,
        kind=RuleKind.APART,
        homes=[home.pk for home in homes],
        label="Neighbours who quarrel",
    )
    job = draw_now(uneven)

    assert job.status == JobStatus.FAILED
    assert "never split" in job.error
    assert homes[0].reference in job.error
    assert list(DesignAlternative.objects.values_list("pk", flat=True)) == before
    assert uneven.drawn_at == drawn_at


def test_patches_reaching_outside_are_refused(uneven, draw_now):
    other = WardFactory(name="Castle")
    patch = uneven.wards.get().patches.first()
    home = PropertyFactory(ward=other)
    PatchMembershipFactory(patch=patch, property=home)
    job = draw_now(uneven)

    assert job.status == JobStatus.FAILED
    assert f"{patch.code} has 1 in Castle" in job.error


def test_no_homes_is_said(make_design, draw_now):
    job = draw_now(make_design(WardFactory()))

    assert job.status == JobStatus.FAILED
    assert "no homes to draw" in job.error


def test_starting_twice_draws_once(uneven, manager, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        first = drawing.draw_design(design=uneven, areas=areas_of(uneven), by=manager)
        second = drawing.draw_design(design=uneven, areas=areas_of(uneven), by=manager)

    assert first.job_id == second.job_id
    assert Job.objects.get(pk=first.job_id).status == JobStatus.DONE
    assert uneven.alternatives.count() == 5


def test_drawing_is_refused_once_proposed_or_commented(uneven, draw_now, manager):
    draw_now(uneven)
    DesignCommentFactory(design=uneven)
    with pytest.raises(DesignRefused, match="commented"):
        drawing.draw_design(design=uneven, areas=areas_of(uneven), by=manager)
    PatchDesign.objects.filter(pk=uneven.pk).update(
        status="proposed", chosen=uneven.alternatives.first()
    )
    with pytest.raises(DesignRefused, match="is proposed"):
        drawing.draw_design(design=uneven, areas=areas_of(uneven), by=manager)


def test_hand_work_is_lost_only_knowingly(uneven, draw_now, manager):
    draw_now(uneven)
    DesignAlternative.objects.create(
        design=uneven,
        number=6,
        kind=AlternativeKind.BY_HAND,
        name="By hand",
        tolerance=2,
        copied_from=uneven.alternatives.first(),
    )
    start = partial(
        drawing.draw_design, design=uneven, areas=areas_of(uneven), by=manager
    )
    with pytest.raises(DesignRefused, match="adjusted by hand"):
        start()
    start(give_up_hand_work=True)
    draw_now(uneven)

    assert not uneven.alternatives.filter(kind=AlternativeKind.BY_HAND).exists()


def test_cancelling_keeps_what_was_drawn(uneven, draw_now, manager):
    draw_now(uneven)
    before = list(uneven.alternatives.values_list("pk", flat=True))
    job = create_job(kind="test", by=manager)
    PatchDesign.objects.filter(pk=uneven.pk).update(job=job)
    taken = take_job(job.pk)
    uneven.refresh_from_db()
    drawing.cancel_drawing(design=uneven, by=manager)
    with pytest.raises(Exception, match="cancelled"):
        drawing.draw(uneven.pk, areas_of(uneven), taken)

    assert list(uneven.alternatives.values_list("pk", flat=True)) == before


def test_a_worker_that_lost_its_lease_keeps_nothing(uneven, draw_now, monkeypatch):
    draw_now(uneven)
    before = list(uneven.alternatives.values_list("pk", flat=True))
    frozen = drawing.clear_drawing

    def stolen(design):
        Job.objects.update(worker="another")
        frozen(design)

    monkeypatch.setattr(drawing, "clear_drawing", stolen)
    with transaction.atomic():
        draw_now(uneven)

    assert not set(before) & set(uneven.alternatives.values_list("pk", flat=True))
    assert uneven.drawn_at is None


def test_work_started_again_takes_the_job_from_who_froze(uneven, manager, monkeypatch):
    drawing.draw_design(design=uneven, areas=areas_of(uneven), by=manager)
    uneven.refresh_from_db()
    frozen = take_job(uneven.job_id)
    monkeypatch.setattr(Job, "is_stalled", True)
    drawing.draw_design(design=uneven, areas=areas_of(uneven), by=manager)
    uneven.refresh_from_db()

    assert uneven.job_id != frozen.pk
    frozen.refresh_from_db()
    assert frozen.status == JobStatus.FAILED


def test_changes_after_drawing_make_it_out_of_date(uneven, draw_now):
    draw_now(uneven)
    assert not uneven.is_out_of_date
    mark_changed(uneven)
    assert uneven.is_out_of_date
    draw_now(uneven)
    assert not uneven.is_out_of_date


def test_a_home_of_another_teams_patch_stays_with_its_name(
    make_streets, make_design, draw_now
):
    wards = [WardFactory(), WardFactory()]
    mine, theirs = PatchFactory(ward=wards[0]), PatchFactory(ward=wards[1])
    make_streets(wards[0], [mine])
    make_streets(wards[1], [theirs])
    (stray,) = make_streets(wards[0], streets=1, homes=1)
    stray.street, stray.postcode = "Far Lane", "ZK98 8ZZ"
    stray.save()
    PatchMembershipFactory(patch=theirs, property=stray)
    design = make_design(*wards, sizing="present")
    job = draw_now(design)

    assert job.error == ""
    as_now = design.alternatives.get(kind="as_now")
    assert as_now.patches.count() == 2
    assert as_now.patches.get(continues=theirs).home_count == 25
    (own,) = design.areas.filter(ward_ids=[wards[0].pk])
    assert {p.name for p in load_area(as_now, own).patches} == {mine.code, theirs.code}
    balanced = design.alternatives.get(kind="best_balance")
    assert balanced.patches.get(continues=theirs).home_count == 24


def test_drawing_takes_the_same_queries_for_more_homes(
    uneven, make_streets, draw_now, django_assert_max_num_queries
):
    make_streets(uneven.wards.get(), [uneven.wards.get().patches.first()], streets=12)
    with django_assert_max_num_queries(180):
        draw_now(uneven)


def test_design_is_drawn_as_of_its_day(uneven, draw_now):
    gone = uneven.wards.get().properties.order_by("pk").first()
    gone.managed_to = today().replace(year=today().year - 1)
    gone.managed_from = gone.managed_to
    gone.save()
    draw_now(uneven)

    assert not DesignHome.objects.filter(design=uneven, property=gone).exists()
    assert DesignPlacement.objects.count() == 30


def test_run_job_records_what_went_wrong(uneven, manager, monkeypatch):
    job = create_job(kind="test", by=manager)
    monkeypatch.setattr(drawing, "make_plans", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run_job(job.pk, partial(drawing.draw, uneven.pk, areas_of(uneven)))
    job.refresh_from_db()

    assert job.status == JobStatus.FAILED
    assert not DesignAlternative.objects.exists()
