"""Tasks and messages of a project: what each person around it is answered."""

import uuid

from django.utils import timezone

from participation.answer_links import stop_token
from participation.models import Message, ProjectTask
from tests.access.project_world import ProjectWorld, project_row
from tests.access.table import DENIED, DONE, HIDDEN, OK, SIGN_IN, WRONG


def of_project(world: ProjectWorld) -> dict:
    return {"slug": world.project.slug}


def a_task(world: ProjectWorld) -> None:
    """Something that the representative asked of the lead."""
    now = timezone.now()
    world.things["task"] = ProjectTask.objects.create(
        project=world.project, what="Stuur de cijfers", doer=world.project.lead, asked_by=world.assignment.user,
        due_date=now.date(), asked_at=now,
    )  # fmt: skip


def a_message(world: ProjectWorld) -> None:
    """Something that the representative wrote just now."""
    world.things["message"] = Message.objects.create(
        project=world.project, writer=world.assignment.user, text="Hallo", written_at=timezone.now()
    )


def step(name: str):
    return lambda world: {**of_project(world), "key": world.things["task"].uuid, "step": name}


def message(world: ProjectWorld) -> dict:
    return {**of_project(world), "key": world.things["message"].uuid}


# fmt: off
#                                           nobody   newcomer outsider lead  coordin decider manager rep  other_rep
ROWS = [
    project_row("participation:tasks",         SIGN_IN, HIDDEN, HIDDEN,  OK,     OK,     DENIED, DENIED, OK,     HIDDEN,
                kwargs=of_project, prepare=a_task),
    project_row("participation:tasks",         SIGN_IN, HIDDEN, HIDDEN,  WRONG,  WRONG,  DENIED, DENIED, WRONG,  HIDDEN,
                kwargs=of_project, method="POST", data=lambda world: {"what": "x"}),
    project_row("participation:task-step",     SIGN_IN, HIDDEN, HIDDEN,  DONE,   DENIED, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=step("klaar"), prepare=a_task, method="POST"),
    project_row("participation:task-step",     SIGN_IN, HIDDEN, HIDDEN,  DENIED, DENIED, DENIED, DENIED, DONE,   HIDDEN,
                kwargs=step("hoeft-niet"), prepare=a_task, method="POST"),
    project_row("participation:task-step",     SIGN_IN, HIDDEN, HIDDEN,  HIDDEN, HIDDEN, DENIED, DENIED, HIDDEN, HIDDEN,
                kwargs=step("overslaan"), prepare=a_task, method="POST"),
    project_row("participation:task-step",     SIGN_IN, HIDDEN, HIDDEN,  HIDDEN, HIDDEN, DENIED, DENIED, HIDDEN, HIDDEN,
                kwargs=lambda world: {**of_project(world), "key": uuid.UUID(int=9), "step": "klaar"}, method="POST"),
    project_row("participation:task-step",     SIGN_IN, 405,    405,     405,    405,    405,    405,    405,    405,
                kwargs=step("klaar"), prepare=a_task),
    project_row("participation:messages",      SIGN_IN, HIDDEN, HIDDEN,  OK,     OK,     DENIED, DENIED, OK,     HIDDEN,
                kwargs=of_project, prepare=a_message),
    project_row("participation:messages",      SIGN_IN, HIDDEN, HIDDEN,  DONE,   DONE,   DENIED, DENIED, DONE,   HIDDEN,
                kwargs=of_project, method="POST", data=lambda world: {"text": "Hallo"}),
    project_row("participation:message-take-back", SIGN_IN, HIDDEN, HIDDEN, DENIED, DENIED, DENIED, DENIED, DONE,
                HIDDEN, kwargs=message, prepare=a_message, method="POST"),
    project_row("participation:message-take-back", SIGN_IN, 405, 405,    405,    405,    405,    405,    405,    405,
                kwargs=message, prepare=a_message),
    project_row("participation:digest-rhythm", SIGN_IN, HIDDEN, HIDDEN,  DONE,   DONE,   DENIED, DENIED, DONE,   HIDDEN,
                kwargs=of_project, method="POST", data=lambda world: {"rhythm": "WEEKLY"}),
    project_row("participation:digest-rhythm", SIGN_IN, 405,    405,     405,    405,    405,    405,    405,    405,
                kwargs=of_project),
    project_row("participation:digest-stop",   OK,      OK,     OK,      OK,     OK,     OK,     OK,     OK,     OK,
                kwargs=lambda world: {"token": stop_token(world.project.lead_id)}),
    project_row("participation:digest-stop",   OK,      OK,     OK,      OK,     OK,     OK,     OK,     OK,     OK,
                kwargs=lambda world: {"token": stop_token(world.project.lead_id)}, method="POST"),
    project_row("participation:digest-stop",   410,     410,    410,     410,    410,    410,    410,    410,    410,
                kwargs=lambda world: {"token": "verzonnen"}),
]
# fmt: on
