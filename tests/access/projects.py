"""Projects in the workspace: what each person around a project is answered, and who is from elsewhere."""

import datetime

from django.utils import timezone

from participation.actions.exceptions import ask_exception, grant_exception
from participation.actions.gates import ask_gate
from participation.actions.team import add_colleague
from portal.organisations.roles import Role
from tests.access.project_world import ProjectWorld, project_row
from tests.access.table import DENIED, DONE, HIDDEN, OK, SIGN_IN, WRONG
from tests.factories.participation import LONG_REASON, ProgrammeFactory, held_meeting
from tests.factories.people import member

TEXT = "Wij zijn klaar met deze fase."


def of_project(world: ProjectWorld) -> dict:
    return {"slug": world.project.slug}


def step(name: str):
    return lambda world: {**of_project(world), "step": name}


def a_gate(world: ProjectWorld) -> None:
    """Somebody contributed and the lead asks for the next phase."""
    held_meeting(world.project, world.assignment)
    lead = world.people["lead"]
    world.things["gate"] = ask_gate(project=world.project, text=TEXT, by=lead, now=timezone.now())


def an_exception(world: ProjectWorld) -> None:
    now = timezone.now()
    world.things["exception"] = ask_exception(
        project=world.project, reason=LONG_REASON, missing="Ouders", repair="Via scholen",
        repair_by=(now + datetime.timedelta(days=30)).date(), by=world.people["lead"], now=now,
    )  # fmt: skip


def a_granted_exception(world: ProjectWorld) -> None:
    an_exception(world)
    held_meeting(world.project, world.assignment)
    grant_exception(exception=world.things["exception"], text="Goed.", by=world.people["manager"], now=timezone.now())


def a_colleague(world: ProjectWorld) -> None:
    colleague = member(world.project.organisation, Role.EDITOR)
    world.things["member"] = add_colleague(
        project=world.project, email=colleague.email, function="arts", by=world.people["lead"], now=timezone.now()
    )


def a_programme(world: ProjectWorld) -> None:
    fund = world.people["manager"].memberships.get().organisation
    world.things["programme"] = ProgrammeFactory(slug="samen", organisation=fund)


def decision(prefix: str, thing: str):
    return lambda world: {"besluit": str(world.things[thing].uuid), f"{prefix}-text": TEXT}


