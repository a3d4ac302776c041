"""Advice, the pulse and the closing account: what each person around a project is answered, or from elsewhere."""

from django.utils import timezone

from participation.account import ITEMS
from participation.actions import account as account_actions
from participation.models import PulseAsked, PulseRound
from participation.pulse import QUESTIONS
from participation.states import AccountState, AdviceDraftState, AdviceState
from tests.access.project_world import ProjectWorld, project_row
from tests.access.table import DENIED, DONE, HIDDEN, OK, SIGN_IN, WRONG
from tests.factories.advice import FIELDS, advice_in, answer, draft_in

TEXT = "De folder ligt er."


class _Around:
    """What the factories of advice need of a world."""

    def __init__(self, world: ProjectWorld) -> None:
        self.project, self.one, self.rep = world.project, world.assignment, world.people["rep"]
        self.lead, self.coordinator = world.people["lead"], world.people["coordinator"]


def advice(state: AdviceState):
    def prepare(world: ProjectWorld) -> None:
        world.things["advice"] = advice_in(_Around(world), state)

    return prepare


def draft(state: AdviceDraftState):
    def prepare(world: ProjectWorld) -> None:
        world.things["draft"] = draft_in(_Around(world), state)
        world.things["advice"] = world.things["draft"].advice

    return prepare


def of_project(world: ProjectWorld) -> dict:
    return {"slug": world.project.slug}


def mine(step: str = ""):
    return lambda world: {"key": world.things["advice"].uuid} | ({"step": step} if step else {})


def work(step: str = ""):
    return lambda world: {**of_project(world), **mine(step)(world)}


def sent(prefix: str, **fields):
    """The fields of a form under its prefix, with the text that the page showed."""
    return lambda world: {f"{prefix}-{name}": value for name, value in fields.items()} | {"tekst": "1", "antwoord": "1"}


def an_answer(prefix: str):
    def data(world: ProjectWorld) -> dict:
        return sent(prefix, **answer(timezone.now()))(world)

    return data


def a_pulse(world: ProjectWorld) -> None:
    """Questions that the representative and the project lead are asked."""
    now = timezone.now()
    made = PulseRound.objects.create(
        project=world.project, phase="IDEA", reason="HALF_YEAR", opened_at=now, closes_on=timezone.localdate()
    )
    for side, name in (("PATIENTS", "rep"), ("TEAM", "lead")):
        PulseAsked.objects.create(round=made, user=world.people[name], side=side)
    world.things["pulse"] = made


def of_pulse(world: ProjectWorld) -> dict:
    return {"key": world.things["pulse"].uuid}


def an_account(state: AccountState):
    def prepare(world: ProjectWorld) -> None:
        lead, now = world.people["lead"], timezone.now()
        made = account_actions.begin(project=world.project, by=lead, now=now)
        account_actions.write(account=made, revision=1, texts=ACCOUNT_TEXTS, by=lead, now=now)
        if state != AccountState.DRAFT:
            account_actions.offer(account=made, revision=2, by=lead, now=now)
        if state == AccountState.AGREED:
            account_actions.agree(account=made, revision=2, by=world.people["coordinator"], now=now)

    return prepare


ACCOUNT_TEXTS = dict.fromkeys(ITEMS, "Patiënten dachten mee over de folder.")


def account_step(step: str, answers: tuple, state: AccountState | None, **data: str):
    return project_row(
        "participation:account-step", *answers, method="POST", kwargs=lambda world: {**of_project(world), "step": step},
        prepare=an_account(state) if state else lambda world: None, data=lambda world: {"tekst": "2", **data},
    )  # fmt: skip


