"""Two who work together at the same moment, on a real PostgreSQL: one of them is first, and it happens once.

The rounds are inside each test: sweeping the database between tests takes longer than a round.
"""

import datetime
from collections.abc import Iterator

import pytest
from django.core import mail
from django.db import connection

from participation.actions import meeting_papers, meetings, messages, tasks
from participation.actions.attendance import remind_of_meetings
from participation.actions.digest import send_digests
from participation.models import Attendance, Meeting, Message, Project, ProjectTask
from participation.states import MeetingState, TaskState
from portal.audit.models import AuditEvent
from portal.organisations.roles import Role
from tests.factories.meetings import HOUR, paper, planned_meeting
from tests.factories.participation import ProjectFactory, representative
from tests.factories.people import member
from tests.participation.test_together import together

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
    pytest.mark.usefixtures("committed_db"),
]
ROUNDS = 5
SUMMARY = "Wij spraken over de foto’s."


def rounds() -> Iterator[tuple[Project, list]]:
    """A new project with two more project leads, five times, with an empty postbox."""
    for _number in range(ROUNDS):
        project = ProjectFactory()
        mail.outbox.clear()
        yield project, [member(project.organisation, Role.PROJECT_LEAD) for _n in range(2)]


def own(meeting):
    """The meeting as each of two pages read it."""
    return Meeting.objects.select_related("project__organisation", "project__patient_side").get(pk=meeting.pk)


def test_two_who_tell_that_a_meeting_was_held_do_so_once(now):
    for project, others in rounds():
        rep = representative(project)
        meeting = planned_meeting(project, rep, starts_at=now - 3 * HOUR)

        def holding(who, minutes, *, meeting=meeting, rep=rep):
            read = own(meeting)
            return lambda: meetings.hold_meeting(
                meeting=read, there={rep.pk: minutes}, team_present=minutes, texts={"summary": SUMMARY}, by=who, now=now
            )

        done = together(holding(others[0], 10), holding(others[1], 20))

        first = 10 if done[0] else 20
        meeting.refresh_from_db()
        assert sorted(done) == [False, True]
        assert meeting.team_present == meeting.attendances.get().minutes == first
        assert AuditEvent.objects.filter(kind="meeting.held", data__meeting=str(meeting.uuid)).count() == 1


def test_holding_and_cancelling_at_once_does_one_of_them(now):
    for project, others in rounds():
        meeting = planned_meeting(project, starts_at=now - 3 * HOUR)
        one, other = own(meeting), own(meeting)

        done = together(
            lambda one=one, who=others[0]: meetings.hold_meeting(
                meeting=one, there={}, team_present=1, texts={"summary": SUMMARY}, by=who, now=now
            ),
            lambda other=other, who=others[1]: meetings.cancel_meeting(meeting=other, reason="Ziek.", by=who, now=now),
        )

        meeting.refresh_from_db()
        assert sorted(done) == [False, True]
        assert (meeting.state == MeetingState.HELD, meeting.cancel_reason == "") == (done[0], done[0])


def test_two_changes_at_once_leave_the_first(now):
    for project, others in rounds():
        meeting = planned_meeting(project)

        def changing(who, place, *, meeting=meeting):
            read = own(meeting)
            fields = {"title": "Uitleg", "agenda": "- Kort", "place": place, "starts_at": read.starts_at,
                      "ends_at": read.ends_at}  # fmt: skip
            return lambda: meetings.change_meeting(meeting=read, fields=fields, revision=0, by=who, now=now)

        done = together(changing(others[0], "Zaal 1"), changing(others[1], "Zaal 2"))

        meeting.refresh_from_db()
        assert sorted(done) == [False, True]
        assert (meeting.place, meeting.revision) == ("Zaal 1" if done[0] else "Zaal 2", 1)


def test_two_invitations_at_once_mail_each_person_once(now):
    for project, others in rounds():
        for _n in range(2):
            representative(project)
        meeting = planned_meeting(project)
        read = [own(meeting) for _n in range(2)]

        together(*(
            lambda who=who, one=one: meetings.invite(meeting=one, by=who, now=now)
            for who, one in zip(others, read, strict=True)
        ))  # fmt: skip

        assert (meeting.attendances.count(), len(mail.outbox)) == (2, 2)


def test_papers_that_two_send_at_once_are_mailed_once(now):
    for project, others in rounds():
        meeting = planned_meeting(project, representative(project))
        paper(meeting)
        read = [own(meeting) for _n in range(2)]

        done = together(*(
            lambda who=who, one=one: meeting_papers.send_papers(meeting=one, by=who, now=now)
            for who, one in zip(others, read, strict=True)
        ))  # fmt: skip

        assert (sorted(done), len(mail.outbox)) == ([False, True], 1)


def test_task_is_done_or_taken_away_once(now):
    for project, others in rounds():
        project.team.create(user=others[0], function="arts", since=now)
        task = ProjectTask.objects.create(
            project=project, what="Lees dit", doer=others[0], asked_by=others[1], due_date=now.date(), asked_at=now
        )
        one, other = (
            ProjectTask.objects.select_related("project__organisation", "asked_by").get(pk=task.pk) for _n in range(2)
        )

        done = together(
            lambda one=one, who=others[0]: tasks.finish_task(task=one, by=who, now=now),
            lambda other=other, who=others[1]: tasks.cancel_task(task=other, by=who, now=now),
        )

        task.refresh_from_db()
        assert sorted(done) == [False, True]
        assert task.state == (TaskState.DONE if done[0] else TaskState.CANCELLED)


def test_message_is_taken_back_once(now):
    for project, _others in rounds():
        made = messages.write_message(project=project, text="Oeps", by=project.lead, now=now)
        read = [Message.objects.select_related("project__organisation").get(pk=made.pk) for _n in range(2)]

        done = together(*(
            lambda one=one, who=project.lead: messages.take_back(message=one, by=who, now=now) for one in read
        ))  # fmt: skip

        assert sorted(done) == [False, True]


def test_two_workers_mail_a_digest_and_a_reminder_once(now):
    later = now + datetime.timedelta(minutes=11)
    for project, _others in rounds():
        planned_meeting(project, representative(project), starts_at=now + datetime.timedelta(days=1))
        Attendance.objects.update(invited_at=now - datetime.timedelta(days=30))
        messages.write_message(project=project, text="Hallo", by=project.lead, now=now)

        together(lambda: send_digests(later), lambda: send_digests(later))
        digests = len(mail.outbox)
        together(lambda: remind_of_meetings(later), lambda: remind_of_meetings(later))

        assert (digests, len(mail.outbox)) == (1, 2)
