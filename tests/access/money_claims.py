"""Claims, receipts and how to be paid: what each person around a project is answered."""

from django.utils import timezone

from participation.actions.money.receipts import add_receipt
from participation.models import Commitment, PaymentChoice, PaymentProfile
from participation.states import LineKind, Regime
from tests.access.project_world import ProjectWorld, project_row
from tests.access.table import DENIED, DONE, HIDDEN, OK, SIGN_IN, WRONG
from tests.factories.meetings import PDF
from tests.factories.money import IBAN, key, money
from tests.factories.participation import held_meeting


def promised(world: ProjectWorld) -> None:
    """Money for the representative, who chose how to be paid; `manager` of the world manages no fund of it."""
    made = money(project=world.project)
    PaymentChoice.objects.create(assignment=world.assignment, regime=Regime.VOLUNTEER, chosen_at=made.now)
    PaymentProfile.objects.create(user=world.people["rep"], is_21=True)
    made.promise(world.assignment, 10_000)
    world.things["money"] = made


def drafted(world: ProjectWorld) -> None:
    promised(world)
    claim = world.things["claim"] = world.things["money"].draft(world.assignment)
    world.things["receipt"] = add_receipt(claim=claim, data=PDF, by=claim.user, now=timezone.now())
    claim.refresh_from_db()


def sent(world: ProjectWorld) -> None:
    promised(world)
    claim = world.things["claim"] = world.things["money"].draft(world.assignment)
    world.things["receipt"] = add_receipt(claim=claim, data=PDF, by=claim.user, now=timezone.now())
    claim.refresh_from_db()
    type(claim).objects.filter(pk=claim.pk).update(state="SUBMITTED", submitted_at=timezone.now())


def to_organisation(world: ProjectWorld) -> None:
    made = money(project=world.project)
    line = made.earmark(LineKind.ORGANISATION, 10_000)
    Commitment.objects.create(
        line=line, organisation=world.project.patient_side, state="RESERVED", amount=5_000, what_for="Werving",
        asked_side="PROJECT", asked_at=made.now,
    )  # fmt: skip
    world.things["money"] = made


def after_meeting(world: ProjectWorld) -> None:
    promised(world)
    world.things["meeting"] = held_meeting(world.project, world.assignment)


def role(world: ProjectWorld) -> dict:
    return {"key": world.assignment.uuid}


def a_claim(world: ProjectWorld) -> dict:
    return {"key": world.things["claim"].uuid}


def a_receipt(world: ProjectWorld) -> dict:
    return {"key": world.things["receipt"].uuid}


def side(world: ProjectWorld) -> dict:
    return {"slug": world.project.patient_side.slug}


def an_invoice(world: ProjectWorld) -> dict:
    return {**side(world), "key": world.things["money"].budget.uuid}


def on_paper(world: ProjectWorld) -> dict:
    return {"slug": world.project.slug, "key": world.assignment.uuid}


def step(name: str):
    return lambda world: {**a_claim(world), "step": name}


def seen(world: ProjectWorld) -> dict:
    return {"revision": world.things["claim"].revision, "key": str(key()), "until": "2026-12"}


def rows(world: ProjectWorld) -> dict:
    return {"rij-1-kind": "TIME", "rij-1-day": "2026-11-20", "rij-1-hours": "2", "holder": "A", "iban": IBAN,
            "key": str(key()), "revision": "1", "doe": "nakijken"}  # fmt: skip


def for_rep(name: str, answer: int, **more):
    """A row in which only the representative is answered; that it exists is hidden from everybody else."""
    return project_row(name, SIGN_IN, *[HIDDEN] * 6, answer, HIDDEN, **more)


def only_posted(name: str, **more):
    """A row of an address that only takes a POST."""
    return project_row(name, SIGN_IN, *[405] * 8, **more)


# fmt: off
#                                              nobody   newcomer outsider lead  coordin decider manager rep  other_rep
ROWS = [
    project_row("participation:my-money",         SIGN_IN, OK,     OK,     OK,     OK,     OK,     OK,     OK,     OK),
    for_rep("participation:money-choice", OK,
            kwargs=role, prepare=promised),
    for_rep("participation:money-choice", DONE,
            kwargs=role, prepare=promised, method="POST", data=lambda world: {"stap": "keuze", "regime": "NONE"}),
    for_rep("participation:claim-new", OK,
            kwargs=role, prepare=promised),
    for_rep("participation:claim-new", DONE,
            kwargs=role, prepare=promised, method="POST", data=rows),
    for_rep("participation:claim-for-meeting", OK,
            kwargs=lambda world: {**role(world), "meeting": world.things["meeting"].uuid}, prepare=after_meeting),
    for_rep("participation:claim", OK,
            kwargs=a_claim, prepare=drafted),
    for_rep("participation:claim", OK,
            kwargs=a_claim, prepare=sent),
    for_rep("participation:claim-edit", OK,
            kwargs=a_claim, prepare=drafted),
    for_rep("participation:claim-edit", 409,
            kwargs=a_claim, prepare=sent),
    for_rep("participation:claim-step", DONE,
            kwargs=step("versturen"), prepare=drafted, method="POST", data=seen),
    for_rep("participation:claim-step", DONE,
            kwargs=step("bewaren"), prepare=drafted, method="POST", data=seen),
    for_rep("participation:claim-step", DONE,
            kwargs=step("intrekken"), prepare=drafted, method="POST", data=seen),
    for_rep("participation:claim-step", HIDDEN,
            kwargs=step("goedkeuren"), prepare=drafted, method="POST", data=seen),
    only_posted("participation:claim-step",
            kwargs=step("versturen"), prepare=drafted),
    for_rep("participation:claim-receipt-add", WRONG,
            kwargs=a_claim, prepare=drafted, method="POST"),
    only_posted("participation:claim-receipt-add",
            kwargs=a_claim, prepare=drafted),
    for_rep("participation:receipt", OK,
            kwargs=a_receipt, prepare=drafted),
    project_row("participation:receipt", SIGN_IN, HIDDEN, HIDDEN, OK,     OK,     HIDDEN, HIDDEN, OK,     HIDDEN,
            kwargs=a_receipt, prepare=sent),
    for_rep("participation:receipt-remove", DONE,
            kwargs=a_receipt, prepare=drafted, method="POST"),
    only_posted("participation:receipt-remove",
            kwargs=a_receipt, prepare=drafted),
    project_row("participation:money-organisation", SIGN_IN, HIDDEN, HIDDEN, HIDDEN, OK, HIDDEN, HIDDEN, HIDDEN,
            HIDDEN,
            kwargs=side, prepare=to_organisation),
    project_row("participation:invoice-new", SIGN_IN, HIDDEN, HIDDEN, HIDDEN, OK, HIDDEN, HIDDEN, HIDDEN, HIDDEN,
            kwargs=an_invoice, prepare=to_organisation),
    project_row("participation:claims-on-paper", SIGN_IN, HIDDEN, HIDDEN, DENIED, OK, DENIED, DENIED, DENIED, HIDDEN,
            kwargs=lambda world: {"slug": world.project.slug}, prepare=promised),
    project_row("participation:claim-type-out", SIGN_IN, HIDDEN, HIDDEN, DENIED, OK, DENIED, DENIED, DENIED, HIDDEN,
            kwargs=on_paper, prepare=promised),
    project_row("participation:claim-type-out", SIGN_IN, HIDDEN, HIDDEN, DENIED, DONE,   DENIED, DENIED, DENIED, HIDDEN,
            kwargs=on_paper, prepare=promised, method="POST", data=rows),
]
# fmt: on
