from .accounts.models import User
from .assignments.models import Assignment, AssignmentKind
from .directory.models import Officer, OfficerKind
from .teams.models import TeamLeadership, TeamMembership, TeamWard, WardTeam

__all__ = [
    "Assignment",
    "AssignmentKind",
    "Officer",
    "OfficerKind",
    "TeamLeadership",
    "TeamMembership",
    "TeamWard",
    "User",
    "WardTeam",
]
