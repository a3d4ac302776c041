"""What the portal holds of who claims, and of who promises, decides and pays."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.models import (
    Claim,
    Commitment,
    MoneyCommand,
    PaidElsewhere,
    PaymentBatch,
    PaymentChoice,
    PaymentProfile,
    PeriodTotal,
)
from participation.personal.base import PAYER, PROJECT_ONLY, YOU_ONLY, Fact, Held, Row, project_fact, when
from portal.core.money import euros


def _amount(key: str, label: Any, cents: int | None) -> Fact:
    """An amount: whole cents for programs, euros for people."""
    return Fact(key=key, label=label, value=cents, as_words=euros(cents) if cents is not None else "")


def choices(user: Any) -> Held:
    """How somebody wants to be paid for each role."""
    found = PaymentChoice.objects.filter(assignment__user=user).select_related("assignment__project").order_by("pk")
    rows: list[Row] = [
        (
            project_fact(one.assignment.project),
            Fact(key="regime", label=_("Uw keuze"), value=one.regime, as_words=one.get_regime_display()),
            when("chosen_at", _("Gekozen op"), one.chosen_at),
        )
        for one in found
    ]
    return Held(
        key="payment_choices", title=_("Hoe u betaald wilt worden"), sees=PAYER, rows=rows,
        keep=_("Tot 24 maanden na het einde van het project."),
    )  # fmt: skip


def told(user: Any) -> Held:
    """What somebody told so that a claim stays under the limits."""
    rows: list[Row] = [
        (
            Fact(key="is_21", label=_("21 jaar of ouder"), value=one.is_21),
            when("turns_21_in", _("Wordt 21 in de maand van"), one.turns_21_in),
            _amount("ceiling", _("Uw eigen grens per maand"), one.ceiling),
            Fact(key="usual_km", label=_("Tienden van een kilometer, de laatste keer"), value=one.usual_km),
        )
        for one in PaymentProfile.objects.filter(user=user)
    ]
    return Held(
        key="payment_profile", title=_("Wat u vertelde voor uw vergoeding"), sees=YOU_ONLY, rows=rows,
        keep=_("Zolang u een account hebt. De maand waarin u 21 wordt, tot die maand voorbij is."),
    )  # fmt: skip


def elsewhere(user: Any) -> Held:
    """What somebody says to get from others."""
    rows: list[Row] = [
        (when("month", _("De maand van"), one.month), _amount("amount", _("Bedrag"), one.amount))
        for one in PaidElsewhere.objects.filter(user=user).order_by("month")
    ]
    return Held(
        key="paid_elsewhere", title=_("Wat u van anderen krijgt"), sees=YOU_ONLY, rows=rows,
        keep=_("Tot het einde van het jaar erna."),
    )  # fmt: skip


def totals(user: Any) -> Held:
    """What counts for the limits of a month and a year."""
    rows: list[Row] = [
        (Fact(key="period", label=_("Maand of jaar"), value=one.period), _amount("amount", _("Bedrag"), one.amount))
        for one in PeriodTotal.objects.filter(user=user).order_by("period")
    ]
    return Held(
        key="period_totals", title=_("Wat meetelt voor de grenzen"), sees=YOU_ONLY, rows=rows,
        keep=_("Zeven jaar, of zolang u een account hebt."),
    )  # fmt: skip


def claims(user: Any) -> Held:
    """Claims with their rows; and those that somebody typed out, checked, approved or reversed."""
    mine = Claim.objects.filter(user=user).select_related("budget__fund").prefetch_related("items")
    receipts = dict.fromkeys(mine.values_list("pk", flat=True), 0)
    for pk in mine.filter(receipts__isnull=False).values_list("pk", flat=True):
        receipts[pk] += 1
    rows: list[Row] = [(*_mine(one), Fact(key="receipts", label=_("Bonnen"), value=receipts.get(one.pk) or None))
                       for one in mine.order_by("begun_at", "pk")]  # fmt: skip
    for name, label, moment in _DID:
        found = Claim.objects.filter(**{name: user}).order_by("pk").values_list(moment, flat=True)
        rows += [(when(name, label, at),) for at in found]
    return Held(
        key="claims", title=_("Declaraties"), sees=PAYER, rows=rows,
        keep=_("Zeven jaar, voor de belasting. Uw rekeningnummer tot 30 dagen na de betaling."),
    )  # fmt: skip


_DID = (
    ("typed_out_by", _("U typte een declaratie over op"), "begun_at"),
    ("checked_by", _("U keek een declaratie na op"), "checked_at"),
    ("approved_by", _("U keurde een declaratie goed op"), "approved_at"),
    ("reversal_asked_by", _("U vroeg een betaling terug te draaien op"), "reversal_asked_at"),
    ("reversed_by", _("U draaide een betaling terug op"), "reversed_at"),
)


def _mine(one: Claim) -> Row:
    lines = [
        f"{item.day:%d-%m-%Y} {item.get_kind_display()} {item.text} {euros(item.amount)}"
        for item in sorted(one.items.all(), key=lambda item: item.place)
    ]
    return (
        Fact(key="fund", label=_("Fonds"), value=one.budget.fund.name),
        Fact(key="regime", label=_("Hoe u betaald wordt"), value=one.regime, as_words=one.get_regime_display()),
        Fact(key="state", label=_("Stand"), value=one.state, as_words=one.get_state_display()),
        _amount("amount", _("Bedrag"), one.amount),
        Fact(key="rows", label=_("Regels"), value=" / ".join(lines) or None),
        Fact(key="holder", label=_("Rekening van"), value=one.holder or None),
        Fact(key="iban_end", label=_("Rekeningnummer, de laatste tekens"), value=one.iban_end or None),
        Fact(key="question", label=_("Vraag aan u"), value=one.question or None),
        Fact(key="answer", label=_("Uw antwoord"), value=one.answer or None),
        Fact(key="reason", label=_("Waarom"), value=one.reason or None),
        when("submitted_at", _("Verstuurd op"), one.submitted_at),
        when("paid_at", _("Betaald op"), one.paid_at),
    )


def decisions(user: Any) -> Held:
    """What somebody asked, decided or paid as the work of an organisation."""
    found = Commitment.objects.filter(Q(asked_by=user) | Q(decided_by=user)).order_by("asked_at", "pk")
    rows: list[Row] = [
        (
            Fact(key="commitment", label=_("Toezegging"), value=one.what_for),
            when("at", _("Gevraagd op"), one.asked_at),
            Fact(key="decided", label=_("U besliste"), value=one.decided_by_id == user.pk),
        )
        for one in found
    ]
    batches = PaymentBatch.objects.filter(made_by=user).order_by("made_at", "pk")
    rows += [(when("batch_made_at", _("U maakte een bestand voor de bank op"), one.made_at),) for one in batches]
    done = MoneyCommand.objects.filter(actor_id=user.pk).order_by("happened_at", "pk")
    rows += [
        (Fact(key="command", label=_("Wat"), value=one.kind), when("happened_at", _("Wanneer"), one.happened_at))
        for one in done
    ]
    return Held(
        key="money_work", title=_("Wat u met geld voor patiënten deed"), sees=PROJECT_ONLY, rows=rows,
        keep=_("Zeven jaar. Er staat een nummer bij, geen naam."),
    )  # fmt: skip
