"""Vacancies and candidacies: what each person around a project is answered, and who is from elsewhere."""

from participation.states import CandidacyState, VacancyState
from tests.access.project_world import ProjectWorld, project_row
from tests.access.table import DENIED, DONE, HIDDEN, OK, SIGN_IN, WRONG
from tests.factories.recruiting import CandidacyFactory, VacancyFactory, linked

GONE = 410
REPLY = {"name": "Noor", "email": "noor@thuis.example", "motivation": "Ik wil helpen.", "wish": "LATER"}


def a_vacancy(state: VacancyState):
    def make(world: ProjectWorld) -> None:
        world.things["vacancy"] = VacancyFactory(project=world.project, slug="denk-mee", state=state)

    return make


def a_candidate(world: ProjectWorld) -> None:
    """Somebody without an account replied."""
    a_vacancy(VacancyState.OPEN)(world)
    world.things["candidacy"] = CandidacyFactory(vacancy=world.things["vacancy"])


def a_link(world: ProjectWorld) -> None:
    a_candidate(world)
    linked(world.things["candidacy"], "t0ken")


def a_reply_of_the_rep(world: ProjectWorld) -> None:
    a_vacancy(VacancyState.OPEN)(world)
    world.things["candidacy"] = CandidacyFactory(
        vacancy=world.things["vacancy"], user=world.people["rep"], state=CandidacyState.SUBMITTED
    )


def of_project(world: ProjectWorld) -> dict:
    return {"slug": world.project.slug}


def of_vacancy(world: ProjectWorld) -> dict:
    return {**of_project(world), "key": world.things["vacancy"].uuid}


def of_candidate(world: ProjectWorld) -> dict:
    return {**of_vacancy(world), "candidate": world.things["candidacy"].uuid}


def step(name: str, of=of_vacancy):
    return lambda world: {**of(world), "step": name}


def mine(world: ProjectWorld) -> dict:
    return {"key": world.things["candidacy"].uuid}


OPEN, DRAFT, REVIEW = (a_vacancy(state) for state in (VacancyState.OPEN, VacancyState.DRAFT, VacancyState.IN_REVIEW))
SLUG = {"kwargs": lambda world: {"slug": "denk-mee"}}
TOKEN = {"kwargs": lambda world: {"token": "t0ken"}}

