"""Checking, approving and paying: what each person around the money of a project is answered, or from elsewhere."""

from types import SimpleNamespace
from typing import Any

from participation.models import PaymentBatch, Receipt
from participation.states import ClaimState
from portal.organisations.roles import Role
from tests.access.table import DENIED, DONE, HIDDEN, OK, SIGN_IN, WRONG, row
from tests.factories.judging import asked_to_undo, batched, claim_in, failed
from tests.factories.money import IBAN, key, money
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member

# The coordinator checks, the manager approves, the officer pays what `rep` asked. `outsider` has every role elsewhere.
PEOPLE = ("nobody", "newcomer", "outsider", "lead", "coordinator", "manager", "officer", "rep", "other_rep")
S = ClaimState


def make_money_world() -> Any:
    """A fund that pays for a project, and one person of each kind."""
    made = money()
    rep = made.representative()
    made.promise(rep, 10_000)
    people = {
        "nobody": None, "newcomer": UserFactory(),
        "outsider": member(OrganisationFactory(verified_at=made.now), *Role), "lead": made.lead,
        "coordinator": made.coordinator, "manager": made.second_manager, "officer": made.officer, "rep": rep.user,
        "other_rep": made.representative().user,
    }  # fmt: skip
    return SimpleNamespace(money=made, rep=rep, people=people, things={})


def in_state(state: ClaimState):
    def prepare(world: Any) -> None:
        world.things["claim"] = claim_in(world.money, state, world.rep)

    return prepare


def a_receipt(world: Any) -> None:
    in_state(S.SUBMITTED)(world)
    world.things["receipt"] = Receipt.objects.create(
        claim=world.things["claim"], form="PDF", data=b"%PDF-1.4 %%EOF", size=14, added_at=world.money.now
    )


def that_failed(world: Any) -> None:
    world.things["claim"] = failed(world.money, claim_in(world.money, S.SUBMITTED, world.rep))


def to_undo(world: Any) -> None:
    world.things["claim"] = asked_to_undo(
        world.money, claim_in(world.money, S.APPROVED, world.rep), world.money.manager
    )


def a_batch(world: Any) -> None:
    world.things["batch"] = batched(world.money, claim_in(world.money, S.SUBMITTED, world.rep))
    world.things["claim"] = world.things["batch"].claims.get()


def of_claim(step: str = ""):
    return lambda world: {"key": world.things["claim"].uuid} | ({"step": step} if step else {})


def of_payer(world: Any) -> dict[str, Any]:
    return {"slug": world.money.payer.organisation.slug}


def of_batch(**more: str):
    def kwargs(world: Any) -> dict[str, Any]:
        found = PaymentBatch.objects.get(pk=world.things["batch"].pk)
        return {**of_payer(world), "key": found.uuid, **more}

    return kwargs


def sent(step: str, text: str = ""):
    def data(world: Any) -> dict[str, str]:
        told = {f"{step}-key": str(key()), f"{step}-revision": str(world.things["claim"].revision)}
        return told | ({f"{step}-text": text} if text else {})

    return data


def money_row(name: str, *answers: Any, **more: Any):
    return row(f"participation:{name}", *answers, people=PEOPLE, world=make_money_world, **more)


def claim_step(step: str, answers: tuple, prepare: Any, text: str = ""):
    return money_row("money-claim-step", *answers, method="POST", kwargs=of_claim(step), prepare=prepare,
                     data=sent(step, text))  # fmt: skip


def failing(world: Any) -> dict[str, str]:
    prefix = world.things["claim"].uuid.hex
    return {f"{prefix}-key": str(key()), f"{prefix}-reason": "Onbekend"}


def making(world: Any) -> dict[str, str]:
    return {
        "key": str(key()), "dag": world.money.now.date().isoformat(), "declaratie": str(world.things["claim"].uuid)
    }  # fmt: skip


ALL_405 = (SIGN_IN, *[405] * 8)
NOBODY = (SIGN_IN, *[HIDDEN] * 8)
CHECK = (SIGN_IN, HIDDEN, HIDDEN, DONE, DONE, DENIED, DENIED, HIDDEN, HIDDEN)
APPROVE = (SIGN_IN, HIDDEN, HIDDEN, DENIED, DENIED, DONE, DENIED, HIDDEN, HIDDEN)
UNDO = (SIGN_IN, HIDDEN, HIDDEN, DENIED, DENIED, DENIED, DONE, HIDDEN, HIDDEN)
PAY = (SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, DONE, HIDDEN, HIDDEN)
SEE = (SIGN_IN, HIDDEN, HIDDEN, OK, OK, OK, OK, HIDDEN, HIDDEN)
SEE_PAY = (SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, OK, HIDDEN, HIDDEN)
EVERYBODY = (SIGN_IN, *[OK] * 8)

