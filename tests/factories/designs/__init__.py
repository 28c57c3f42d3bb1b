"""Invented patch designs: a factory for each row, and whole designs already drawn."""

from .drawn import DrawnDesign, make_drawn_design
from .ground import (
    DesignAreaFactory,
    DesignHomeFactory,
    DesignPatchFactory,
    DesignPatchWorkFactory,
    DesignPlacementFactory,
    DesignUnitFactory,
)
from .history import (
    DesignAssignmentFactory,
    DesignCommentFactory,
    DesignEditFactory,
    DesignEventFactory,
    DesignMoveFactory,
    DesignReviewFactory,
    PatchSuccessionFactory,
    ProposedLeadFactory,
    PublishedPatchFactory,
)
from .rows import (
    AreaRateFactory,
    AssumptionSetFactory,
    BarrierSetFactory,
    DesignAlternativeFactory,
    DesignRuleFactory,
    PatchDesignFactory,
    WorkRateFactory,
    WorkRecordFactory,
    WorkTypeFactory,
)

__all__ = [
    "AreaRateFactory",
    "AssumptionSetFactory",
    "BarrierSetFactory",
    "DesignAlternativeFactory",
    "DesignAreaFactory",
    "DesignAssignmentFactory",
    "DesignCommentFactory",
    "DesignEditFactory",
    "DesignEventFactory",
    "DesignHomeFactory",
    "DesignMoveFactory",
    "DesignPatchFactory",
    "DesignPatchWorkFactory",
    "DesignPlacementFactory",
    "DesignReviewFactory",
    "DesignRuleFactory",
    "DesignUnitFactory",
    "DrawnDesign",
    "PatchDesignFactory",
    "PatchSuccessionFactory",
    "ProposedLeadFactory",
    "PublishedPatchFactory",
    "WorkRateFactory",
    "WorkRecordFactory",
    "WorkTypeFactory",
    "make_drawn_design",
]
