"""What the pages of who claims show: what can be asked, how a new claim begins, and who does what next."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participation.actions.money.rows import LINES, ROWS
from participation.models import (
    Assignment,
    Attendance,
    Claim,
    Commitment,
    Meeting,
    PaymentChoice,
    PaymentProfile,
    VolunteerRate,
)
from participation.money_claim_forms import Raw, hours_words, km_words
from participation.rates import is_young, rate_on
from participation.states import ClaimState, CommitmentState, ItemKind, MeetingState, Regime
from portal.core.money import euros

WHOLE = (
    "budget__fund__organisation", "budget__payer__organisation", "budget__project", "project__organisation",
    "project__patient_side", "organisation", "user", "assignment__user", "meeting",
)  # fmt: skip
OVER = (ClaimState.CANCELLED, ClaimState.REJECTED, ClaimState.REVERSED)
DAYS_TO_ASK = 92  # after a meeting, that we still point out that nothing was asked for it
OWN_REGIMES = (Regime.COSTS_ONLY, Regime.VOLUNTEER, Regime.TAXABLE_FEE, Regime.INVOICE)

# Each way to be paid, in words: what one gets, and what one does for it.
REGIME_WORDS: dict[Regime, str | Promise] = {
    Regime.NONE: gettext_lazy("U krijgt geen geld. U hoeft niets in te vullen. U kunt dit later veranderen."),
    Regime.COSTS_ONLY: gettext_lazy("U krijgt terug wat u zelf betaalde, zoals de trein. U stuurt een bon mee."),
    Regime.VOLUNTEER: gettext_lazy(
        "U krijgt een bedrag per uur, en uw reiskosten. Er is een grens per maand en per jaar. Wij rekenen mee."
    ),
    Regime.TAXABLE_FEE: gettext_lazy(
        "U krijgt een vergoeding die u met het project afspreekt. Vraag de Belastingdienst hoe u die opgeeft."
    ),
    Regime.INVOICE: gettext_lazy("U stuurt zelf een rekening, bijvoorbeeld omdat u een eigen bedrijf hebt."),
    Regime.ORG_INVOICE: gettext_lazy(
        "Uw patiëntenorganisatie stuurt een rekening. U regelt met hen wat u daarvan krijgt."
    ),
}


def promises_to(assignment: Assignment) -> QuerySet[Commitment]:
    """The promises that somebody can still ask money from, for one role."""
    found = Commitment.objects.filter(assignment=assignment, state=CommitmentState.RESERVED)
    return found.select_related("line__budget__fund__organisation", "line__budget__payer").order_by("pk")


def chosen_regime(assignment: Assignment) -> Regime | None:
    """How somebody wants to be paid for a role; None when they did not choose."""
    found = PaymentChoice.objects.filter(assignment=assignment).values_list("regime", flat=True).first()
    return Regime(found) if found else None


def is_ready(assignment: Assignment) -> bool:
    """Whether somebody told what a claim needs to know: how to be paid, and for hours with a limit their age."""
    regime = chosen_regime(assignment)
    if regime != Regime.VOLUNTEER:
        return regime in OWN_REGIMES
    profile = PaymentProfile.objects.filter(user=assignment.user_id).first()
    return is_young(profile, timezone.localdate()) is not None


def kinds_of(claim: Claim, promises: list[Commitment]) -> list[ItemKind]:
    """The rows that can be asked for: those of how somebody is paid, for which something is promised."""
    lines = {one.line.kind for one in promises}
    if claim.organisation_id is not None:
        return [ItemKind.INVOICE]
    return [kind for kind in ROWS[Regime(claim.regime)] if lines & set(LINES[kind])]


def claims_of(user: Any) -> QuerySet[Claim]:
    """The claims of one person, the newest first; those of an organisation have a page of their own."""
    mine = Claim.objects.filter(user=user, organisation=None).select_related("project", "budget__fund", "meeting")
    return mine.order_by("-begun_at", "-pk")


def claim_for(meeting: Meeting, user: Any) -> Claim | None:
    """What this person asks, or got, for `meeting`."""
    return claims_of(user).filter(meeting=meeting).exclude(state__in=OVER).first()


def meetings_to_claim(user: Any) -> list[Attendance]:
    """The meetings of the last three months at which somebody was and for which they asked nothing yet."""
    since = timezone.now() - datetime.timedelta(days=DAYS_TO_ASK)
    asked = Claim.objects.filter(user=user, meeting__isnull=False).exclude(state__in=OVER).values("meeting")
    there = Attendance.objects.filter(
        assignment__user=user, was_there=True, meeting__state=MeetingState.HELD, meeting__starts_at__gte=since,
        assignment__commitments__state=CommitmentState.RESERVED,
    ).exclude(meeting__in=asked)  # fmt: skip
    waived = Q(assignment__payment_choice__regime__in=[Regime.NONE, Regime.ORG_INVOICE])
    found = there.exclude(waived).select_related("meeting__project", "assignment").distinct()
    return list(found.order_by("-meeting__starts_at", "-pk"))


def first_rows(claim: Claim, attendance: Attendance | None, kinds: list[ItemKind], today: datetime.date) -> list[Raw]:
    """The rows with which a claim begins: of a meeting its time and the usual way there, else one empty row."""
    day = timezone.localtime(attendance.meeting.starts_at).date() if attendance else today
    rows: list[Raw] = []
    if attendance and ItemKind.TIME in kinds:
        hours = hours_words(attendance.minutes) if attendance.minutes else ""
        rows.append({"kind": ItemKind.TIME, "day": day.isoformat(), "hours": hours, "text": attendance.meeting.title})
    usual = PaymentProfile.objects.filter(user=claim.user_id).values_list("usual_km", flat=True).first()
    if attendance and ItemKind.DISTANCE in kinds:
        rows.append({"kind": ItemKind.DISTANCE, "day": day.isoformat(), "km": km_words(usual) if usual else ""})
    if not rows and kinds:
        rows.append({"kind": kinds[0], "day": day.isoformat()})
    return rows


def rate_words(regime: str, profile: PaymentProfile | None, today: datetime.date, *, is_example: bool) -> str:
    """What an hour and a kilometre come to now; "" where the rate is not known or does not count."""
    rate = rate_on(today, is_example=is_example)
    if rate is None:
        return ""
    kilometre = _("Voor elke kilometer krijgt u %(km)s.") % {"km": euros(rate.km)}
    if regime != Regime.VOLUNTEER:
        return kilometre
    return f"{_('Voor elk uur krijgt u %(hour)s.') % {'hour': euros(_hour(rate, profile, today))}} {kilometre}"


def _hour(rate: VolunteerRate, profile: PaymentProfile | None, today: datetime.date) -> int:
    return rate.hour_young if is_young(profile, today) else rate.hour


# --- Who does what next ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One step of the road of a claim: its words, and where it stands."""

    label: str | Promise
    who: str | Promise
    is_done: bool
    is_now: bool = False


