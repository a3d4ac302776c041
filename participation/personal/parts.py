"""Everything that the portal holds about somebody, by part, in plain words: for that person to see and to take along.

Each model with something personal has a function here, or stands in NOT_SHOWN with the reason (tested).
"""

import datetime
from collections.abc import Mapping
from typing import Any

from participation.personal import money, of_account, profile, recruiting, roles, working
from participation.personal.base import Held, Part

# The account first, for everybody; then what each model of participation holds.
OF_ACCOUNT: tuple[Part, ...] = (of_account.account, of_account.roles, of_account.log)
PARTS: Mapping[str, Part] = {
    "participation.Profile": profile.profile,
    "participation.Perspective": profile.perspectives,
    "participation.Consent": profile.consents,
    "participation.Candidacy": recruiting.candidacies,
    "participation.PaymentWish": recruiting.candidacies,
    "participation.Assessment": recruiting.choosing,
    "participation.RoleOffer": roles.offers,
    "participation.Assignment": roles.assignments,
    "participation.SignatureName": roles.signatures,
    "participation.SigningLink": roles.signatures,
    "participation.WelcomeStep": roles.welcome_steps,
    "participation.Interest": roles.interests,
    "participation.Attendance": working.attendances,
    "participation.MeetingPaper": working.papers,
    "participation.Message": working.messages,
    "participation.DigestWish": working.mail_wish,
    "participation.ProjectTask": working.tasks,
    "participation.Advice": working.advice,
    "participation.AdviceDraft": working.drafts,
    "participation.PulseAsked": working.pulses,
    "participation.TeamMember": roles.team,
    "participation.Project": roles.team,
    "participation.Vacancy": working.decisions,
    "participation.GateReview": working.decisions,
    "participation.GateException": working.decisions,
    "participation.Response": working.decisions,
    "participation.Viewing": profile.viewings,
    "participation.PaymentChoice": money.choices,
    "participation.PaymentProfile": money.told,
    "participation.PaidElsewhere": money.elsewhere,
    "participation.PeriodTotal": money.totals,
    "participation.Claim": money.claims,
    "participation.ClaimItem": money.claims,
    "participation.Receipt": money.claims,
    "participation.Commitment": money.decisions,
    "participation.PaymentBatch": money.decisions,
    "participation.MoneyCommand": money.decisions,
}
NOT_SHOWN: Mapping[str, str] = {}  # model → why it is not in the list


def held_about(user: Any) -> list[Held]:
    """Everything, each part once; parts that hold nothing too."""
    return [part(user) for part in dict.fromkeys((*OF_ACCOUNT, *PARTS.values()))]


def copy_of(user: Any, now: datetime.datetime) -> dict[str, Any]:
    """The copy that somebody takes along: the same as the page, as JSON."""
    return {"made_at": now.isoformat(), **{held.key: held.as_json() for held in held_about(user)}}
