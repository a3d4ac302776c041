"""Starting on a project: what each person around it is answered, and who is from elsewhere."""

import datetime

from django.utils import timezone

from participation.actions.agreements import new_link
from participation.actions.interests import declare
from participation.actions.welcome import ask_buddy
from participation.models import RoleOffer
from participation.states import Influence, SigningSide
from portal.core import links
from tests.access.project_world import ProjectWorld, project_row
from tests.access.table import DENIED, DONE, HIDDEN, OK, SIGN_IN, WRONG
from tests.factories.starting import proposed

GONE = 410


def of_project(world: ProjectWorld) -> dict:
    return {"slug": world.project.slug}


def of_mine(world: ProjectWorld) -> dict:
    """The assignment of `rep`."""
    return {"key": world.assignment.uuid}


def own_step(name: str):
    return lambda world: {**of_mine(world), "step": name}


def step_of_lead(name: str):
    return lambda world: {**of_project(world), **of_mine(world), "step": name}


def somebody_asked(world: ProjectWorld) -> None:
    """Somebody else who still has to sign, in the place of the newcomer."""
    world.things["asked"] = proposed(world.project, user=world.people["newcomer"])


def of_asked(world: ProjectWorld) -> dict:
    return {"key": world.things["asked"].uuid}


def step_of_asked(name: str):
    return lambda world: {**of_project(world), **of_asked(world), "step": name}


def interests_of_rep(world: ProjectWorld) -> None:
    world.things["interest"] = declare(
        project=world.project, has_none=True, text="", by=world.people["rep"], now=timezone.now()
    )


def interests_of_team(world: ProjectWorld) -> None:
    world.things["interest"] = declare(
        project=world.project, has_none=True, text="", by=world.people["lead"], now=timezone.now()
    )


def of_interest(world: ProjectWorld) -> dict:
    return {**of_project(world), "key": world.things["interest"].uuid}


def decision(world: ProjectWorld) -> dict:
    return {f"besluit-{world.things['interest'].pk}-decision": "NONE"}


def coordinator_asked_as_buddy(world: ProjectWorld) -> None:
    coordinator = world.people["coordinator"]
    ask_buddy(assignment=world.assignment, buddy=coordinator, by=coordinator, now=timezone.now())


def a_link(world: ProjectWorld) -> None:
    somebody_asked(world)
    address = new_link(
        agreement=world.things["asked"].agreement, user=world.people["newcomer"], side=SigningSide.REPRESENTATIVE,
        now=timezone.now(),
    )  # fmt: skip
    world.things["token"] = address.rstrip("/").rpartition("/")[2]


def of_link(world: ProjectWorld) -> dict:
    return {"token": world.things["token"]}


def an_offer(world: ProjectWorld) -> None:
    now = timezone.now()
    world.things["offer"] = RoleOffer.objects.create(
        project=world.project, email="nieuw@elders.example", influence=Influence.ADVISER,
        token_hash=links.hash_of("geheim"), offered_by=world.people["lead"], offered_at=now,
        expires_at=now + datetime.timedelta(days=14),
    )  # fmt: skip


def of_offer(world: ProjectWorld) -> dict:
    return {**of_project(world), "key": world.things["offer"].uuid}


def own(name: str, *answers: int | str, **more):
    """A row about a step of `rep`: everybody else may not know that it is there."""
    return project_row(name, SIGN_IN, *[HIDDEN] * 6, *answers, HIDDEN, **more)