ROAD = (ClaimState.SUBMITTED, ClaimState.CHECKED, ClaimState.APPROVED, ClaimState.EXPORTED, ClaimState.PAID)


def road_of(claim: Claim) -> list[Stage]:
    """The road of a claim that was sent and goes on; none of one that came to an end without payment."""
    if claim.state not in ROAD:
        return []
    checker = _("De beheerder van het fonds") if claim.project_id is None else _("De projectleider of de coördinator")
    told = (
        (_("Nakijken"), checker),
        (_("Goedkeuren"), _("De beheerder van het fonds")),
        (_("Betalen"), claim.budget.payer.organisation.name),
    )
    reached = {"SUBMITTED": 0, "CHECKED": 1, "APPROVED": 2, "EXPORTED": 2, "PAID": 3}[claim.state]
    return [
        Stage(label=label, who=who, is_done=number < reached, is_now=number == reached)
        for number, (label, who) in enumerate(told)
    ]


def next_words(claim: Claim) -> str:
    """Who has to do what now, in one sentence."""
    words: dict[str, str] = {
        ClaimState.DRAFT: _("U hebt deze declaratie nog niet verstuurd."),
        ClaimState.RETURNED: _("Er is een vraag voor u. Geef antwoord of verander uw declaratie. Stuur haar dan weer."),
        ClaimState.HELD: _("U bewaart deze declaratie. Daarna stuurt u haar zelf. U krijgt dan een mail van ons."),
        ClaimState.SUBMITTED: _("De projectleider of de coördinator kijkt nu of alles klopt."),
        ClaimState.CHECKED: _("De beheerder van het fonds beslist nu."),
        ClaimState.APPROVED: _("Uw declaratie is goedgekeurd. Wie betaalt, zet haar klaar voor de bank."),
        ClaimState.EXPORTED: _("De bank betaalt binnenkort."),
        ClaimState.PAID: _("Het geld is betaald. U hoeft niets te doen."),
        ClaimState.REJECTED: _("U krijgt dit geld niet. Hieronder staat waarom. Vragen? Mail de projectleider."),
        ClaimState.CANCELLED: _("U trok deze declaratie in. U kunt een nieuwe beginnen."),
        ClaimState.REVERSED: _("Deze declaratie is teruggedraaid. Hieronder staat waarom."),
    }
    if claim.state == ClaimState.SUBMITTED and claim.project_id is None:
        return _("De beheerder van het fonds kijkt nu of alles klopt.")
    return words[claim.state]
