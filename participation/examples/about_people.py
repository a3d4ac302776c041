"""What a story tells of who takes part: asked, signed, interests, a buddy; and of working together."""

import datetime
from collections.abc import Mapping

from participation.actions.agreements import sign
from participation.actions.assignments import end, pause, propose
from participation.actions.attendance import answer
from participation.actions.common import target_of
from participation.actions.consents import give_consent
from participation.actions.interests import decide, declare
from participation.actions.meeting_papers import add_paper, send_papers
from participation.actions.meetings import cancel_meeting, hold_meeting, invite, plan_meeting
from participation.actions.messages import write_message
from participation.actions.tasks import ask_task, finish_task
from participation.actions.welcome import agree_as_buddy, ask_buddy, tick
from participation.examples.story import Story, verb
from participation.models import ConsentKind, Interest, ProjectTask
from participation.states import Influence, InterestDecision, InterestState, SigningSide

# --- Starting --------------------------------------------------------------------------------------------------------


@verb
def _propose(
    story: Story, now: datetime.datetime, *, who: str, role: str = "ADVISER", phases: list[str] | None = None
) -> None:
    """The lead asks somebody to take part."""
    propose(
        project=story.project, user=story.who(who), influence=Influence(role), phases=phases or [],
        organisation=story.patient_side, by=story.who("lead"), now=now,
    )  # fmt: skip


@verb
def signs(story: Story, now: datetime.datetime, *, who: str) -> None:
    """Who takes part signs the agreement."""
    person = story.who(who)
    sign(assignment=story.assignment(who), side=SigningSide.REPRESENTATIVE, typed_name=person.name, by=person, now=now)


@verb
def project_signs(story: Story, now: datetime.datetime, *, who: str) -> None:
    """The lead signs the agreement with somebody."""
    lead = story.who("lead")
    sign(assignment=story.assignment(who), side=SigningSide.PROJECT, typed_name=lead.name, by=lead, now=now)


@verb
def declares(story: Story, now: datetime.datetime, *, who: str, text: str = "") -> None:
    """Somebody declares interests; without a text: none."""
    declare(project=story.project, has_none=not text, text=text, by=story.who(who), now=now)


@verb
def decides_interest(
    story: Story, now: datetime.datetime, *, who: str, decision: str = "NONE", text: str = "", by: str = "coordinator"
) -> None:
    """What somebody declared is decided; `by`: the fund manager for the team."""
    waiting = Interest.objects.get(project=story.project, user=story.who(who), state=InterestState.DECLARED)
    decide(interest=waiting, decision=InterestDecision(decision), text=text, by=story.who(by), now=now)


@verb
def begins(
    story: Story, now: datetime.datetime, *, who: str, interest: str = "", decision: str = "NONE",
    decision_text: str = "",
) -> None:  # fmt: skip
    """Somebody who was asked does everything that comes before: both sign, interests are declared and decided."""
    signs(story, now, who=who)
    project_signs(story, now, who=who)
    declares(story, now, who=who, text=interest)
    decides_interest(story, now, who=who, decision=decision, text=decision_text)


@verb
def joins(story: Story, now: datetime.datetime, *, who: str, role: str = "ADVISER") -> None:
    """Somebody is asked, and begins."""
    _propose(story, now, who=who, role=role)
    begins(story, now, who=who)


@verb
def _pause(story: Story, now: datetime.datetime, *, who: str) -> None:
    """Somebody stops for a while."""
    pause(assignment=story.assignment(who), by=story.who(who), now=now)


@verb
def leaves(story: Story, now: datetime.datetime, *, who: str) -> None:
    """Somebody stops for good."""
    end(assignment=story.assignment(who), by=story.who(who), now=now)


@verb
def shows_name(story: Story, now: datetime.datetime, *, who: str) -> None:
    """Somebody consents to be named on the page of the project."""
    give_consent(kind=ConsentKind.NAME, by=story.who(who), now=now, about=target_of(story.project))


@verb
def buddy(story: Story, now: datetime.datetime, *, who: str, buddy: str, agrees: bool = True) -> None:
    """The coordinator asks a buddy for somebody."""
    chosen, assignment = story.who(buddy), story.assignment(who)
    ask_buddy(assignment=assignment, buddy=chosen, by=story.who("coordinator"), now=now)
    if agrees:
        agree_as_buddy(assignment=story.assignment(who), by=chosen, now=now)


@verb
def ticks(story: Story, now: datetime.datetime, *, who: str, steps: list[str]) -> None:
    """Somebody ticks first steps off."""
    for kind in steps:
        tick(assignment=story.assignment(who), kind=kind, is_done=True, by=story.who(who), now=now)


# --- Meetings --------------------------------------------------------------------------------------------------------


@verb
def meeting(
    story: Story, now: datetime.datetime, *, key: str, title: str, starts: str, place: str, agenda: str,
    papers: Mapping[str, str] | None = None, comes: list[str] | None = None, invited: bool = True, minutes: int = 120,
) -> None:  # fmt: skip
    """The lead plans a meeting, invites who takes part and sends the papers ({title: text})."""
    lead, start = story.who("lead"), story.moment(starts)
    fields = {"title": title, "place": place, "agenda": agenda, "starts_at": start,
              "ends_at": start + datetime.timedelta(minutes=minutes)}  # fmt: skip
    plan_meeting(project=story.project, fields=fields, by=lead, now=now, uuid=story.key(key))
    for name, text in (papers or {}).items():
        add_paper(meeting=story.meeting(key), title=name, text=text, by=lead, now=now)
    if not invited:
        return
    invite(meeting=story.meeting(key), by=lead, now=now)
    if papers:
        send_papers(meeting=story.meeting(key), by=lead, now=now)
    for who in comes or []:
        attendance = (
            story.meeting(key)
            .attendances.select_related("assignment", "meeting__project")
            .get(assignment__user=story.who(who))
        )
        answer(attendance=attendance, will_come=True, by=story.who(who), now=now)


@verb
def held(
    story: Story, now: datetime.datetime, *, meeting: str, there: Mapping[str, int], team: int, summary: str,
    summary_en: str,
) -> None:  # fmt: skip
    """The lead tells what was said, and who was there for how many minutes."""
    minutes = {story.assignment(who).pk: number for who, number in there.items()}
    texts = {"summary": summary, "summary_en": summary_en}
    hold_meeting(
        meeting=story.meeting(meeting), there=minutes, team_present=team, texts=texts, by=story.who("lead"), now=now
    )


@verb
def cancels(story: Story, now: datetime.datetime, *, meeting: str, reason: str) -> None:
    """A meeting does not take place."""
    cancel_meeting(meeting=story.meeting(meeting), reason=reason, by=story.who("lead"), now=now)


# --- Messages and tasks ----------------------------------------------------------------------------------------------


@verb
def writes(story: Story, now: datetime.datetime, *, who: str, text: str) -> None:
    """Somebody writes a message to everybody who works on the project."""
    write_message(project=story.project, text=text, by=story.who(who), now=now)


@verb
def asks(story: Story, now: datetime.datetime, *, key: str, who: str, doer: str, what: str, due: str) -> None:
    """Somebody asks somebody else to do something."""
    ask_task(
        project=story.project, what=what, doer=story.who(doer), due=story.day(due), by=story.who(who), now=now,
        uuid=story.key(key),
    )  # fmt: skip


@verb
def did(story: Story, now: datetime.datetime, *, task: str) -> None:
    """Who was asked to do something did it."""
    found = ProjectTask.objects.select_related("project", "doer").get(uuid=story.key(task))
    finish_task(task=found, by=found.doer, now=now)