NAME = {"typed_name": "Naam"}
# fmt: off
#                                           nobody   newcomer outsider lead  coordin decider manager rep  other_rep
ROWS = [
    own("participation:assignment", OK, kwargs=of_mine),
    own("participation:assignment-step", DONE, kwargs=own_step("belangen"), method="POST",
        data=lambda world: {"belangen-has": "geen"}),
    own("participation:assignment-step", WRONG, kwargs=own_step("belangen"), method="POST"),
    own("participation:assignment-step", DONE, kwargs=own_step("stap"), method="POST",
        data=lambda world: {"stap-kind": "READ", "stap-done": "ja"}),
    own("participation:assignment-step", DONE, kwargs=own_step("nodig"), method="POST"),
    own("participation:assignment-step", DONE, kwargs=own_step("naam-tonen"), method="POST"),
    own("participation:assignment-step", DONE, kwargs=own_step("naam-weg"), method="POST"),
    own("participation:assignment-step", DONE, kwargs=own_step("pauze"), method="POST"),
    own("participation:assignment-step", 409, kwargs=own_step("verder"), method="POST"),
    own("participation:assignment-step", DONE, kwargs=own_step("stoppen"), method="POST"),
    own("participation:assignment-step", 409, kwargs=own_step("buddy-weg"), method="POST"),
    own("participation:assignment-step", HIDDEN, kwargs=own_step("verzonnen"), method="POST"),
    project_row("participation:assignment-step", SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405,
                kwargs=own_step("nodig")),
    project_row("participation:buddy-answer", SIGN_IN, HIDDEN, HIDDEN, HIDDEN, DONE, HIDDEN, HIDDEN, HIDDEN, HIDDEN,
                kwargs=lambda world: {**of_mine(world), "answer": "ja"}, method="POST",
                prepare=coordinator_asked_as_buddy),
    project_row("participation:buddy-answer", SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405,
                kwargs=lambda world: {**of_mine(world), "answer": "ja"}),
    project_row("participation:agreement", SIGN_IN, HIDDEN, HIDDEN, OK, OK, HIDDEN, HIDDEN, OK, HIDDEN, kwargs=of_mine),
    # Nobody just took a second step, so nobody can sign; who could, is told how.
    project_row("participation:agreement", SIGN_IN, WRONG, HIDDEN, WRONG, DENIED, HIDDEN, HIDDEN, HIDDEN, HIDDEN,
                kwargs=of_asked, prepare=somebody_asked, method="POST", data=lambda world: NAME),
    project_row("participation:agreement-link", SIGN_IN, DONE, HIDDEN, DONE, DENIED, HIDDEN, HIDDEN, HIDDEN, HIDDEN,
                kwargs=of_asked, prepare=somebody_asked, method="POST"),
    project_row("participation:agreement-link", SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405, kwargs=of_mine),
    project_row("participation:agreement-pdf", SIGN_IN, HIDDEN, HIDDEN, OK, OK, HIDDEN, HIDDEN, OK, HIDDEN,
                kwargs=of_mine),
    project_row("participation:sign-by-link", OK, OK, OK, OK, OK, OK, OK, OK, OK, kwargs=of_link, prepare=a_link),
    project_row("participation:sign-by-link", WRONG, WRONG, WRONG, WRONG, WRONG, WRONG, WRONG, WRONG, WRONG,
                kwargs=of_link, prepare=a_link, method="POST"),
    project_row("participation:sign-by-link", GONE, GONE, GONE, GONE, GONE, GONE, GONE, GONE, GONE,
                kwargs=lambda world: {"token": "verzonnen"}),
    project_row("participation:role-offer", OK, OK, OK, OK, OK, OK, OK, OK, OK,
                kwargs=lambda world: {"token": "geheim"}, prepare=an_offer),
    project_row("participation:role-offer", WRONG, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED, DENIED,
                kwargs=lambda world: {"token": "geheim"}, prepare=an_offer, method="POST"),
    project_row("participation:role-offer", GONE, GONE, GONE, GONE, GONE, GONE, GONE, GONE, GONE,
                kwargs=lambda world: {"token": "verzonnen"}),
    project_row("participation:participants", SIGN_IN, HIDDEN, HIDDEN, OK, OK, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_project),
    project_row("participation:participants", SIGN_IN, HIDDEN, HIDDEN, DONE, DENIED, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_project, method="POST",
                data=lambda world: {"vraag-email": "iemand@elders.example", "vraag-influence": "ADVISER"}),
    project_row("participation:role-offer-withdraw", SIGN_IN, HIDDEN, HIDDEN, DONE, DENIED, DENIED, DENIED, DENIED,
                HIDDEN, kwargs=of_offer, prepare=an_offer, method="POST"),
    project_row("participation:role-offer-withdraw", SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405,
                kwargs=of_offer, prepare=an_offer),
    project_row("participation:participant-step", SIGN_IN, HIDDEN, HIDDEN, DONE, DONE, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=step_of_lead("pauze"), method="POST", data=lambda world: {"pauze-1-text": "Even geen werk."}),
    project_row("participation:participant-step", SIGN_IN, HIDDEN, HIDDEN, WRONG, WRONG, DENIED, DENIED, DENIED,
                HIDDEN, kwargs=step_of_lead("stoppen"), method="POST"),
    project_row("participation:participant-step", SIGN_IN, HIDDEN, HIDDEN, DENIED, DONE, DENIED, DENIED, DENIED,
                HIDDEN, kwargs=step_of_lead("buddy"), method="POST",
                data=lambda world: {"buddy-1-buddy": str(world.people["coordinator"].pk)}),
    project_row("participation:participant-step", SIGN_IN, HIDDEN, HIDDEN, DENIED, DONE, DENIED, DENIED, DENIED,
                HIDDEN, kwargs=step_of_lead("buddy-weg"), method="POST", prepare=coordinator_asked_as_buddy),
    project_row("participation:participant-step", SIGN_IN, DENIED, HIDDEN, DENIED, DONE, DENIED, DENIED, DENIED,
                HIDDEN, kwargs=step_of_asked("papier"), method="POST", prepare=somebody_asked,
                data=lambda world: {"papier-2-typed_name": "Naam"}),
    project_row("participation:participant-step", SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, DENIED, DENIED, DENIED,
                HIDDEN, kwargs=step_of_lead("verzonnen"), method="POST"),
    project_row("participation:participant-step", SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405,
                kwargs=step_of_lead("pauze")),
    project_row("participation:interests", SIGN_IN, HIDDEN, HIDDEN, OK, OK, DENIED, OK, OK, HIDDEN,
                kwargs=of_project),
    project_row("participation:interests", SIGN_IN, HIDDEN, HIDDEN, DONE, DENIED, DENIED, DENIED, DONE, HIDDEN,
                kwargs=of_project, method="POST", data=lambda world: {"belangen-has": "geen"}),
    project_row("participation:interest-decide", SIGN_IN, HIDDEN, HIDDEN, DENIED, DONE, DENIED, DENIED, DENIED,
                HIDDEN, kwargs=of_interest, prepare=interests_of_rep, method="POST", data=decision),
    project_row("participation:interest-decide", SIGN_IN, HIDDEN, HIDDEN, DENIED, DENIED, DENIED, DONE, DENIED,
                HIDDEN, kwargs=of_interest, prepare=interests_of_team, method="POST", data=decision),
    project_row("participation:interest-decide", SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405,
                kwargs=of_interest, prepare=interests_of_rep),
]
# fmt: on
