from .accounts.models import User
from .assignments.models import Assignment, AssignmentKind
from .councillors.models import Councillor
from .designs.models import DesignAssignment, ProposedLead
from .directory.models import Officer, OfficerKind
from .drop_ins.models import DropIn, Weekday
from .notices.models import NoticeDelivery, NoticeRecipient, NoticeSending
from .teams.models import TeamLeadership, TeamMembership, TeamWard, WardTeam

__all__ = [
    "Assignment",
    "AssignmentKind",
    "Councillor",
    "DesignAssignment",
    "DropIn",
    "NoticeDelivery",
    "NoticeRecipient",
    "NoticeSending",
    "Officer",
    "OfficerKind",
    "ProposedLead",
    "TeamLeadership",
    "TeamMembership",
    "TeamWard",
    "User",
    "WardTeam",
    "Weekday",
]
