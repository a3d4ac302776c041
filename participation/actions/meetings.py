"""Everything that writes meetings: planned, changed, who is invited, cancelled, held."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation import meeting_emails as emails
from participation import money_claim_emails as money_emails
from participation.actions.common import hold_running, needed, target_of
from participation.entry_summary import tell_entries
from participation.models import Assignment, Attendance, Meeting, Passage, Project
from participation.people import SIGNED
from participation.states import MEETING, AssignmentState, MeetingState, ProjectState
from participation.together_permissions import can_run_meetings
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed
from transparency.service import too_hard

CHANGED = "changed"  # the code of the fault that somebody else changed the meeting meanwhile
LONGEST = {"title": 150, "place": 300, "agenda": 4000, "summary": 4000, "summary_en": 4000, "language_reason": 500}
LONGEST_MEETING = datetime.timedelta(hours=12)
FARTHEST = datetime.timedelta(days=730)
MOST_MINUTES = 24 * 60  # of one person for one meeting, with preparation
_OVER = gettext_lazy("Dit gesprek is al geweest of afgezegd.")


@transaction.atomic
def plan_meeting(
    *, project: Project, fields: Mapping[str, Any], by: Any, now: datetime.datetime, **more: Any
) -> Meeting:
    """Plan a meeting in the phase of now; nobody is invited yet.

    `fields`: title, starts_at, ends_at, place, agenda. `more`: uuid. Raises PermissionDenied, ValidationError by field,
    StepNotAllowed when the project ended.
    """
    can_run_meetings(by, project)
    hold_running(project, "meet")
    values = _checked(fields, now)
    made = Meeting.objects.create(project=project, phase=project.phase, **values, **more)
    record("meeting.planned", by=by, target=target_of(project), now=now, meeting=str(made.uuid))
    raise_revision()
    return made


def _refuse_ended(project: Project) -> None:
    if project.state != ProjectState.RUNNING:
        raise StepNotAllowed(f"meet: {project.slug} ended")


def _checked(fields: Mapping[str, Any], now: datetime.datetime) -> dict[str, Any]:
    """Clean texts and moments that can be. Raises ValidationError by field."""
    made: dict[str, Any] = {
        key: clean(value).strip() if isinstance(value, str) else value for key, value in fields.items()
    }
    words = {
        "title": _("Geef het gesprek een naam."), "place": _("Schrijf waar het is."),
        "agenda": _("Schrijf waar u het over wilt hebben."), "starts_at": _("Kies wanneer het begint."),
        "ends_at": _("Kies wanneer het klaar is."),
    }  # fmt: skip
    faults = {key: message for key, message in words.items() if not made.get(key)} | _too_long(made)
    start, end = made.get("starts_at"), made.get("ends_at")
    if start and end and not datetime.timedelta(0) < end - start <= LONGEST_MEETING:
        faults["ends_at"] = _("Kies een einde na het begin, op dezelfde dag.")
    if start and not now < start <= now + FARTHEST:
        faults["starts_at"] = _("Kies een moment dat nog komt, binnen twee jaar.")
    if faults:
        raise ValidationError(faults)
    return {**made, "title": " ".join(made["title"].split()), "place": " ".join(made["place"].split())}


def _too_long(made: Mapping[str, Any]) -> dict[str, str]:
    return {
        key: _("De tekst is te lang. Er passen %(most)d tekens.") % {"most": most}
        for key, most in LONGEST.items()
        if len(made.get(key) or "") > most
    }


@transaction.atomic
def change_meeting(
    *, meeting: Meeting, fields: Mapping[str, Any], revision: int, by: Any, now: datetime.datetime
) -> None:
    """Change a planned meeting of which the person saw `revision`.

    Who was invited hears of another time or place; after another time everybody answers anew. Raises PermissionDenied,
    ValidationError by field (with the code CHANGED when somebody else was first), StepNotAllowed.
    """
    project = meeting.project
    can_run_meetings(by, project)
    _refuse_ended(project)
    _refuse_over(meeting)
    values = _checked(fields, now)
    there = Meeting.objects.filter(pk=meeting.pk, state=MeetingState.PLANNED)
    before = there.select_for_update().values("starts_at", "ends_at", "place").first()
    if before is None:
        raise StepNotAllowed("change: the meeting is over", told=_OVER)
    if not there.filter(revision=revision).update(revision=F("revision") + 1, **values):
        told = _("Iemand anders veranderde dit gesprek net. Kijk wat er nu staat en bewaar daarna nog eens.")
        raise ValidationError(told, code=CHANGED)
    meeting.refresh_from_db()
    moved = any(before[key] != values[key] for key in ("starts_at", "ends_at"))
    if moved:
        meeting.attendances.update(will_come=None, answered_at=None, reminded_at=None)
    record("meeting.changed", by=by, target=target_of(project), now=now, meeting=str(meeting.uuid))
    if moved or before["place"] != values["place"]:
        emails.changed(meeting, now, answer_anew=moved)
    raise_revision()


def _refuse_over(meeting: Meeting) -> None:
    if meeting.state != MeetingState.PLANNED:
        raise StepNotAllowed("the meeting is over", told=_OVER)


def _take_meeting(meeting: Meeting, name: str, **fields: Any) -> None:
    _refuse_over(meeting)
    step = MEETING.step(meeting.state, name)
    there = Meeting.objects.filter(pk=meeting.pk, state=step.source)
    if not there.update(state=step.target, revision=F("revision") + 1, **fields):
        raise StepNotAllowed(f"{name}: the meeting is over", told=_OVER)
    meeting.refresh_from_db()


@transaction.atomic
def invite(*, meeting: Meeting, by: Any, now: datetime.datetime) -> int:
    """Invite every active representative of the phase who was not invited yet; how many that were.

    Raises PermissionDenied, ValidationError when there is nobody, StepNotAllowed when the meeting began or is over.
    """
    can_run_meetings(by, meeting.project)
    _refuse_ended(meeting.project)
    locked = Meeting.objects.select_for_update().filter(pk=meeting.pk, state=MeetingState.PLANNED, starts_at__gt=now)
    if not locked.exists():
        raise StepNotAllowed("invite: the meeting began or is over", told=_("Dit gesprek is al begonnen of voorbij."))
    active = meeting.project.assignments.active().filter(user__is_active=True).select_related("user")
    asked = [one for one in active.order_by("number") if one.takes_part_in(meeting.phase)]
    if not asked:
        raise ValidationError(_("Er doet in deze fase nog geen patiëntvertegenwoordiger mee. Zoek eerst iemand."))
    known = set(meeting.attendances.filter(invited_at__isnull=False).values_list("assignment", flat=True))
    new = [one for one in asked if one.pk not in known]
    for assignment in new:
        made, _is_new = Attendance.objects.update_or_create(
            meeting=meeting, assignment=assignment, defaults={"invited_at": now}
        )
        emails.invited(made, now)
    if new:
        Meeting.objects.filter(pk=meeting.pk, invited_at__isnull=True).update(invited_at=now)
        meeting.refresh_from_db()
        record("meeting.invited", by=by, target=target_of(meeting.project), now=now, meeting=str(meeting.uuid),
               number=len(new))  # fmt: skip
    return len(new)


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: Any, now: datetime.datetime) -> None:
    """Cancel a planned meeting and tell who was invited why.

    Raises PermissionDenied, ValidationError, StepNotAllowed.
    """
    can_run_meetings(by, meeting.project)
    _cancel(meeting, needed(reason, _("Schrijf waarom het gesprek niet doorgaat."), "text"), by=by, now=now)


def _cancel(meeting: Meeting, why: str, *, by: Any, now: datetime.datetime) -> None:
    _take_meeting(meeting, "cancel", cancel_reason=why)
    record("meeting.cancelled", by=by, target=target_of(meeting.project), now=now, meeting=str(meeting.uuid))
    emails.cancelled(meeting, now)
    raise_revision()


def refuse_untold(project: Project, now: datetime.datetime) -> None:
    """Raise ValidationError while nobody told what was said at a meeting that began: it would never be read."""
    if project.meetings.filter(state=MeetingState.PLANNED, starts_at__lte=now).exists():
        told = _("Er was een gesprek waarvan nog niet staat wat er is gezegd. Schrijf dat eerst op, of zeg het af.")
        raise ValidationError(told)


def cancel_meetings(*, project: Project, why: str, by: Any, now: datetime.datetime) -> None:
    """Cancel what is still to come, with a mail to who was invited; for a caller who ends the project."""
    for meeting in project.meetings.filter(state=MeetingState.PLANNED).order_by("pk"):
        _cancel(meeting, why, by=by, now=now)


# --- What was said ---------------------------------------------------------------------------------------------------


@transaction.atomic
def hold_meeting(
    *, meeting: Meeting, there: Mapping[int, int], team_present: int | None, texts: Mapping[str, str], by: Any,
    now: datetime.datetime,
) -> None:  # fmt: skip
    """Tell that the meeting took place: from now on it counts at the gate of the phase in which it was.

    `there`: {number of an assignment: minutes} of who was there. `texts`: summary, summary_en, language_reason. Raises
    PermissionDenied, ValidationError by field, StepNotAllowed.
    """
    project = meeting.project
    can_run_meetings(by, project)
    if meeting.state == MeetingState.PLANNED and meeting.starts_at > now:
        raise ValidationError(_("Het gesprek is nog niet begonnen."))
    values = _told(texts, project)
    if team_present is None or not 0 <= team_present <= 99:
        raise ValidationError({"team_present": _("Schrijf met hoeveel mensen u er was, van 0 tot 99.")})
    people = {one.pk: one for one in could_be_there(meeting)}
    if set(there) - set(people) or not all(0 < minutes <= MOST_MINUTES for minutes in there.values()):
        raise ValidationError(_("Kies wie er was, en schrijf voor elk het aantal minuten."))
    _take_meeting(meeting, "hold", phase=phase_at(project, meeting.starts_at), team_present=team_present, **values)
    meeting.attendances.exclude(assignment__in=there).update(was_there=False)
    for pk, minutes in there.items():
        Attendance.objects.update_or_create(
            meeting=meeting, assignment=people[pk], defaults={"was_there": True, "minutes": minutes}
        )
    record("meeting.held", by=by, target=target_of(project), now=now, meeting=str(meeting.uuid), number=len(there))
    money_emails.may_claim(meeting)
    tell_entries(project, now)
    raise_revision()


def _told(texts: Mapping[str, str], project: Project) -> dict[str, str]:
    """The texts of a summary, clean. Raises ValidationError by field for what patients cannot read."""
    made = {key: clean(texts.get(key, "")).strip() for key in ("summary", "summary_en", "language_reason")}
    if not made["summary"]:
        raise ValidationError({"summary": _("Schrijf in het kort wat er gezegd is.")})
    if faults := _too_long(made):
        raise ValidationError(faults)
    names = [project.organisation.name, *project.organisation.also_known_as, project.name]
    if hard := too_hard({_("Samenvatting"): made["summary"]}, made["language_reason"], names=names):
        raise ValidationError({"summary": hard})
    return made


def could_be_there(meeting: Meeting) -> list[Assignment]:
    """Whom one may say was at `meeting`: who takes part, signed, or still did when it began; by number."""
    signed = meeting.project.assignments.filter(active_since__isnull=False).select_related("user")
    return [
        one
        for one in signed.order_by("number")
        if one.state in SIGNED
        or (one.state == AssignmentState.ENDED and one.ended_at is not None and one.ended_at >= meeting.starts_at)
    ]


def phase_at(project: Project, moment: datetime.datetime) -> str:
    """The phase in which `project` was at `moment`; the first one for what was before that."""
    passed = Passage.objects.filter(project=project).order_by("entered_at", "pk")
    entered = passed.filter(entered_at__lte=moment).last() or passed.first()
    return entered.phase if entered else project.phase
