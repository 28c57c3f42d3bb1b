from .accounts.models import User
from .assignments.models import Assignment, AssignmentKind
from .designs.models import DesignAssignment, ProposedLead
from .directory.models import Officer, OfficerKind
from .teams.models import TeamLeadership, TeamMembership, TeamWard, WardTeam

__all__ = [
    "Assignment",
    "AssignmentKind",
    "DesignAssignment",
    "Officer",
    "OfficerKind",
    "ProposedLead",
    "TeamLeadership",
    "TeamMembership",
    "TeamWard",
    "User",
    "WardTeam",
]