# fmt: off
#                        nobody   newcomer outsider lead  coordin manager officer rep   other_rep
ROWS = [
    money_row("money-work", *EVERYBODY, prepare=in_state(S.SUBMITTED)),
    money_row("money-check", *EVERYBODY, prepare=in_state(S.SUBMITTED)),
    money_row("money-approve", *EVERYBODY, prepare=in_state(S.CHECKED)),
    money_row("money-approve", SIGN_IN, *[DONE] * 8, method="POST", prepare=in_state(S.CHECKED)),
    money_row("money-approved", *EVERYBODY, prepare=in_state(S.APPROVED)),
    money_row("money-work-claim", *SEE, kwargs=of_claim(), prepare=in_state(S.SUBMITTED)),
    money_row("money-work-claim", *SEE, kwargs=of_claim(), prepare=in_state(S.PAID)),
    money_row("money-work-claim", *NOBODY, kwargs=of_claim(), prepare=in_state(S.DRAFT)),
    money_row("money-work-claim", *NOBODY, kwargs=of_claim(), prepare=in_state(S.HELD)),
    money_row("money-receipt", *SEE, prepare=a_receipt,
              kwargs=lambda world: {**of_claim()(world), "receipt": world.things["receipt"].uuid}),
    money_row("money-claim-step", *ALL_405, kwargs=of_claim("nagekeken"), prepare=in_state(S.SUBMITTED)),
    claim_step("overslaan", NOBODY, in_state(S.SUBMITTED)),
    claim_step("nagekeken", CHECK, in_state(S.SUBMITTED)),
    claim_step("terug", CHECK, in_state(S.SUBMITTED), "Welke dag?"),
    claim_step("terug", APPROVE, in_state(S.CHECKED), "Welke dag?"),
    claim_step("afwijzen", CHECK, in_state(S.SUBMITTED), "Dubbel."),
    claim_step("goedkeuren", APPROVE, in_state(S.CHECKED)),
    claim_step("terugdraaien-vragen", APPROVE, in_state(S.APPROVED), "Dubbel."),
    claim_step("terugdraaien", UNDO, to_undo),
    claim_step("laten-staan", UNDO, to_undo),
    money_row("money-pay", SIGN_IN, DENIED, OK, DENIED, DENIED, DENIED, OK, DENIED, DENIED),
    money_row("money-payer", *SEE_PAY, kwargs=of_payer, prepare=in_state(S.APPROVED)),
    money_row("money-payer-account", *SEE_PAY, kwargs=of_payer),
    money_row("money-payer-account", *PAY, kwargs=of_payer, method="POST",
              data=lambda world: {"account_name": "Fonds", "iban": IBAN}),
    money_row("money-batch-make", *ALL_405, kwargs=of_payer),
    money_row("money-batch-make", *PAY, kwargs=of_payer, method="POST", prepare=in_state(S.APPROVED), data=making),
    money_row("money-batch", *SEE_PAY, kwargs=of_batch(), prepare=a_batch),
    money_row("money-batch-file", *ALL_405, kwargs=of_batch(form="xml"), prepare=a_batch),
    money_row("money-batch-file", *SEE_PAY, kwargs=of_batch(form="csv"), prepare=a_batch, method="POST"),
    money_row("money-batch-file", *NOBODY, kwargs=of_batch(form="exe"), prepare=a_batch, method="POST"),
    money_row("money-batch-step", *ALL_405, kwargs=of_batch(step="betaald"), prepare=a_batch),
    money_row("money-batch-step", *PAY, kwargs=of_batch(step="betaald"), prepare=a_batch, method="POST",
              data=lambda world: {"betaald-key": str(key()), "betaald-reference": "B-1"}),
    money_row("money-batch-step", *PAY, kwargs=of_batch(step="intrekken"), prepare=a_batch, method="POST",
              data=lambda world: {"intrekken-key": str(key())}),
    money_row("money-batch-step", *NOBODY, kwargs=of_batch(step="overslaan"), prepare=a_batch, method="POST"),
    money_row("money-batch-failed", *PAY, prepare=a_batch, method="POST", data=failing,
              kwargs=lambda world: {**of_batch()(world), "claim": world.things["claim"].uuid}),
    money_row("money-batch-failed", *ALL_405, prepare=a_batch,
              kwargs=lambda world: {**of_batch()(world), "claim": world.things["claim"].uuid}),
    money_row("money-claim-account", SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, OK, HIDDEN,
              kwargs=of_claim(), prepare=that_failed),
    money_row("money-claim-account", SIGN_IN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN, WRONG, HIDDEN,
              kwargs=of_claim(), prepare=that_failed, method="POST", data=lambda world: {"iban": "NL00"}),
]
# fmt: on
