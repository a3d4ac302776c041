"""The models of participation, by noun."""

from participation.models.advice import Advice, AdviceVersion, Response, Verdict
from participation.models.assignment import Assignment
from participation.models.gate import GateException, GateReview, Passage
from participation.models.meeting import Attendance, Meeting
from participation.models.person import Consent, ConsentKind, Perspective, Profile
from participation.models.project import PlannedRole, Programme, Project, TeamMember

__all__ = [
    "Advice",
    "AdviceVersion",
    "Assignment",
    "Attendance",
    "Consent",
    "ConsentKind",
    "GateException",
    "GateReview",
    "Meeting",
    "Passage",
    "Perspective",
    "PlannedRole",
    "Profile",
    "Programme",
    "Project",
    "Response",
    "TeamMember",
    "Verdict",
]
