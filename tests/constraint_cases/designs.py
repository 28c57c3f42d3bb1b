"""Assumptions, designs and what is drawn, published and reviewed."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from tests.factories import designs
from tests.factories import officers as staff
from tests.factories import patches as places

from .making import BEFORE, LATER, START, Cases, ends_before_start, twice


def _design(*steps: str, **fields) -> object:
    """A design with the fields of the steps taken: "chosen", "approved", …"""
    by, at = staff.UserFactory(), timezone.now()
    given: dict[str, object] = {}
    if "chosen" in steps:
        given["chosen"] = designs.DesignAlternativeFactory()
    if "approved" in steps:
        given |= {"approved_at": at, "approved_by": by}
    if "published" in steps:
        given |= {"published_at": at, "published_by": by}
    return designs.PatchDesignFactory(**given | fields)


def _same(factory, **fields) -> Callable[[], object]:
    """Two rows alike in fields made once, when the case is tried."""

    def build() -> None:
        shared = {name: make() for name, make in fields.items()}
        factory(**shared)
        factory(**shared)

    return build


def _set(**fields) -> Callable[[], object]:
    return lambda: designs.AssumptionSetFactory(**fields)


def _review(**fields) -> object:
    return designs.DesignReviewFactory(**fields)


def _frozen() -> dict[str, object]:
    return {
        "evidence": {},
        "frozen_at": timezone.now(),
        "frozen_by": staff.UserFactory(),
    }


def _decided() -> dict[str, object]:
    return {
        "decision": "keep",
        "decision_reason": "They hold.",
        "decided_at": timezone.now(),
        "decided_by": staff.UserFactory(),
    }


ASSUMPTIONS: Cases = {
    "work_type_has_name": lambda: designs.WorkTypeFactory(name=""),
    "patches_workrecord_ends_after_start": ends_before_start(designs.WorkRecordFactory),
    "work_record_has_last_day": lambda: designs.WorkRecordFactory(ends_on=None),
    "work_of_a_home_counted_once": lambda: [
        designs.WorkRecordFactory(
            property=home, work_type=work_type, starts_on=first, ends_on=last
        )
        for home, work_type in [(places.PropertyFactory(), designs.WorkTypeFactory())]
        for first, last in [(BEFORE, START), (START, LATER)]
    ],
    "one_default_assumption_set": twice(designs.AssumptionSetFactory, is_default=True),
    "default_assumption_set_is_in_use": _set(is_default=True, is_archived=True),
    "assumption_band_is_a_range": (
        _set(band_min=300, band_max=280),
        _set(band_min=0),
    ),
    "assumption_capacity_makes_sense": (
        _set(weekly_hours=0),
        _set(leave_days=-1),
        _set(sickness_days=-1),
        _set(training_days=-1),
        _set(other_percent=-1),
        _set(other_percent=100),
        _set(prior_years=0),
    ),
    "assumption_days_are_left_to_work": _set(
        leave_days=150, sickness_days=60, training_days=50
    ),
    "work_type_once_in_a_set": twice(
        designs.WorkRateFactory, "assumptions", "work_type"
    ),
    "work_rate_is_not_negative": lambda: designs.WorkRateFactory(per_year=-1),
    "area_rate_once_in_an_area": twice(designs.AreaRateFactory, "rate", "area"),
    "area_rate_once_for_a_type": twice(
        designs.AreaRateFactory, "rate", area=None, property_type="flat"
    ),
    "area_rate_is_for_something": lambda: designs.AreaRateFactory(area=None),
    "area_rate_is_not_negative": lambda: designs.AreaRateFactory(per_year=-1),
}

DESIGNS: Cases = {
    "design_has_name": lambda: _design(name=""),
    "design_sizing_has_value": (
        lambda: _design(sizing="band", sizing_value=7),
        lambda: _design(sizing="patches"),
        lambda: _design(sizing="hours", sizing_value=0),
    ),
    "design_options_make_sense": (
        lambda: _design(weight_strength="1.01"),
        lambda: _design(weight_strength="-0.01"),
        lambda: _design(tolerance=0),
        lambda: _design(review_tolerance=0),
    ),
    "design_goes_on_only_chosen": (
        lambda: _design(status="proposed"),
        lambda: _design("approved", status="approved"),
    ),
    "design_consultation_is_a_range": (
        lambda: _design(consult_from=START),
        lambda: _design(consult_until=START),
        lambda: _design(consult_from=START, consult_until=BEFORE),
    ),
    "design_approved_at_with_by": (
        lambda: _design(approved_at=timezone.now()),
        lambda: _design(approved_by=staff.UserFactory()),
    ),
    "design_published_at_with_by": (
        lambda: _design(published_at=timezone.now()),
        lambda: _design(published_by=staff.UserFactory()),
    ),
    "design_published_only_approved": (
        lambda: _design("chosen", status="approved"),
        lambda: _design("chosen", "published", status="scheduled", starts_on=START),
    ),
    "design_scheduled_has_date": (
        lambda: _design("chosen", "approved", "published", status="scheduled"),
        lambda: _design("chosen", "approved", status="scheduled", starts_on=START),
    ),
    "design_superseded_on_with_by": (
        lambda: _design(superseded_on=START),
        lambda: _design(superseded_by=_design()),
    ),
    "design_rule_has_its_patch": (
        lambda: designs.DesignRuleFactory(kind="keep"),
        lambda: designs.DesignRuleFactory(kind="not_in"),
        lambda: designs.DesignRuleFactory(kind="together", patch=places.PatchFactory()),
        lambda: designs.DesignRuleFactory(kind="apart", patch=places.PatchFactory()),
    ),
    "patch_kept_once_in_a_design": _same(
        designs.DesignRuleFactory,
        design=designs.PatchDesignFactory,
        patch=places.PatchFactory,
        kind=lambda: "keep",
    ),
    "design_comment_has_text": lambda: designs.DesignCommentFactory(text=""),
    "design_comment_has_speaker": lambda: designs.DesignCommentFactory(
        comes_from="councillor"
    ),
    "design_comment_answered_at_with_by": (
        lambda: designs.DesignCommentFactory(answer="Agreed."),
        lambda: designs.DesignCommentFactory(
            answered_at=timezone.now(), answered_by=staff.UserFactory()
        ),
        lambda: designs.DesignCommentFactory(
            answered_at=timezone.now(), answer="Agreed."
        ),
    ),
}

DRAWN: Cases = {
    "area_number_once_in_a_design": twice(
        designs.DesignAreaFactory, "design", "number"
    ),
    "unit_number_once_in_an_area": twice(designs.DesignUnitFactory, "area", "number"),
    "home_once_in_a_design": twice(designs.DesignHomeFactory, "unit", "property"),
    "design_home_hours_not_negative": lambda: designs.DesignHomeFactory(hours=-1),
    "alternative_number_once": twice(
        designs.DesignAlternativeFactory, "design", "number"
    ),
    "code_once_in_an_alternative": twice(
        designs.DesignPatchFactory, "alternative", "code"
    ),
    "patch_number_once_in_an_alternative": twice(
        designs.DesignPatchFactory, "alternative", "area", "number"
    ),
    "patch_continued_once_in_an_alternative": _same(
        designs.DesignPatchFactory,
        alternative=designs.DesignAlternativeFactory,
        continues=places.PatchFactory,
    ),
    "design_patch_band_is_a_range": (
        lambda: designs.DesignPatchFactory(band_min=300, band_max=280),
        lambda: designs.DesignPatchFactory(band_min=0),
    ),
    "design_patch_has_code": lambda: designs.DesignPatchFactory(code=""),
    "unit_once_in_an_alternative": twice(
        designs.DesignPlacementFactory, "patch", "unit"
    ),
    "edit_number_once": twice(designs.DesignEditFactory, "alternative", "number"),
    "work_type_once_in_a_design_patch": twice(
        designs.DesignPatchWorkFactory, "patch", "work_type"
    ),
}

PUBLISHED: Cases = {
    "patch_once_in_a_publication": twice(
        designs.PublishedPatchFactory, "design", "patch"
    ),
    "published_patch_was_drawn_or_ends": (
        lambda: designs.PublishedPatchFactory(change="opened"),
        lambda: designs.PublishedPatchFactory(change="kept"),
        lambda: designs.PublishedPatchFactory(
            change="closed", design_patch=designs.DesignPatchFactory()
        ),
    ),
    "succession_once": twice(
        designs.PatchSuccessionFactory, "design", "from_patch", "to_patch"
    ),
    "succession_once_from_no_patch": twice(
        designs.PatchSuccessionFactory, "design", "to_patch", from_patch=None
    ),
    "succession_once_to_no_patch": twice(
        designs.PatchSuccessionFactory, "design", "from_patch", to_patch=None
    ),
    "succession_has_a_patch": lambda: designs.PatchSuccessionFactory(
        from_patch=None, to_patch=None
    ),
    "succession_has_homes": lambda: designs.PatchSuccessionFactory(home_count=0),
    "assignment_once_in_a_publication": twice(
        designs.DesignAssignmentFactory, "design", "assignment"
    ),
    "design_assignment_began_or_ended": (
        lambda: designs.DesignAssignmentFactory(ends_on_after=START),
        lambda: designs.DesignAssignmentFactory(is_new=False),
    ),
    "review_frozen_at_with_by": (
        lambda: _review(evidence={}),
        lambda: _review(**_frozen() | {"evidence": None}),
        lambda: _review(**_frozen() | {"frozen_by": None}),
    ),
    "review_decided_at_with_by": (
        lambda: _review(**_frozen(), decision="keep"),
        lambda: _review(**_frozen(), **_decided() | {"decided_by": None}),
        lambda: _review(**_frozen(), **_decided() | {"decision_reason": ""}),
    ),
    "review_decided_on_evidence": lambda: _review(**_decided()),
}

CASES: Cases = ASSUMPTIONS | DESIGNS | DRAWN | PUBLISHED
