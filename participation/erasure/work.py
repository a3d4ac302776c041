"""What a project holds of the people who work on it, and a vacancy of who replied."""

import datetime

from django.db.models import Q

from participation.actions.erasing_candidacies import erase_candidacy
from participation.erasure.kind import Kind, begun, erase_row
from participation.models import (
    Assignment,
    Attendance,
    Candidacy,
    Interest,
    MeetingPaper,
    Message,
    ProjectTask,
    SignatureName,
    TeamMember,
    WelcomeStep,
)


def _erase_person(assignment: Assignment, now: datetime.datetime) -> None:
    """Who it was; role, number and dates stay."""
    Assignment.objects.filter(pk=assignment.pk).update(
        user=None, buddy=None, buddy_agreed_at=None, reason="", access_needs="", access_needs_at=None
    )


def _erase_role_needs(assignment: Assignment, now: datetime.datetime) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(access_needs="", access_needs_at=None)


def _erase_attendance(attendance: Attendance, now: datetime.datetime) -> None:
    """What somebody said and how long it took; that number 3 was there stays: gates and figures count it."""
    Attendance.objects.filter(pk=attendance.pk).update(
        invited_at=None, reminded_at=None, will_come=None, answered_at=None, access_needs="", minutes=None
    )


def _erase_meeting_needs(attendance: Attendance, now: datetime.datetime) -> None:
    Attendance.objects.filter(pk=attendance.pk).update(access_needs="")


def _erase_message(message: Message, now: datetime.datetime) -> None:
    """Who said what; that something was said at that moment stays."""
    Message.objects.filter(pk=message.pk).update(text="", writer=None)


PERSON = Kind(
    code="assignment_person",
    label="people of assignments",
    every=lambda: Assignment.objects.order_by("pk"),
    named=lambda assignment: str(assignment.uuid),
    since=lambda assignment: assignment.proposed_at,
    erase=_erase_person,
)

ATTENDANCE = Kind(
    code="attendance",
    label="attendances",
    every=lambda: Attendance.objects.select_related("meeting", "assignment").order_by("pk"),
    named=lambda one: f"{one.meeting.uuid} {one.assignment.uuid}",
    since=lambda one: one.assignment.proposed_at,
    erase=_erase_attendance,
)

TEAM_MEMBER = Kind(
    code="team_member",
    label="team members",
    every=lambda: TeamMember.objects.select_related("project").order_by("pk"),
    named=lambda member: f"{member.project.uuid} {member.user_id} {begun(member.since)}",
    since=lambda member: member.since,
    erase=erase_row,
)

ROLE_NEEDS = Kind(
    code="role_needs",
    label="access needs of roles",
    every=PERSON.every,
    named=PERSON.named,
    since=PERSON.since,
    erase=_erase_role_needs,
)
MEETING_NEEDS = Kind(
    code="meeting_needs",
    label="access needs at meetings",
    every=ATTENDANCE.every,
    named=ATTENDANCE.named,
    since=ATTENDANCE.since,
    erase=_erase_meeting_needs,
)
SIGNED_NAME = Kind(
    code="signed_name",
    label="names under agreements",
    every=lambda: SignatureName.objects.select_related("signature__agreement__assignment").order_by("pk"),
    named=lambda one: f"{one.signature.agreement.assignment.uuid} {one.signature.side}",
    since=lambda one: one.signature.signed_at,
    erase=erase_row,
)
WELCOME = Kind(
    code="welcome_step",
    label="welcome steps",
    every=lambda: WelcomeStep.objects.select_related("assignment").order_by("pk"),
    named=lambda step: f"{step.assignment.uuid} {step.kind}",
    since=lambda step: step.done_at,
    erase=erase_row,
)
INTEREST = Kind(
    code="interest",
    label="interests",
    every=lambda: Interest.objects.order_by("pk"),
    named=lambda interest: str(interest.uuid),
    since=lambda interest: interest.declared_at,
    erase=erase_row,
)
MESSAGE = Kind(
    code="message",
    label="messages",
    every=lambda: Message.objects.filter(~Q(text="") | Q(writer__isnull=False)).order_by("pk"),
    named=lambda message: str(message.uuid),
    since=lambda message: message.written_at,
    erase=_erase_message,
)
TASK = Kind(
    code="task",
    label="tasks",
    every=lambda: ProjectTask.objects.order_by("pk"),
    named=lambda task: str(task.uuid),
    since=lambda task: task.asked_at,
    erase=erase_row,
)
PAPER = Kind(
    code="paper",
    label="papers of meetings",
    every=lambda: MeetingPaper.objects.order_by("pk"),
    named=lambda paper: str(paper.uuid),
    since=lambda paper: paper.added_at,
    erase=erase_row,
)
CANDIDACY = Kind(
    code="candidacy",
    label="candidacies",
    every=lambda: Candidacy.objects.filter(erased_at=None).order_by("pk"),
    named=lambda candidacy: str(candidacy.uuid),
    since=lambda candidacy: candidacy.submitted_at,
    erase=erase_candidacy,
)
