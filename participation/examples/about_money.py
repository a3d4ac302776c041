"""What a story tells of money: the fund and its budgets, promises, and each claim from draft to paid."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from participation.actions.money import claims as claiming
from participation.actions.money import commitments, funds, judging, payments
from participation.actions.money.telling import tell_age
from participation.examples.story import Story, verb
from participation.models import (
    Assignment,
    Budget,
    BudgetLine,
    Claim,
    Commitment,
    Fund,
    Payer,
    PaymentBatch,
    Project,
)
from participation.states import ItemKind, LineKind
from portal.core.money import CENTS
from portal.organisations.models import Organisation, OrganisationKind

IBAN = "NL91ABNA0417164300"  # the example of the standard: it is of nobody
MINUTES, TENTHS = 60, 10


# --- Where things are ------------------------------------------------------------------------------------------------


def _key(story: Story, name: str, now: datetime.datetime) -> Any:
    return story.key(f"money {name} {now.isoformat()}")


def _fund() -> Fund:
    return Fund.objects.select_related("organisation").get(organisation__is_example=True)


def _project(story: Story) -> Project | None:
    return Project.objects.filter(slug=story.slug).first()


def _budget(story: Story, purpose: str = "") -> Budget:
    whole = ("fund__organisation", "payer__organisation", "project__organisation", "project__patient_side")
    mine: dict[str, Any] = {"project": None, "purpose": purpose} if purpose else {"project": _project(story)}
    return Budget.objects.select_related(*whole).get(**mine)


def _line(story: Story, kind: str, purpose: str = "") -> BudgetLine:
    line = BudgetLine.objects.get(budget=_budget(story, purpose), kind=kind)
    line.budget = _budget(story, purpose)
    return line


def _role(story: Story, who: str) -> Assignment:
    """The newest role of somebody, also when it is over."""
    mine = Assignment.objects.filter(project=_project(story), user=story.who(who))
    return mine.select_related("project__organisation", "project__patient_side").order_by("-number")[0:1].get()


def _promise(story: Story, kind: str, who: str = "", purpose: str = "") -> Commitment:
    """The newest promise to somebody on a line."""
    mine = Commitment.objects.filter(line=_line(story, kind, purpose))
    mine = mine.filter(assignment__user=story.who(who)) if who else mine
    whole = ("line__budget__fund__organisation", "line__budget__project__organisation",
             "line__budget__project__patient_side", "assignment")  # fmt: skip
    return mine.select_related(*whole).order_by("-pk")[0:1].get()


def _claim(story: Story, name: str) -> Claim:
    """A claim as it is now."""
    whole = (
        "budget__fund__organisation", "budget__payer__organisation", "project__organisation",
        "project__patient_side", "organisation", "user",
    )  # fmt: skip
    return Claim.objects.select_related(*whole).get(uuid=story.key(f"claim {name}"))


def _batch(story: Story, name: str) -> PaymentBatch:
    return PaymentBatch.objects.select_related("payer__organisation").get(uuid=story.key(f"batch {name}"))


# --- The fund --------------------------------------------------------------------------------------------------------


@verb
def begins_fund(
    story: Story, now: datetime.datetime, *, starts: str, ends: str, euros: int, plan: Sequence[Mapping[str, int]],
    **texts: str,
) -> None:  # fmt: skip
    """The manager begins the fund, who pays says from which account, money comes in, and each year has a plan."""
    fund_of = Organisation.objects.get(is_example=True, kind=OrganisationKind.FUND)
    manager, officer = story.who("manager"), story.who("officer")
    fields = {**texts, "starts_on": story.day(starts), "ends_on": story.day(ends)}
    fund = funds.begin_fund(organisation=fund_of, fields=fields, by=manager, now=now)
    payments.save_payer(
        organisation=fund_of, account_name="Voorbeeldfonds De Brede Blik", iban=IBAN, may_pay_volunteers=True,
        by=officer, now=now,
    )  # fmt: skip
    funds.provide(fund=fund, cents=euros * CENTS, by=manager, now=now, key=_key(story, "fund", now))
    for year, amounts in enumerate(plan, start=fund.starts_on.year):
        cents = {kind: amount * CENTS for kind, amount in amounts.items()}
        funds.plan(fund=fund, year=year, amounts=cents, by=manager, now=now)


@verb
def earmarks(
    story: Story, now: datetime.datetime, *, ends: str, amounts: Mapping[str, int], purpose: str = "",
    purpose_en: str = "",
) -> None:  # fmt: skip
    """The manager opens a budget for the project, or for a purpose of the fund, and sets money apart on its lines."""
    manager, fund = story.who("manager"), _fund()
    budget = funds.open_budget(
        fund=fund, payer=Payer.objects.get(organisation=fund.organisation), starts_on=timezone.localdate(now),
        ends_on=story.day(ends), project=None if purpose else _project(story), purpose=purpose, purpose_en=purpose_en,
        by=manager, now=now,
    )  # fmt: skip
    for kind, euros in amounts.items():
        key = _key(story, f"earmark {purpose} {kind}", now)
        funds.earmark(budget=budget, kind=LineKind(kind), cents=euros * CENTS, by=manager, now=now, key=key)


@verb
def closes_budget(story: Story, now: datetime.datetime, *, text: str, purpose: str = "") -> None:
    """The manager closes a budget; what was left goes back to the fund."""
    key = _key(story, "close", now)
    funds.close_budget(budget=_budget(story, purpose), text=text, by=story.who("manager"), now=now, key=key)


# --- Promises --------------------------------------------------------------------------------------------------------


@verb
def asks_money(
    story: Story, now: datetime.datetime, *, kind: str, euros: int, what_for: str, who: str = "", purpose: str = "",
) -> None:  # fmt: skip
    """The lead asks to promise money to somebody; of a purpose of the fund its manager, for a patient organisation."""
    organisation = None if who else Organisation.objects.get(slug=story.data["project"]["patient_side"])
    commitments.ask_commitment(
        line=_line(story, kind, purpose), cents=euros * CENTS, what_for=what_for,
        assignment=_role(story, who) if who else None, organisation=organisation,
        by=story.who("manager" if purpose else "lead"), now=now,
    )  # fmt: skip


@verb
def agrees_money(
    story: Story, now: datetime.datetime, *, kind: str, who: str = "", purpose: str = "", by: str = "coordinator"
) -> None:
    """The other side agrees: the money is promised."""
    found = _promise(story, kind, who, purpose)
    commitments.agree(commitment=found, by=story.who(by), now=now, key=_key(story, f"agree {kind} {who}", now))


@verb
def promises(
    story: Story, now: datetime.datetime, *, who: str, amounts: Mapping[str, int], what_for: str,
    pays: str = "VOLUNTEER",
) -> None:  # fmt: skip
    """Money is asked and promised to somebody, who chooses how to be paid and says to be 21 or older."""
    for kind, euros in amounts.items():
        asks_money(story, now, kind=kind, euros=euros, what_for=what_for, who=who)
        agrees_money(story, now, kind=kind, who=who)
    person = story.who(who)
    claiming.choose_regime(assignment=_role(story, who), regime=pays, by=person, now=now)
    tell_age(is_21=True, turns_21_in=None, by=person, now=now)


@verb
def refuses_money(story: Story, now: datetime.datetime, *, kind: str, who: str, reason: str) -> None:
    """The coordinator says no."""
    key, found = _key(story, f"refuse {kind} {who}", now), _promise(story, kind, who)
    commitments.refuse(commitment=found, reason=reason, by=story.who("coordinator"), now=now, key=key)


@verb
def takes_back_money(story: Story, now: datetime.datetime, *, kind: str, who: str) -> None:
    """The lead takes the question back."""
    commitments.withdraw(commitment=_promise(story, kind, who), by=story.who("lead"), now=now)


@verb
def releases_money(
    story: Story, now: datetime.datetime, *, kind: str, who: str = "", purpose: str = "", by: str = "lead"
) -> None:
    """A promise is closed: what is left of it is free again."""
    key, found = _key(story, f"release {kind} {who}", now), _promise(story, kind, who, purpose)
    commitments.release(commitment=found, by=story.who(by), now=now, key=key)


# --- Claims ----------------------------------------------------------------------------------------------------------


@verb
def claims(
    story: Story, now: datetime.datetime, *, key: str, who: str, hours: float = 0, km: int = 0, euros: int = 0,
    meeting: str = "",
) -> None:  # fmt: skip
    """Somebody writes a claim: hours and kilometres, or hours for `euros` where tax is paid on them."""
    person, role, day = story.who(who), _role(story, who), timezone.localdate(now)
    asked = [
        {"kind": ItemKind.TIME, "day": day, "quantity": int(hours * MINUTES), "amount": euros * CENTS},
        {"kind": ItemKind.DISTANCE, "day": day, "quantity": km * TENTHS},
    ]
    made = claiming.begin_claim(
        by=person, now=now, key=story.key(f"claim {key}"), budget=_budget(story), assignment=role,
        meeting=story.meeting(meeting) if meeting else None,
    )  # fmt: skip
    rows = [row for row in asked if row["quantity"]]
    claiming.write_claim(
        claim=made, revision=made.revision, rows=rows, holder=person.name, iban=IBAN, by=person, now=now
    )


@verb
def sends_claim(story: Story, now: datetime.datetime, *, claim: str) -> None:
    """Whose claim it is sends it."""
    found = _claim(story, claim)
    key = _key(story, f"send {claim}", now)
    claiming.submit_claim(claim=found, revision=found.revision, by=found.user, now=now, key=key)


@verb
def holds_claim(story: Story, now: datetime.datetime, *, claim: str, until: str) -> None:
    """Whose claim it is keeps it for a later month."""
    found = _claim(story, claim)
    key = _key(story, f"hold {claim}", now)
    claiming.hold_claim(
        claim=found, revision=found.revision, until=story.day(until), by=found.user, now=now, key=key
    )  # fmt: skip


@verb
def cancels_claim(story: Story, now: datetime.datetime, *, claim: str) -> None:
    """Whose claim it is takes it back."""
    found = _claim(story, claim)
    key = _key(story, f"cancel {claim}", now)
    claiming.cancel_claim(claim=found, revision=found.revision, by=found.user, now=now, key=key)


@verb
def checks_claim(story: Story, now: datetime.datetime, *, claim: str) -> None:
    """The coordinator says that it is right."""
    found = _claim(story, claim)
    key = _key(story, f"check {claim}", now)
    judging.check_claim(claim=found, revision=found.revision, by=story.who("coordinator"), now=now, key=key)


@verb
def returns_claim(story: Story, now: datetime.datetime, *, claim: str, question: str) -> None:
    """The coordinator asks something first."""
    found = _claim(story, claim)
    judging.return_claim(
        claim=found, revision=found.revision, question=question, by=story.who("coordinator"), now=now,
        key=_key(story, f"return {claim}", now),
    )  # fmt: skip


@verb
def rejects_claim(story: Story, now: datetime.datetime, *, claim: str, reason: str) -> None:
    """The lead says no."""
    found = _claim(story, claim)
    judging.reject_claim(
        claim=found, revision=found.revision, reason=reason, by=story.who("lead"), now=now,
        key=_key(story, f"reject {claim}", now),
    )  # fmt: skip


@verb
def approves_claim(story: Story, now: datetime.datetime, *, claim: str) -> None:
    """The fund approves."""
    found = _claim(story, claim)
    key = _key(story, f"approve {claim}", now)
    judging.approve_claim(claim=found, revision=found.revision, by=story.who("manager"), now=now, key=key)


# --- Payments --------------------------------------------------------------------------------------------------------


@verb
def makes_batch(story: Story, now: datetime.datetime, *, batch: str, claims: Sequence[str]) -> None:
    """The finance officer makes a file for the bank. Raises ValueError when a claim does not fit in it."""
    chosen, payer = [_claim(story, one) for one in claims], Payer.objects.get(organisation=_fund().organisation)
    made = payments.make_batch(
        payer=payer, claims=chosen, pay_on=timezone.localdate(now), by=story.who("officer"), now=now,
        key=story.key(f"batch {batch}"),
    )  # fmt: skip
    if made[1]:
        raise ValueError(f"left out: {made[1]}")


@verb
def pays(story: Story, now: datetime.datetime, *, batch: str, claims: Sequence[str]) -> None:
    """The finance officer makes a file, and the bank pays it the same day."""
    makes_batch(story, now, batch=batch, claims=claims)
    payments.mark_paid(
        batch=_batch(story, batch), reference=f"VOORBEELD-{now:%Y%m%d}", by=story.who("officer"), now=now,
        key=_key(story, f"paid {batch}", now),
    )  # fmt: skip


@verb
def payment_fails(story: Story, now: datetime.datetime, *, claim: str, reason: str) -> None:
    """The bank sends one payment back."""
    key, found = _key(story, f"fail {claim}", now), _claim(story, claim)
    payments.mark_failed(claim=found, reason=reason, by=story.who("officer"), now=now, key=key)


@verb
def undoes_payment(story: Story, now: datetime.datetime, *, claim: str, reason: str) -> None:
    """A second manager asks to undo a payment, and the finance officer does."""
    payments.ask_reversal(claim=_claim(story, claim), reason=reason, by=story.who("fondsbeheerder2"), now=now)
    found = _claim(story, claim)
    key = _key(story, f"undo {claim}", now)
    payments.agree_reversal(claim=found, revision=found.revision, by=story.who("officer"), now=now, key=key)
