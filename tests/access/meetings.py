"""Meetings, their papers and the answers to invitations: what each person around a project is answered."""

import datetime
import uuid

from django.utils import timezone

from participation.answer_links import answer_token
from tests.access.project_world import ProjectWorld, project_row
from tests.access.table import DENIED, DONE, HIDDEN, OK, SIGN_IN, WRONG
from tests.factories.meetings import paper, planned_meeting

TEXT = "De dokter legde uit wat een scan is."


def of_project(world: ProjectWorld) -> dict:
    return {"slug": world.project.slug}


def planned(world: ProjectWorld) -> None:
    """A meeting to which the representative is invited, with a paper that was not sent."""
    world.things["meeting"] = planned_meeting(world.project, world.assignment)
    world.things["paper"] = paper(world.things["meeting"])


def begun(world: ProjectWorld) -> None:
    started = timezone.now() - datetime.timedelta(hours=3)
    world.things["meeting"] = planned_meeting(world.project, world.assignment, starts_at=started)


def sent(world: ProjectWorld) -> None:
    planned(world)
    world.things["paper"] = paper(world.things["meeting"], sent_at=timezone.now())


def link(world: ProjectWorld) -> None:
    planned(world)
    world.things["token"] = answer_token(world.things["meeting"].attendances.get())


def a_meeting(world: ProjectWorld) -> dict:
    return {**of_project(world), "key": world.things["meeting"].uuid}


def mine(world: ProjectWorld) -> dict:
    return {"key": world.things["meeting"].uuid}


def a_paper(world: ProjectWorld) -> dict:
    return {"key": world.things["paper"].uuid}


def step(name: str):
    return lambda world: {**a_meeting(world), "step": name}


def held(world: ProjectWorld) -> dict:
    pk = world.assignment.pk
    return {"summary": TEXT, "team_present": "2", f"there_{pk}": "on", f"minutes_{pk}": "120"}


def token(world: ProjectWorld) -> dict:
    return {"token": world.things["token"]}