# fmt: off
#                                               nobody   newcomer outsider lead  coordin decider manager rep  other_rep
ROWS = [
    project_row("participation:candidacy-new",  OK,      OK,     OK,      OK,     OK,     OK,     OK,     OK,     OK,
                prepare=OPEN, **SLUG),
    project_row("participation:candidacy-new",  DONE,    DONE,   DONE,    DONE,   DONE,   DONE,   DONE,   DONE,   DONE,
                prepare=OPEN, method="POST", data=lambda world: REPLY, **SLUG),
    project_row("participation:candidacy-new",  WRONG,   WRONG,  WRONG,   WRONG,  WRONG,  WRONG,  WRONG,  WRONG,  WRONG,
                prepare=OPEN, method="POST", data=lambda world: {"name": "Noor"}, **SLUG),
    project_row("participation:candidacy-new",  *[HIDDEN] * 9, prepare=REVIEW, **SLUG),
    project_row("participation:candidacy-sent", OK,      OK,     OK,      OK,     OK,     OK,     OK,     OK,     OK),
    project_row("participation:candidacy-new-link", OK,  OK,     OK,      OK,     OK,     OK,     OK,     OK,     OK),
    project_row("participation:candidacy-new-link", DONE, DONE,  DONE,    DONE,   DONE,   DONE,   DONE,   DONE,   DONE,
                method="POST", data=lambda world: {"email": "noor@thuis.example"}),
    project_row("participation:candidacy-link", OK,      OK,     OK,      OK,     OK,     OK,     OK,     OK,     OK,
                prepare=a_link, **TOKEN),
    project_row("participation:candidacy-link", OK,      OK,     OK,      OK,     OK,     OK,     OK,     OK,     OK,
                prepare=a_link, method="POST", data=lambda world: {"stap": "intrekken"}, **TOKEN),
    project_row("participation:candidacy-link", GONE,    GONE,   GONE,    GONE,   GONE,   GONE,   GONE,   GONE,   GONE,
                **TOKEN),
    project_row("participation:my-candidacy", SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, OK, HIDDEN,
                prepare=a_reply_of_the_rep, kwargs=mine),
    project_row("participation:my-candidacy", SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, DONE, HIDDEN,
                prepare=a_reply_of_the_rep, kwargs=mine, method="POST", data=lambda world: {"stap": "intrekken"}),
    project_row("participation:profile",        SIGN_IN, OK,     OK,      OK,     OK,     OK,     OK,     OK,     OK),
    project_row("participation:profile",        SIGN_IN, DONE,   DONE,    DONE,   DONE,   DONE,   DONE,   DONE,   DONE,
                method="POST", data=lambda world: {"stap": "profiel", "about": "Ik ben er."}),
    project_row("participation:profile",        SIGN_IN, WRONG,  WRONG,   WRONG,  WRONG,  WRONG,  WRONG,  WRONG,  WRONG,
                method="POST", data=lambda world: {"stap": "ervaring", "lines": "astma"}),
    project_row("participation:put-forward-list", SIGN_IN, DENIED, DENIED, DENIED, OK, DENIED, DENIED, DENIED, DENIED),
    project_row("participation:put-forward", SIGN_IN, DENIED, DENIED, DENIED, OK, DENIED, DENIED, DENIED, DENIED,
                prepare=OPEN, **SLUG),
    project_row("participation:put-forward", SIGN_IN, DENIED, DENIED, DENIED, WRONG, DENIED, DENIED, DENIED, DENIED,
                prepare=OPEN, method="POST", data=lambda world: {"text": ""}, **SLUG),
    project_row("participation:project-vacancies", SIGN_IN, HIDDEN, HIDDEN, OK,  OK,     DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_project),
    project_row("participation:vacancy-new", SIGN_IN, HIDDEN, HIDDEN, OK, DENIED, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_project),
    project_row("participation:vacancy-new", SIGN_IN, HIDDEN, HIDDEN, WRONG, DENIED, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_project, method="POST"),
    project_row("participation:vacancy-edit", SIGN_IN, HIDDEN, HIDDEN, OK, DENIED, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_vacancy, prepare=DRAFT),
    project_row("participation:vacancy-edit", SIGN_IN, HIDDEN, HIDDEN, WRONG, DENIED, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_vacancy, prepare=DRAFT, method="POST"),
    project_row("participation:work-vacancy", SIGN_IN, HIDDEN, HIDDEN, OK, OK, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_vacancy, prepare=DRAFT),
    project_row("participation:vacancy-step", SIGN_IN, HIDDEN, HIDDEN, DONE, DENIED, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=step("indienen"), prepare=DRAFT, method="POST"),
    project_row("participation:vacancy-step", SIGN_IN, HIDDEN, HIDDEN, DENIED, DONE, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=step("openen"), prepare=REVIEW, method="POST"),
    project_row("participation:vacancy-step", SIGN_IN, HIDDEN, HIDDEN, DENIED, DONE, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=step("terug"), prepare=REVIEW, method="POST",
                data=lambda world: {"terug-text": "Zeg hoe lang."}),
    project_row("participation:vacancy-step", SIGN_IN, HIDDEN, HIDDEN, DONE, DENIED, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=step("sluiten"), prepare=OPEN, method="POST"),
    project_row("participation:vacancy-step", SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=step("vullen"), prepare=OPEN, method="POST"),
    project_row("participation:vacancy-step",   SIGN_IN, 405,    405,     405,    405,    405,    405,    405,    405,
                kwargs=step("openen"), prepare=REVIEW),
    project_row("participation:candidate", SIGN_IN, HIDDEN, HIDDEN, OK, OK, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_candidate, prepare=a_candidate),
    project_row("participation:candidate-step", SIGN_IN, HIDDEN, HIDDEN, DONE, DENIED, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=step("samen-bekijken", of_candidate), prepare=a_candidate, method="POST"),
    project_row("participation:candidate-step", SIGN_IN, HIDDEN, HIDDEN, WRONG, WRONG, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=step("voorstel", of_candidate), prepare=a_candidate, method="POST"),
    project_row("participation:candidate-step", SIGN_IN, 405,    405,     405,    405,    405,    405,    405,    405,
                kwargs=step("voorstel", of_candidate), prepare=a_candidate),
]
# fmt: on
