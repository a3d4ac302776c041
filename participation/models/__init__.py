"""The models of participation, by noun."""

from participation.models.account import ClosingAccount
from participation.models.advice import Advice, AdviceDraft, AdviceVersion, Response, Verdict
from participation.models.agreement import Agreement, Signature, SignatureName, SigningLink
from participation.models.assignment import Assignment, RoleOffer, WelcomeStep
from participation.models.candidacy import Assessment, Candidacy, Choice, Fit, PaymentWish, Wish
from participation.models.claim import (
    Claim,
    ClaimItem,
    PaidElsewhere,
    PaymentChoice,
    PaymentProfile,
    PeriodTotal,
    Receipt,
)
from participation.models.erasure import Erasure
from participation.models.figure import FigureSnapshot
from participation.models.fund import Budget, BudgetLine, Commitment, Fund, FundPlan, Payer
from participation.models.gate import GateException, GateReview, Passage
from participation.models.interest import Interest
from participation.models.ledger import Booking, MoneyCommand, Posting
from participation.models.meeting import Attendance, Meeting, MeetingPaper
from participation.models.message import DigestWish, Message
from participation.models.payment import PaymentBatch
from participation.models.person import Consent, ConsentKind, Perspective, Profile
from participation.models.project import PlannedRole, Programme, Project, TeamMember
from participation.models.pulse import PulseAsked, PulseCount, PulseRound
from participation.models.rate import VolunteerRate
from participation.models.task import ProjectTask
from participation.models.vacancy import Side, Vacancy, VacancyCriterion, VacancyEnd
from participation.models.view_log import Seen, ViewerRole, Viewing

__all__ = [
    "Advice",
    "AdviceDraft",
    "AdviceVersion",
    "Agreement",
    "Assessment",
    "Assignment",
    "Attendance",
    "Booking",
    "Budget",
    "BudgetLine",
    "Candidacy",
    "Choice",
    "Claim",
    "ClaimItem",
    "ClosingAccount",
    "Commitment",
    "Consent",
    "ConsentKind",
    "DigestWish",
    "Erasure",
    "FigureSnapshot",
    "Fit",
    "Fund",
    "FundPlan",
    "GateException",
    "GateReview",
    "Interest",
    "Meeting",
    "MeetingPaper",
    "Message",
    "MoneyCommand",
    "PaidElsewhere",
    "Passage",
    "Payer",
    "PaymentBatch",
    "PaymentChoice",
    "PaymentProfile",
    "PaymentWish",
    "PeriodTotal",
    "Perspective",
    "PlannedRole",
    "Posting",
    "Profile",
    "Programme",
    "Project",
    "ProjectTask",
    "PulseAsked",
    "PulseCount",
    "PulseRound",
    "Receipt",
    "Response",
    "RoleOffer",
    "Seen",
    "Side",
    "Signature",
    "SignatureName",
    "SigningLink",
    "TeamMember",
    "Vacancy",
    "VacancyCriterion",
    "VacancyEnd",
    "Verdict",
    "ViewerRole",
    "Viewing",
    "VolunteerRate",
    "WelcomeStep",
    "Wish",
]