# fmt: off
#                                           nobody   newcomer outsider lead  coordin decider manager rep  other_rep
ROWS = [
    project_row("participation:meetings",      SIGN_IN, HIDDEN, HIDDEN,  OK,     OK,     DENIED, DENIED, OK,     HIDDEN,
                kwargs=of_project, prepare=planned),
    project_row("participation:meeting-new",   SIGN_IN, HIDDEN, HIDDEN,  OK,     OK,     DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_project),
    project_row("participation:meeting-new",   SIGN_IN, HIDDEN, HIDDEN,  WRONG,  WRONG,  DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_project, method="POST"),
    project_row("participation:meeting",       SIGN_IN, HIDDEN, HIDDEN,  OK,     OK,     DENIED, DENIED, DENIED, HIDDEN,
                kwargs=a_meeting, prepare=planned),
    project_row("participation:meeting",       SIGN_IN, HIDDEN, HIDDEN,  HIDDEN, HIDDEN, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=lambda world: {**of_project(world), "key": uuid.UUID(int=9)}),
    project_row("participation:meeting-edit",  SIGN_IN, HIDDEN, HIDDEN,  OK,     OK,     DENIED, DENIED, DENIED, HIDDEN,
                kwargs=a_meeting, prepare=planned),
    project_row("participation:meeting-edit",  SIGN_IN, HIDDEN, HIDDEN,  WRONG,  WRONG,  DENIED, DENIED, DENIED, HIDDEN,
                kwargs=a_meeting, prepare=planned, method="POST"),
    project_row("participation:meeting-held",  SIGN_IN, HIDDEN, HIDDEN,  OK,     OK,     DENIED, DENIED, DENIED, HIDDEN,
                kwargs=a_meeting, prepare=begun),
    project_row("participation:meeting-held",  SIGN_IN, HIDDEN, HIDDEN,  DONE,   DONE,   DENIED, DENIED, DENIED, HIDDEN,
                kwargs=a_meeting, prepare=begun, method="POST", data=held),
    project_row("participation:meeting-step",  SIGN_IN, HIDDEN, HIDDEN,  DONE,   DONE,   DENIED, DENIED, DENIED, HIDDEN,
                kwargs=step("uitnodigen"), prepare=planned, method="POST"),
    project_row("participation:meeting-step",  SIGN_IN, HIDDEN, HIDDEN,  DONE,   DONE,   DENIED, DENIED, DENIED, HIDDEN,
                kwargs=step("stukken-sturen"), prepare=planned, method="POST"),
    project_row("participation:meeting-step",  SIGN_IN, HIDDEN, HIDDEN,  DONE,   DONE,   DENIED, DENIED, DENIED, HIDDEN,
                kwargs=step("afzeggen"), prepare=planned, method="POST", data=lambda world: {"afzeggen-text": TEXT}),
    project_row("participation:meeting-step",  SIGN_IN, HIDDEN, HIDDEN,  HIDDEN, HIDDEN, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=step("overslaan"), prepare=planned, method="POST"),
    project_row("participation:meeting-step",  SIGN_IN, 405,    405,     405,    405,    405,    405,    405,    405,
                kwargs=step("uitnodigen"), prepare=planned),
    project_row("participation:meeting-paper-add", SIGN_IN, HIDDEN, HIDDEN, DONE, DONE,  DENIED, DENIED, DENIED, HIDDEN,
                kwargs=a_meeting, prepare=planned, method="POST", data=lambda world: {"title": "Meer", "text": TEXT}),
    project_row("participation:meeting-paper-add", SIGN_IN, 405, 405,    405,    405,    405,    405,    405,    405,
                kwargs=a_meeting, prepare=planned),
    project_row("participation:meeting-paper-remove", SIGN_IN, HIDDEN, HIDDEN, DONE, DONE, DENIED, DENIED, DENIED,
                HIDDEN, prepare=planned, method="POST",
                kwargs=lambda world: {**a_meeting(world), "paper": world.things["paper"].uuid}),
    project_row("participation:meeting-paper-remove", SIGN_IN, 405, 405, 405,    405,    405,    405,    405,    405,
                kwargs=lambda world: {**a_meeting(world), "paper": world.things["paper"].uuid}, prepare=planned),
    project_row("participation:meeting-paper", SIGN_IN, HIDDEN, HIDDEN,  OK,     OK,     HIDDEN, HIDDEN, HIDDEN, HIDDEN,
                kwargs=a_paper, prepare=planned),
    project_row("participation:meeting-paper", SIGN_IN, HIDDEN, HIDDEN,  OK,     OK,     HIDDEN, HIDDEN, OK,     HIDDEN,
                kwargs=a_paper, prepare=sent),
    project_row("participation:meeting-mine",  SIGN_IN, HIDDEN, HIDDEN,  OK,     OK,     HIDDEN, HIDDEN, OK,     HIDDEN,
                kwargs=mine, prepare=planned),
    project_row("participation:meeting-answer", SIGN_IN, HIDDEN, HIDDEN, DENIED, DENIED, HIDDEN, HIDDEN, DONE,   HIDDEN,
                kwargs=mine, prepare=planned, method="POST", data=lambda world: {"answer": "ja"}),
    project_row("participation:meeting-answer", SIGN_IN, 405,   405,     405,    405,    405,    405,    405,    405,
                kwargs=mine, prepare=planned),
    project_row("participation:meeting-calendar", SIGN_IN, HIDDEN, HIDDEN, OK,   OK,     HIDDEN, HIDDEN, OK,     HIDDEN,
                kwargs=mine, prepare=planned),
    project_row("participation:meeting-answer-link", OK, OK,    OK,      OK,     OK,     OK,     OK,     OK,     OK,
                kwargs=token, prepare=link),
    project_row("participation:meeting-answer-link", OK, OK,    OK,      OK,     OK,     OK,     OK,     OK,     OK,
                kwargs=token, prepare=link, method="POST", data=lambda world: {"answer": "nee"}),
    project_row("participation:meeting-answer-link", 410, 410,  410,     410,    410,    410,    410,    410,    410,
                kwargs=lambda world: {"token": "verzonnen"}),
]
# fmt: on
