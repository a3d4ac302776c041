"""The models of participation, by noun."""

from participation.models.advice import Advice, AdviceVersion, Response, Verdict
from participation.models.assignment import Assignment
from participation.models.gate import GateException, GateReview, Passage
from participation.models.meeting import Attendance, Meeting
from participation.models.project import PlannedRole, Programme, Project, TeamMember

__all__ = [
    "Advice",
    "AdviceVersion",
    "Assignment",
    "Attendance",
    "GateException",
    "GateReview",
    "Meeting",
    "Passage",
    "PlannedRole",
    "Programme",
    "Project",
    "Response",
    "TeamMember",
    "Verdict",
]