# fmt: off
#                                           nobody   newcomer outsider lead  coordin decider manager rep  other_rep
ROWS = [
    project_row("participation:work-projects", SIGN_IN, OK,     OK,      OK,     OK,     OK,     OK,     OK,     OK),
    project_row("participation:project-new", SIGN_IN, DENIED, OK, OK, DENIED, DENIED, DENIED, DENIED, DENIED),
    project_row("participation:project-new",   SIGN_IN, DENIED, WRONG,   WRONG,  DENIED, DENIED, DENIED, DENIED, DENIED,
                method="POST"),
    project_row("participation:project-language", SIGN_IN, OK,  OK,      OK,     OK,     OK,     OK,     OK,     OK,
                method="POST", data=lambda world: {"veld": "question", "question": "Wat wilt u weten?"}),
    project_row("participation:project-language", SIGN_IN, 405, 405,     405,    405,    405,    405,    405,    405),
    project_row("participation:work-project",  SIGN_IN, HIDDEN, HIDDEN,  OK,     OK,     OK,     DENIED, OK,     HIDDEN,
                kwargs=of_project),
    project_row("participation:project-edit",  SIGN_IN, HIDDEN, HIDDEN,  OK,     DENIED, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_project),
    project_row("participation:project-edit",  SIGN_IN, HIDDEN, HIDDEN,  WRONG,  DENIED, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_project, method="POST"),
    project_row("participation:project-people", SIGN_IN, HIDDEN, HIDDEN, OK,     DENIED, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_project),
    project_row("participation:project-people", SIGN_IN, HIDDEN, HIDDEN, WRONG,  DENIED, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_project, method="POST", data=lambda world: {"email": "niemand@elders.example"}),
    project_row("participation:project-person-remove", SIGN_IN, HIDDEN, HIDDEN, DONE, DENIED, DENIED, DENIED, DENIED,
                HIDDEN, prepare=a_colleague, method="POST",
                kwargs=lambda world: {**of_project(world), "pk": world.things["member"].pk}),
    project_row("participation:project-person-remove", SIGN_IN, 405, 405, 405,   405,    405,    405,    405,    405,
                prepare=a_colleague, kwargs=lambda world: {**of_project(world), "pk": world.things["member"].pk}),
    project_row("participation:project-hand-over", SIGN_IN, HIDDEN, HIDDEN, WRONG, DENIED, DENIED, DENIED, DENIED,
                HIDDEN, kwargs=of_project, method="POST", data=lambda world: {"leiding-email": "x@elders.example"}),
    project_row("participation:project-hand-over", SIGN_IN, 405, 405,    405,    405,    405,    405,    405,    405,
                kwargs=of_project),
    project_row("participation:project-end",   SIGN_IN, HIDDEN, HIDDEN,  OK,     DENIED, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_project),
    project_row("participation:project-end",   SIGN_IN, HIDDEN, HIDDEN,  DONE,   DENIED, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_project, method="POST", data=lambda world: {"how": "close", "reason": TEXT}),
    project_row("participation:project-gate",  SIGN_IN, HIDDEN, HIDDEN,  OK,     OK,     OK,     OK,     OK,     HIDDEN,
                kwargs=of_project, prepare=a_gate),
    project_row("participation:project-gate-step", SIGN_IN, HIDDEN, HIDDEN, DONE, DENIED, DENIED, DENIED, DENIED,
                HIDDEN, kwargs=step("vragen"), method="POST", data=lambda world: {"vragen-text": TEXT}),
    project_row("participation:project-gate-step", SIGN_IN, HIDDEN, HIDDEN, DENIED, DENIED, DONE, DENIED, DENIED,
                HIDDEN, kwargs=step("goedkeuren"), method="POST", prepare=a_gate, data=decision("goedkeuren", "gate")),
    project_row("participation:project-gate-step", SIGN_IN, HIDDEN, HIDDEN, DENIED, DENIED, DONE, DENIED, DENIED,
                HIDDEN, kwargs=step("weigeren"), method="POST", prepare=a_gate, data=decision("weigeren", "gate")),
    project_row("participation:project-gate-step", SIGN_IN, HIDDEN, HIDDEN, DONE, DENIED, DENIED, DENIED, DENIED,
                HIDDEN, kwargs=step("intrekken"), method="POST", prepare=a_gate, data=decision("intrekken", "gate")),
    project_row("participation:project-gate-step", SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN,
                HIDDEN, kwargs=step("overslaan"), method="POST", prepare=a_gate),
    project_row("participation:project-gate-step", SIGN_IN, 405, 405,    405,    405,    405,    405,    405,    405,
                kwargs=step("vragen")),
    project_row("participation:project-exception", SIGN_IN, HIDDEN, HIDDEN, OK,  OK,     OK,     OK,     OK,     HIDDEN,
                kwargs=of_project, prepare=an_exception),
    project_row("participation:project-exception-step", SIGN_IN, HIDDEN, HIDDEN, WRONG, DENIED, DENIED, DENIED, DENIED,
                HIDDEN, kwargs=step("vragen"), method="POST"),
    project_row("participation:project-exception-step", SIGN_IN, HIDDEN, HIDDEN, DENIED, DENIED, DENIED, DONE, DENIED,
                HIDDEN, kwargs=step("geven"), method="POST", prepare=an_exception, data=decision("geven", "exception")),
    project_row("participation:project-exception-step", SIGN_IN, HIDDEN, HIDDEN, DENIED, DENIED, DENIED, DONE, DENIED,
                HIDDEN, kwargs=step("weigeren"), method="POST", prepare=an_exception,
                data=decision("weigeren", "exception")),
    project_row("participation:project-exception-step", SIGN_IN, HIDDEN, HIDDEN, DONE, DENIED, DENIED, DENIED, DENIED,
                HIDDEN, kwargs=step("intrekken"), method="POST", prepare=an_exception,
                data=decision("intrekken", "exception")),
    project_row("participation:project-exception-step", SIGN_IN, HIDDEN, HIDDEN, DENIED, DONE, DENIED, DENIED, DENIED,
                HIDDEN, kwargs=step("hersteld"), method="POST", prepare=a_granted_exception,
                data=decision("hersteld", "exception")),
    project_row("participation:project-exception-step", SIGN_IN, 405, 405, 405,  405,    405,    405,    405,    405,
                kwargs=step("geven"), prepare=an_exception),
    project_row("participation:programme-new", SIGN_IN, DENIED, DENIED, DENIED, DENIED, DENIED, OK, DENIED, DENIED),
    project_row("participation:programme-new", SIGN_IN, DENIED, DENIED,  DENIED, DENIED, DENIED, WRONG,  DENIED, DENIED,
                method="POST", data=lambda world: {"name": ""}),
    project_row("participation:programme-edit", SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, OK,     HIDDEN, HIDDEN,
                kwargs=lambda world: {"slug": "samen"}, prepare=a_programme),
    project_row("participation:programme-edit", SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, WRONG,  HIDDEN, HIDDEN,
                kwargs=lambda world: {"slug": "samen"}, prepare=a_programme, method="POST",
                data=lambda world: {"name": ""}),
]
# fmt: on
