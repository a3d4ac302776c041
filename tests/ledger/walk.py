"""Random commands about money through the real actions, by random people: some may, some may not."""

import datetime
import random
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from participation.actions.money import claims, commitments, funds, judging, payments
from participation.models import Assignment, Budget, BudgetLine, Claim, Commitment, Fund, Payer, PaymentBatch
from participation.states import ClaimState, CommitmentState, LineKind, Regime
from portal.accounts.models import User
from portal.core.workflow import StepNotAllowed
from portal.organisations.roles import Role
from tests.factories.money import IBAN, fresh, money
from tests.factories.participation import ProjectFactory
from tests.factories.people import member

REFUSED = (ValidationError, PermissionDenied, StepNotAllowed)
KINDS = (LineKind.FEE, LineKind.TRAVEL)
_WHOLE_LINE = ("budget__fund__organisation", "budget__project__organisation", "budget__project__patient_side")


@dataclass(frozen=True)
class World:
    """What the walk works on, by number: each thread and process reads its own rows."""

    fund: int
    budgets: list[int]
    people: list[int]  # assignments
    managers: list[int]
    officers: list[int]
    leads: list[int]
    coordinators: list[int]


def world(projects: int = 2, people: int = 6) -> World:
    """A fund with a budget for each of some projects, and people who take part in them."""
    made = [money(provided=400_000)]
    first = made[0]
    for _ in range(projects - 1):
        project = ProjectFactory()
        budget = funds.open_budget(
            fund=first.fund, payer=first.payer, project=project, by=first.manager, now=first.now,
            starts_on=first.budget.starts_on, ends_on=first.budget.ends_on,
        )  # fmt: skip
        coordinator = member(project.patient_side, Role.COORDINATOR)
        other = replace(first, project=project, budget=budget, lead=project.lead, coordinator=coordinator)
        for kind in KINDS:
            other.earmark(kind, 30_000)
        made.append(other)
    # Half of them may get no more than the limits of volunteers, half as much as was promised.
    regimes = [Regime.VOLUNTEER, Regime.TAXABLE_FEE] * people
    takers = [one.representative(regimes.pop()).pk for one in made for _ in range(people // projects)]
    return World(
        fund=first.fund.pk, budgets=[one.budget.pk for one in made], people=takers,
        managers=[first.manager.pk, first.second_manager.pk],
        officers=[first.officer.pk, member(first.fund.organisation, Role.FINANCE_OFFICER).pk],
        leads=[one.lead.pk for one in made], coordinators=[one.coordinator.pk for one in made],
    )  # fmt: skip


@dataclass
class Walk:
    """One walker. `done` and `refused` count commands by name."""

    world: World
    seed: int
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    again: list[Callable[[], Any]] = field(default_factory=list)  # commands that were done, to send once more

    def __post_init__(self) -> None:
        """A walker of its own."""
        self.random = random.Random(self.seed)
        self.now = timezone.now()

    def step(self) -> None:
        """One command of a random kind. Raises whatever is no honest refusal."""
        name = self.random.choices(list(STEPS), [weight for weight, _step in STEPS.values()])[0]
        try:
            told = STEPS[name][1](self)
        except REFUSED:
            self.refused[name] += 1
        else:
            self.done[name if told is not False else f"{name}: nothing to do"] += 1

    # --- Choosing -----------------------------------------------------------------------------------------------------

    def key(self) -> uuid.UUID:
        """A key that is the same for the same seed."""
        return uuid.UUID(int=self.random.getrandbits(128), version=4)

    def cents(self, most: int) -> int:
        """An amount."""
        return self.random.randint(1, most)

    def user(self, *chosen: list[int]) -> User:
        """Mostly one of those who may; now and then anybody."""
        mine = [pk for some in chosen for pk in some]
        if self.random.random() < 0.05:
            mine = [*self.world.managers, *self.world.officers, *self.world.leads, *self.world.coordinators]
        return User.objects.get(pk=self.random.choice(mine))

    def line(self) -> BudgetLine:
        """A line of one of the budgets."""
        found = BudgetLine.objects.select_related(*_WHOLE_LINE).filter(budget__in=self.world.budgets)
        return self.random.choice(list(found.order_by("pk")))

    def commitment(self, *states: CommitmentState) -> Commitment | None:
        """A promise in one of `states`."""
        numbers = list(Commitment.objects.filter(state__in=states).order_by("pk").values_list("pk", flat=True))
        if not numbers:
            return None
        whole = [f"line__{name}" for name in _WHOLE_LINE]
        return Commitment.objects.select_related("assignment", *whole).get(pk=self.random.choice(numbers))

    def claim(self, *states: ClaimState) -> Claim | None:
        """A claim in one of `states`, as it is now."""
        numbers = list(Claim.objects.filter(state__in=states).order_by("pk").values_list("pk", flat=True))
        return fresh(Claim(pk=self.random.choice(numbers))) if numbers else None

    def send(self, command: Callable[..., Any], **asked: Any) -> Any:
        """Send a command with a new key, and remember it."""
        asked = {**asked, "key": self.key(), "now": self.now}
        made = command(**asked)
        self.again = [*self.again[-9:], lambda: command(**asked)]
        return made


# --- Steps -----------------------------------------------------------------------------------------------------------


def _provide(walk: Walk) -> None:
    fund = Fund.objects.select_related("organisation").get(pk=walk.world.fund)
    walk.send(funds.provide, fund=fund, cents=walk.cents(20_000), by=walk.user(walk.world.managers))


def _take_out(walk: Walk) -> None:
    fund = Fund.objects.select_related("organisation").get(pk=walk.world.fund)
    walk.send(funds.take_out, fund=fund, cents=walk.cents(60_000), by=walk.user(walk.world.managers))


def _earmark(walk: Walk) -> None:
    budget = Budget.objects.select_related("fund__organisation").get(pk=walk.random.choice(walk.world.budgets))
    kind = walk.random.choice(KINDS)
    walk.send(funds.earmark, budget=budget, kind=kind, cents=walk.cents(15_000), by=walk.user(walk.world.managers))


def _lower(walk: Walk) -> None:
    walk.send(funds.lower, line=walk.line(), cents=walk.cents(25_000), by=walk.user(walk.world.managers))


def _ask(walk: Walk) -> None:
    person, line = Assignment.objects.get(pk=walk.random.choice(walk.world.people)), walk.line()
    if walk.random.random() < 0.9:  # mostly of their own project
        line = BudgetLine.objects.select_related(*_WHOLE_LINE).get(budget__project=person.project_id, kind=line.kind)
    commitments.ask_commitment(
        line=line, cents=walk.cents(9_000), what_for="Meedenken", assignment=person, now=walk.now,
        by=walk.user(walk.world.leads, walk.world.coordinators),
    )  # fmt: skip


def _agree(walk: Walk) -> bool | None:
    found = walk.commitment(CommitmentState.ASKED)
    if found is None:
        return False
    deciders = walk.user(walk.world.coordinators, walk.world.leads, walk.world.managers)
    walk.send(commitments.agree, commitment=found, by=deciders)
    return None


def _refuse(walk: Walk) -> bool | None:
    found = walk.commitment(CommitmentState.ASKED)
    if found is None:
        return False
    walk.send(commitments.refuse, commitment=found, reason="Te veel", by=walk.user(walk.world.coordinators))
    return None


def _release(walk: Walk) -> bool | None:
    found = walk.commitment(CommitmentState.RESERVED)
    if found is None:
        return False
    walk.send(commitments.release, commitment=found, by=walk.user(walk.world.leads, walk.world.managers))
    return None


def _write(walk: Walk) -> bool | None:
    found = walk.commitment(CommitmentState.RESERVED)
    if found is None or found.assignment is None or found.assignment.user is None:
        return False
    person, day = found.assignment, timezone.localtime(walk.now).date()
    kind, most = ("TIME", 150) if found.line.kind == LineKind.FEE else ("DISTANCE", 400)
    whole = ("fund__organisation", "payer__organisation", "project")
    budget = Budget.objects.select_related(*whole).get(pk=found.line.budget_id)
    claim = claims.begin_claim(assignment=person, budget=budget, by=person.user, now=walk.now, key=walk.key())
    row = {"kind": kind, "day": day, "quantity": walk.cents(most), "commitment": found.pk, "amount": walk.cents(3_000)}
    claims.write_claim(
        claim=claim, revision=0, rows=[row], holder="A. Voorbeeld", iban=IBAN, by=person.user, now=walk.now
    )
    return None


def _own(name: str, command: Callable[..., Any], *states: ClaimState, **more: Any) -> Callable[[Walk], bool | None]:
    def step(walk: Walk) -> bool | None:
        found = walk.claim(*states)
        if found is None:
            return False
        walk.send(command, claim=found, revision=found.revision, by=found.user, **more)
        return None

    return step


def _hold(walk: Walk) -> bool | None:
    found = walk.claim(ClaimState.DRAFT, ClaimState.SUBMITTED, ClaimState.RETURNED)
    if found is None:
        return False
    until = timezone.localtime(walk.now).date() + datetime.timedelta(days=walk.random.randint(20, 80))
    walk.send(claims.hold_claim, claim=found, revision=found.revision, until=until, by=found.user)
    return None


def _judge(
    command: Callable[..., Any], who: tuple[str, ...], *states: ClaimState, **more: Any
) -> Callable[[Walk], bool | None]:
    def step(walk: Walk) -> bool | None:
        found = walk.claim(*states)
        if found is None:
            return False
        by = walk.user(*(getattr(walk.world, name) for name in who))
        walk.send(command, claim=found, revision=found.revision, by=by, **more)
        return None

    return step


def _approve_many(walk: Walk) -> bool | None:
    """Some of the list at once; now and then one stands in it twice, or as nobody sees it any more."""
    numbers = list(Claim.objects.filter(state=ClaimState.CHECKED).order_by("pk").values_list("pk", flat=True))
    if not numbers:
        return False
    chosen = walk.random.choices(numbers, k=walk.random.randint(1, 4))
    rows = [
        (one, one.revision - (walk.random.random() < 0.05), walk.key()) for one in (fresh(Claim(pk=n)) for n in chosen)
    ]
    asked = {"claims": rows, "by": walk.user(walk.world.managers), "now": walk.now}
    if len(judging.approve_many(**asked)) == len(chosen):
        raise StepNotAllowed("none could be approved")

    def again() -> None:
        judging.approve_many(**asked)  # what it refused before it refuses again

    walk.again = [*walk.again[-9:], again]
    return None


def _batch(walk: Walk) -> bool | None:
    numbers = list(Claim.objects.filter(state=ClaimState.APPROVED).order_by("pk").values_list("pk", flat=True))
    if not numbers:
        return False
    chosen = walk.random.sample(numbers, walk.random.randint(1, min(5, len(numbers))))
    payer = Payer.objects.select_related("organisation").get(budgets=walk.world.budgets[0])
    day = timezone.localtime(walk.now).date() + datetime.timedelta(days=walk.random.choice([0, 0, 0, 35]))
    walk.send(
        payments.make_batch, payer=payer, claims=[fresh(Claim(pk=pk)) for pk in chosen], pay_on=day,
        by=walk.user(walk.world.officers),
    )  # fmt: skip
    return None


def _of_batch(command: Callable[..., Any], **more: Any) -> Callable[[Walk], bool | None]:
    def step(walk: Walk) -> bool | None:
        found = PaymentBatch.objects.filter(state="MADE").select_related("payer__organisation").order_by("pk")
        batches = list(found)
        if not batches:
            return False
        walk.send(command, batch=walk.random.choice(batches), by=walk.user(walk.world.officers), **more)
        return None

    return step


def _fail(walk: Walk) -> bool | None:
    found = walk.claim(ClaimState.EXPORTED, ClaimState.PAID)
    if found is None:
        return False
    walk.send(payments.mark_failed, claim=found, reason="Rekening dicht", by=walk.user(walk.world.officers))
    return None


def _ask_back(walk: Walk) -> bool | None:
    found = walk.claim(ClaimState.APPROVED, ClaimState.PAID)
    if found is None:
        return False
    payments.ask_reversal(claim=found, reason="Dubbel", by=walk.user(walk.world.managers), now=walk.now)
    return None


def _again(walk: Walk) -> bool | None:
    """A command that was done is sent again with its own key: nothing happens."""
    if not walk.again:
        return False
    if walk.random.choice(walk.again)() is not None:
        raise AssertionError("the same key did something twice")
    return None


JUDGES, FUND = ("leads", "coordinators"), ("managers",)
STEPS: dict[str, tuple[int, Callable[[Walk], Any]]] = {
    "provide": (2, _provide),
    "take out": (1, _take_out),
    "earmark": (3, _earmark),
    "lower": (3, _lower),
    "ask": (7, _ask),
    "agree": (10, _agree),
    "refuse": (1, _refuse),
    "release": (2, _release),
    "write": (10, _write),
    "submit": (
        12,
        _own("submit", claims.submit_claim, ClaimState.DRAFT, ClaimState.RETURNED, ClaimState.HELD),
    ),
    "hold": (1, _hold),
    "cancel": (1, _own("cancel", claims.cancel_claim, ClaimState.DRAFT, ClaimState.SUBMITTED, ClaimState.HELD)),
    "check": (12, _judge(judging.check_claim, JUDGES, ClaimState.SUBMITTED)),
    "return": (2, _judge(judging.return_claim, (*JUDGES, *FUND), ClaimState.SUBMITTED, ClaimState.CHECKED,
                         question="Welke dag was het?")),
    "reject": (1, _judge(judging.reject_claim, (*JUDGES, *FUND), ClaimState.SUBMITTED, ClaimState.CHECKED,
                         reason="Dubbel")),
    "approve": (12, _judge(judging.approve_claim, FUND, ClaimState.CHECKED)),
    "approve many": (6, _approve_many),
    "batch": (4, _batch),
    "pay": (4, _of_batch(payments.mark_paid, reference="BANK")),
    "cancel batch": (1, _of_batch(payments.cancel_batch)),
    "fail": (2, _fail),
    "ask reversal": (2, _ask_back),
    "reverse": (2, _judge(payments.agree_reversal, ("officers",), ClaimState.APPROVED, ClaimState.PAID)),
    "send again": (5, _again),
}  # fmt: skip