# Who may do one step of the work on advice, and who is told that they may not.
LEAD = (SIGN_IN, HIDDEN, HIDDEN, DONE, DENIED, DENIED, DENIED, DENIED, HIDDEN)
COORDINATOR = (SIGN_IN, HIDDEN, HIDDEN, HIDDEN, DONE, HIDDEN, DENIED, HIDDEN, HIDDEN)  # of what is not public yet
FOLLOWS = (SIGN_IN, HIDDEN, HIDDEN, DENIED, DONE, DENIED, DENIED, DENIED, HIDDEN)
REP = (SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, DONE, HIDDEN)
ALL_405 = (SIGN_IN, 405, 405, 405, 405, 405, 405, 405, 405)
S, D = AdviceState, AdviceDraftState


def work_step(step: str, answers: tuple, prepare, data=None):
    more = {"data": data} if data else {"data": sent(step)}
    return project_row("participation:work-advice-step", *answers, method="POST", kwargs=work(step), prepare=prepare,
                       **more)  # fmt: skip


def my_step(step: str, prepare, data=None):
    more = {"data": data} if data else {"data": sent(step)}
    return project_row("participation:my-advice-step", *REP, method="POST", kwargs=mine(step), prepare=prepare, **more)


# fmt: off
#                                           nobody   newcomer outsider lead  coordin decider manager rep  other_rep
ROWS = [
    project_row("participation:my-advice",     SIGN_IN, OK,     OK,      OK,     OK,     OK,     OK,     OK,     OK,
                prepare=draft(D.WAITING)),
    project_row("participation:my-advice-one", SIGN_IN, HIDDEN, HIDDEN,  HIDDEN, HIDDEN, HIDDEN, HIDDEN, OK,     HIDDEN,
                kwargs=mine(), prepare=draft(D.WAITING)),
    project_row("participation:my-advice-one", SIGN_IN, HIDDEN, HIDDEN,  HIDDEN, HIDDEN, HIDDEN, HIDDEN, OK,     HIDDEN,
                kwargs=mine(), prepare=advice(S.JUDGED)),
    project_row("participation:advice-give",   SIGN_IN, HIDDEN, HIDDEN,  HIDDEN, HIDDEN, HIDDEN, HIDDEN, OK,     HIDDEN,
                kwargs=of_project),
    project_row("participation:advice-give",   SIGN_IN, HIDDEN, HIDDEN,  HIDDEN, HIDDEN, HIDDEN, HIDDEN, DONE,   HIDDEN,
                kwargs=of_project, method="POST", data=lambda world: FIELDS),
    project_row("participation:my-verdict",    SIGN_IN, HIDDEN, HIDDEN,  HIDDEN, HIDDEN, HIDDEN, HIDDEN, OK,     HIDDEN,
                kwargs=mine(), prepare=advice(S.DONE)),
    project_row("participation:my-verdict",    SIGN_IN, HIDDEN, HIDDEN,  HIDDEN, HIDDEN, HIDDEN, HIDDEN, DONE,   HIDDEN,
                kwargs=mine(), prepare=advice(S.DONE), method="POST", data=lambda world: {"judgement": "CONFIRMED"}),
    my_step("meegeven", draft(D.TO_AGREE)),
    my_step("niet-meegeven", draft(D.TO_AGREE)),
    my_step("intrekken", draft(D.WAITING)),
    my_step("aanpassen", draft(D.RETURNED), sent("aanpassen", **FIELDS)),
    my_step("verbeteren", advice(S.SUBMITTED), sent("verbeteren", text="Beter.")),
    project_row("participation:my-advice-step", *ALL_405, kwargs=mine("intrekken"), prepare=draft(D.WAITING)),
    project_row("participation:work-advice",   SIGN_IN, HIDDEN, HIDDEN,  OK,     OK,     OK,     DENIED, OK,     HIDDEN,
                kwargs=of_project, prepare=draft(D.WAITING)),
    project_row("participation:advice-type-out", SIGN_IN, HIDDEN, HIDDEN, DENIED, OK,    DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_project),
    project_row("participation:advice-type-out", SIGN_IN, HIDDEN, HIDDEN, DENIED, WRONG, DENIED, DENIED, DENIED, HIDDEN,
                kwargs=of_project, method="POST", data=lambda world: FIELDS),
    project_row("participation:work-advice-one", SIGN_IN, HIDDEN, HIDDEN, HIDDEN, OK,    HIDDEN, DENIED, HIDDEN, HIDDEN,
                kwargs=work(), prepare=draft(D.WAITING)),
    project_row("participation:work-advice-one", SIGN_IN, HIDDEN, HIDDEN, OK,    OK,     OK,     DENIED, OK,     HIDDEN,
                kwargs=work(), prepare=advice(S.DONE)),
    project_row("participation:work-advice-step", *ALL_405, kwargs=work("gelezen"), prepare=advice(S.SUBMITTED)),
    work_step("overslaan", (SIGN_IN, *[HIDDEN] * 8), advice(S.SUBMITTED)),
    work_step("doorgeven", COORDINATOR, draft(D.WAITING), sent("doorgeven", nobody="on")),
    work_step("terugsturen", COORDINATOR, draft(D.WAITING), sent("terugsturen", question="Wie is dat?")),
    work_step("vraag-terug", COORDINATOR, draft(D.RETURNED)),
    work_step("papier", COORDINATOR, draft(D.TO_AGREE)),
    work_step("intrekken", (SIGN_IN, HIDDEN, HIDDEN, HIDDEN, DENIED, HIDDEN, DENIED, HIDDEN, HIDDEN), draft(D.WAITING)),
    work_step("gelezen", LEAD, advice(S.SUBMITTED)),
    work_step("antwoord", LEAD, advice(S.SUBMITTED), an_answer("antwoord")),
    work_step("beter-antwoord", LEAD, advice(S.RESPONDED), an_answer("beter-antwoord")),
    work_step("meer-tijd", (SIGN_IN, HIDDEN, HIDDEN, WRONG, DENIED, DENIED, DENIED, DENIED, HIDDEN),
              advice(S.SUBMITTED)),
    work_step("begonnen", LEAD, advice(S.RESPONDED)),
    work_step("gedaan", LEAD, advice(S.RESPONDED), sent("gedaan", finish_text=TEXT)),
    work_step("niet-doen", LEAD, advice(S.RESPONDED), sent("niet-doen", finish_text=TEXT)),
    project_row("participation:pulse",         SIGN_IN, HIDDEN, HIDDEN,  OK,     HIDDEN, HIDDEN, HIDDEN, OK,     HIDDEN,
                kwargs=of_pulse, prepare=a_pulse),
    project_row("participation:pulse",         SIGN_IN, HIDDEN, HIDDEN,  DONE,   HIDDEN, HIDDEN, HIDDEN, DONE,   HIDDEN,
                kwargs=of_pulse, prepare=a_pulse, method="POST",
                data=lambda world: {f"q{number}": "4" for number in QUESTIONS}),
    project_row("participation:account",       SIGN_IN, HIDDEN, HIDDEN,  OK,     OK,     OK,     DENIED, OK,     HIDDEN,
                kwargs=of_project, prepare=an_account(AccountState.OFFERED)),
    project_row("participation:account-step",  *ALL_405, kwargs=lambda world: {**of_project(world), "step": "akkoord"}),
    account_step("overslaan", (SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, DENIED, HIDDEN, HIDDEN), None),
    account_step("beginnen", LEAD, None),
    account_step("bewaren", LEAD, AccountState.DRAFT, **ACCOUNT_TEXTS),
    account_step("terugnemen", LEAD, AccountState.OFFERED),
    account_step("heropenen", LEAD, AccountState.AGREED),
    account_step("akkoord", FOLLOWS, AccountState.OFFERED),
    account_step("terugsturen", FOLLOWS, AccountState.OFFERED, **{"terugsturen-remarks": "Noem ook de ouders."}),
]
# fmt: on
