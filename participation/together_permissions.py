"""Who may do what in the meetings, tasks and messages of a project."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from participation.models import Attendance, MeetingPaper, Message, Project, ProjectTask
from participation.people import SIGNED
from participation.permissions import assignment_of, can_follow, can_lead
from portal.core.permissions import Check


@Check
def can_work_together(user: Any, project: Project) -> None:
    """See meetings, papers, tasks and messages: both sides, the team, and who signed to take part."""
    if can_lead.ok(user, project) or can_follow.ok(user, project):
        return
    if user.is_authenticated and project.team.filter(user=user).exists():
        return
    mine = assignment_of(user, project)
    if mine is None:
        raise PermissionDenied(_("U werkt niet aan dit project."))
    if mine.state not in SIGNED:
        raise PermissionDenied(_("U ziet dit als de afspraken getekend zijn."))


@Check
def can_run_meetings(user: Any, project: Project) -> None:
    """Plan a meeting, invite, send papers, cancel, and tell what was said: PL or PC, whoever asks for the meeting."""
    if not can_lead.ok(user, project) and not can_follow.ok(user, project):
        raise PermissionDenied(_("Alleen de projectleider of de coördinator kan dit."))


@Check
def can_answer(user: Any, attendance: Attendance) -> None:
    """Say whether one comes: R, for oneself."""
    assignment = attendance.assignment
    if not user or assignment.user_id != user.pk or assignment.state not in SIGNED:
        raise PermissionDenied(_("Alleen wie is uitgenodigd, kan hier antwoord geven."))


@Check
def can_read_paper(user: Any, paper: MeetingPaper) -> None:
    """Read a paper: everybody who works on the project, once it was sent; before that who plans the meeting."""
    project = paper.meeting.project
    can_work_together(user, project)
    if paper.sent_at is None:
        can_run_meetings(user, project)


@Check
def can_finish_task(user: Any, task: ProjectTask) -> None:
    """Say that a task is done: who was asked to do it."""
    if not user.is_authenticated or task.doer_id != user.pk:
        raise PermissionDenied(_("Alleen wie dit zou doen, kan zeggen dat het klaar is."))
    can_work_together(user, task.project)


@Check
def can_cancel_task(user: Any, task: ProjectTask) -> None:
    """Say that a task is not needed any more: who asked for it; when that person left, PL or PC."""
    asker = task.asked_by
    if asker is not None and can_work_together.ok(asker, task.project):
        if asker.pk != user.pk:
            raise PermissionDenied(_("Alleen wie dit vroeg, kan zeggen dat het niet meer hoeft."))
        return
    can_run_meetings(user, task.project)


@Check
def can_take_back(user: Any, message: Message) -> None:
    """Take a message back: who wrote it."""
    if not user.is_authenticated or message.writer_id != user.pk:
        raise PermissionDenied(_("Alleen wie dit schreef, kan het terugnemen."))
    can_work_together(user, message.project)
