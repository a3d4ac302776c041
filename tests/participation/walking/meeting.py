"""Meetings and their papers, tasks and messages. What was done in which phase is kept apart, for the gate."""

import datetime
from typing import Any

from participation.actions import attendance, meeting_papers, meetings, messages, tasks
from participation.models import Assignment, Attendance, Meeting, MeetingPaper, Message, ProjectTask
from portal.accounts.models import User
from tests.participation.walking.engine import rule
from tests.participation.walking.ground import COORDINATORS, LEADS, Ground

RUN = (*LEADS, *COORDINATORS)
HOUR = datetime.timedelta(hours=1)
FIELDS = {"title": "Foto’s uitleggen", "place": "Zaal 3, Utrecht", "agenda": "Kennismaken"}


class WorkingTogether(Ground):
    """Rules on what people do together."""

    def meeting(self, *states: str) -> Any:
        """A meeting, mostly in one of these states."""
        return self.one(Meeting.objects.filter(project=self.project).select_related("project"), *states)

    def when(self, earliest: int) -> dict[str, Any]:
        """The fields of a meeting, within four weeks."""
        start = self.now + self.dice.randint(earliest, 600) * HOUR
        return {**FIELDS, "starts_at": start, "ends_at": start + 2 * HOUR}

    @rule(3)
    def plans_a_meeting(self) -> None:
        if self.attempt(meetings.plan_meeting, project=self.project, fields=self.when(-10), by=self.who(*RUN)):
            self.attempt(meetings.invite, meeting=Meeting.objects.latest("pk"), by=self.who(*RUN))

    @rule()
    def handles_a_meeting(self) -> None:
        one, by = self.meeting("PLANNED"), self.who(*RUN)
        if one is None:
            return
        what = self.dice.choice(["invite", "move", "cancel", "add", "add", "send", "send", "remove"])
        if what == "invite":
            self.attempt(meetings.invite, meeting=one, by=by)
        elif what == "cancel":
            self.attempt(meetings.cancel_meeting, meeting=one, reason="Iedereen is ziek.", by=by)
        elif what == "move":
            seen = one.revision - self.one_in(4)
            self.attempt(meetings.change_meeting, meeting=one, fields=self.when(-5), revision=seen, by=by)
        elif what == "add":
            self.attempt(meeting_papers.add_paper, meeting=one, title="Vragen", text="Wat wilt u weten?", by=by)
        elif what == "send":
            self.attempt(meeting_papers.send_papers, meeting=one, by=by)
        elif paper := MeetingPaper.objects.filter(meeting=one).select_related("meeting__project").first():
            self.attempt(meeting_papers.remove_paper, paper=paper, by=by)

    @rule()
    def answers_an_invitation(self) -> None:
        rows = list(Attendance.objects.select_related("meeting__project", "assignment__user").order_by("-pk")[:6])
        if rows:
            one = self.dice.choice(rows)
            by, comes = one.assignment.user or self.patient(), not self.one_in(4)
            self.attempt(attendance.answer, attendance=one, will_come=comes, access_needs="wuzzelnood", by=by)

    @rule(3)
    def holds_a_meeting(self) -> None:
        one = self.meeting("PLANNED")
        if one is None:
            return
        if one.state == "PLANNED" and one.starts_at > self.now and not self.one_in(5):
            self.time_goes_by(one.starts_at - self.now + HOUR)
            one = Meeting.objects.select_related("project").get(pk=one.pk)
        there = {assignment.pk: 90 for assignment in self.some(meetings.could_be_there(one))}
        texts, by = {"summary": "De dokter legde uit wat een scan is."}, self.who(*RUN)
        if self.attempt(meetings.hold_meeting, meeting=one, there=there, team_present=2, texts=texts, by=by):
            for pk in there:
                self.did.setdefault(pk, set()).add(self.phase_at(one.starts_at))

    def phase_at(self, moment: datetime.datetime) -> str:
        """The phase in which the project was then, by what this walk saw happen."""
        before = [phase for since, phase in self.entered if since <= moment]
        return before[-1] if before else self.entered[0][1]

    # --- Tasks and messages ------------------------------------------------------------------------------------------

    def working(self) -> User:
        """One of those who work along; now and then a stranger."""
        active = [one.user for one in Assignment.objects.active().select_related("user").order_by("pk") if one.user]
        staff = [self.people[name] for name in ("lead", "colleague", "coordinator")]
        return self.who() if self.one_in(8) else self.dice.choice([*active, *staff])

    @rule()
    def asks_a_task(self) -> None:
        day = (self.now + datetime.timedelta(days=self.dice.randint(-1, 60))).date()
        doer, by = self.working(), self.working()
        self.attempt(tasks.ask_task, project=self.project, what="wuzzeltaak", doer=doer, due=day, by=by)

    @rule(1)
    def ends_a_task(self) -> None:
        one = self.one(ProjectTask.objects.select_related("project", "doer", "asked_by"), "OPEN")
        if one is not None and self.one_in(2):
            self.attempt(tasks.finish_task, task=one, by=one.doer or self.working())
        elif one is not None:
            self.attempt(tasks.cancel_task, task=one, by=one.asked_by or self.working())

    @rule()
    def writes_a_message(self) -> None:
        if not self.one_in(4):
            self.attempt(messages.write_message, project=self.project, text="wuzzelbericht", by=self.working())
        elif one := Message.objects.select_related("project", "writer").order_by("pk").last():
            self.attempt(messages.take_back, message=one, by=one.writer or self.working())
