"""What patch design keeps: assumptions, records of work, designs, what came of them."""

from .alternatives import (
    AlternativeKind,
    DesignAlternative,
    DesignEdit,
    DesignPatch,
    DesignPatchWork,
    DesignPlacement,
)
from .assumptions import AreaRate, AssumptionSet, WorkBasis, WorkNature, WorkRate
from .designs import (
    BarrierSet,
    DesignRule,
    DesignSizing,
    DesignStatus,
    PatchDesign,
    RuleKind,
)
from .ground import DesignArea, DesignHome, DesignUnit
from .history import CommentFrom, DesignComment, DesignEvent
from .publishing import DesignMove, PatchSuccession, PublishedChange, PublishedPatch
from .records import WorkRecord, WorkType
from .reviews import DesignReview, ReviewDecision

__all__ = [
    "AlternativeKind",
    "AreaRate",
    "AssumptionSet",
    "BarrierSet",
    "CommentFrom",
    "DesignAlternative",
    "DesignArea",
    "DesignComment",
    "DesignEdit",
    "DesignEvent",
    "DesignHome",
    "DesignMove",
    "DesignPatch",
    "DesignPatchWork",
    "DesignPlacement",
    "DesignReview",
    "DesignRule",
    "DesignSizing",
    "DesignStatus",
    "DesignUnit",
    "PatchDesign",
    "PatchSuccession",
    "PublishedChange",
    "PublishedPatch",
    "ReviewDecision",
    "RuleKind",
    "WorkBasis",
    "WorkNature",
    "WorkRate",
    "WorkRecord",
    "WorkType",
]
