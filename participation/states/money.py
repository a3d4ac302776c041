"""Money for patients: from what is set apart to what is paid."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.workflow import Step, Workflow


class LineKind(models.TextChoices):
    """What a part of a budget is for."""

    FEE = "FEE", _("Vergoeding voor tijd")
    TRAVEL = "TRAVEL", _("Reiskosten")
    SUPPORT = "SUPPORT", _("Hulp om mee te kunnen doen")
    TRAINING = "TRAINING", _("Leren over AI")
    MEETING = "MEETING", _("Gesprekken")
    ORGANISATION = "ORGANISATION", _("Werk van de patiëntenorganisatie")
    REPLACEMENT = "REPLACEMENT", _("Vervangende zorg")


class Account(models.TextChoices):
    """Where money stands in the ledger. What leaves one account comes in at another: together they are zero."""

    OUTSIDE = "OUTSIDE", _("Van buiten")
    FUND = "FUND", _("In het fonds, nog niet apart gezet")
    FREE = "FREE", _("Apart gezet, nog niet toegezegd")
    COMMITTED = "COMMITTED", _("Toegezegd")
    PAYABLE = "PAYABLE", _("Goedgekeurd, nog te betalen")
    PAID = "PAID", _("Betaald")


class BudgetState(models.TextChoices):
    """Whether a budget still takes commitments."""

    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Afgesloten")


BUDGET = Workflow(
    initial=BudgetState.OPEN,
    statuses=BudgetState,
    steps=[Step(name="close", source=BudgetState.OPEN, target=BudgetState.CLOSED)],
)


class CommitmentState(models.TextChoices):
    """From asked to used up."""

    ASKED = "ASKED", _("Gevraagd")
    RESERVED = "RESERVED", _("Toegezegd")
    REFUSED = "REFUSED", _("Niet toegezegd")
    WITHDRAWN = "WITHDRAWN", _("Ingetrokken")
    RELEASED = "RELEASED", _("Afgesloten")


COMMITMENT = Workflow(
    initial=CommitmentState.ASKED,
    statuses=CommitmentState,
    steps=[
        Step(name="agree", source=CommitmentState.ASKED, target=CommitmentState.RESERVED),
        Step(name="refuse", source=CommitmentState.ASKED, target=CommitmentState.REFUSED),
        Step(name="withdraw", source=CommitmentState.ASKED, target=CommitmentState.WITHDRAWN),
        Step(name="release", source=CommitmentState.RESERVED, target=CommitmentState.RELEASED),
    ],
)


class Regime(models.TextChoices):
    """How somebody wants to be paid; no payment is an equal choice."""

    NONE = "NONE", _("Geen vergoeding")
    COSTS_ONLY = "COSTS_ONLY", _("Alleen mijn kosten, met een bon")
    VOLUNTEER = "VOLUNTEER", _("Vrijwilligersvergoeding")
    TAXABLE_FEE = "TAXABLE_FEE", _("Vergoeding waarover u belasting betaalt")
    INVOICE = "INVOICE", _("Ik stuur zelf een rekening")
    ORG_INVOICE = "ORG_INVOICE", _("Mijn patiëntenorganisatie stuurt de rekening")


class ItemKind(models.TextChoices):
    """What one row of a claim asks for."""

    TIME = "TIME", _("Tijd")
    DISTANCE = "DISTANCE", _("Gereden kilometers")
    TICKET = "TICKET", _("Openbaar vervoer, taxi of parkeren")
    COSTS = "COSTS", _("Andere kosten")
    INVOICE = "INVOICE", _("Rekening")


class ClaimState(models.TextChoices):
    """From written to paid."""

    DRAFT = "DRAFT", _("Nog niet verstuurd")
    SUBMITTED = "SUBMITTED", _("Verstuurd")
    RETURNED = "RETURNED", _("Terug met een vraag")
    HELD = "HELD", _("Bewaard voor later")
    CHECKED = "CHECKED", _("Nagekeken")
    APPROVED = "APPROVED", _("Goedgekeurd")
    EXPORTED = "EXPORTED", _("Wordt betaald")
    PAID = "PAID", _("Betaald")
    REJECTED = "REJECTED", _("Afgewezen")
    CANCELLED = "CANCELLED", _("Ingetrokken")
    REVERSED = "REVERSED", _("Teruggedraaid")


CLAIM = Workflow(
    initial=ClaimState.DRAFT,
    statuses=ClaimState,
    steps=[
        Step(name="submit", source=ClaimState.DRAFT, target=ClaimState.SUBMITTED),
        Step(name="submit", source=ClaimState.RETURNED, target=ClaimState.SUBMITTED),
        Step(name="submit", source=ClaimState.HELD, target=ClaimState.SUBMITTED),
        Step(name="hold", source=ClaimState.DRAFT, target=ClaimState.HELD),
        Step(name="hold", source=ClaimState.RETURNED, target=ClaimState.HELD),
        Step(name="hold", source=ClaimState.SUBMITTED, target=ClaimState.HELD),
        Step(name="cancel", source=ClaimState.DRAFT, target=ClaimState.CANCELLED),
        Step(name="cancel", source=ClaimState.SUBMITTED, target=ClaimState.CANCELLED),
        Step(name="cancel", source=ClaimState.RETURNED, target=ClaimState.CANCELLED),
        Step(name="cancel", source=ClaimState.HELD, target=ClaimState.CANCELLED),
        Step(name="check", source=ClaimState.SUBMITTED, target=ClaimState.CHECKED),
        Step(name="return", source=ClaimState.SUBMITTED, target=ClaimState.RETURNED),
        Step(name="return", source=ClaimState.CHECKED, target=ClaimState.RETURNED),
        Step(name="reject", source=ClaimState.SUBMITTED, target=ClaimState.REJECTED),
        Step(name="reject", source=ClaimState.CHECKED, target=ClaimState.REJECTED),
        Step(name="approve", source=ClaimState.CHECKED, target=ClaimState.APPROVED),
        Step(name="export", source=ClaimState.APPROVED, target=ClaimState.EXPORTED),
        Step(name="pay", source=ClaimState.EXPORTED, target=ClaimState.PAID),
        Step(name="fail", source=ClaimState.EXPORTED, target=ClaimState.APPROVED),
        Step(name="fail", source=ClaimState.PAID, target=ClaimState.APPROVED),
        Step(name="reverse", source=ClaimState.APPROVED, target=ClaimState.REVERSED),
        Step(name="reverse", source=ClaimState.PAID, target=ClaimState.REVERSED),
    ],
)
ASKING = (ClaimState.SUBMITTED, ClaimState.CHECKED)  # takes up room in its commitment, and nothing is booked yet
OWED = (ClaimState.APPROVED, ClaimState.EXPORTED)  # booked, still to be paid
COUNTED = (*ASKING, *OWED, ClaimState.PAID)  # counts for the limits of a month and a year
OWN_TURN = (ClaimState.DRAFT, ClaimState.RETURNED, ClaimState.HELD)  # waits for who claims


class BatchState(models.TextChoices):
    """A file of payments for the bank."""

    MADE = "MADE", _("Klaar voor de bank")
    PAID = "PAID", _("Betaald")
    CANCELLED = "CANCELLED", _("Ingetrokken")


BATCH = Workflow(
    initial=BatchState.MADE,
    statuses=BatchState,
    steps=[
        Step(name="pay", source=BatchState.MADE, target=BatchState.PAID),
        Step(name="cancel", source=BatchState.MADE, target=BatchState.CANCELLED),
    ],
)
