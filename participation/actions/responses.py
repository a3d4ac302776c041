"""Everything that writes what an organisation does with advice, and the verdict of who gave it.

Nothing that was answered is ever changed: a correction is a new Response, and all stay readable.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from participation import advice_emails as emails
from participation.actions.common import day_of, needed, target_of
from participation.advice_dates import MOST_YEARS_OF_PROMISE, respond_by_at_most
from participation.advice_permissions import can_answer, can_judge
from participation.advice_texts import cleaned, in_plain_words
from participation.entry_summary import tell_entries
from participation.models import Advice, Response, Verdict
from participation.states import ADVICE, PROMISED, AdviceState, Decision, Judgement, Outcome
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.dates import add_months
from portal.core.workflow import StepNotAllowed

A_LITTLE_HARD = "short"  # of a short text what is a little hard passes; what nobody can read does not


def _take(advice: Advice, name: str, **fields: Any) -> None:
    """Take the step `name`, by compare-and-set: of two at once, one is first. Raises StepNotAllowed."""
    step = ADVICE.step(advice.state, name)
    if not Advice.objects.filter(pk=advice.pk, state=step.source).update(state=step.target, **fields):
        raise StepNotAllowed(f"{name}: the advice changed meanwhile")
    for field, value in {"state": step.target, **fields}.items():
        setattr(advice, field, value)


def _about(advice: Advice, by: Any, now: datetime.datetime, **data: Any) -> dict[str, Any]:
    """What `record` is told of `advice`."""
    return {"by": by, "target": target_of(advice.project), "now": now, "advice": str(advice.uuid), **data}


# --- Answering -------------------------------------------------------------------------------------------------------


@transaction.atomic
def acknowledge(*, advice: Advice, by: Any, now: datetime.datetime) -> None:
    """Say that the advice was received. Raises PermissionDenied, StepNotAllowed."""
    can_answer(by, advice)
    _take(advice, "acknowledge", acknowledged_at=now)
    record("advice.acknowledged", **_about(advice, by, now))
    raise_revision()


@transaction.atomic
def take_more_time(
    *, advice: Advice, until: datetime.date | None, reason: str, by: Any, now: datetime.datetime
) -> None:
    """Answer later, once, with a public reason; not when the answer is late already.

    Raises PermissionDenied, ValidationError by field, StepNotAllowed.
    """
    can_answer(by, advice)
    ADVICE.step(advice.state, "more_time")
    why = needed(cleaned({"reason": reason})["reason"], _("Schrijf waarom u meer tijd nodig hebt."), "reason")
    in_plain_words({"reason": (_("Waarom"), why)}, A_LITTLE_HARD, advice.project)
    if advice.more_time_at is not None:
        raise StepNotAllowed("more_time: it was taken before", told=_("U nam al één keer meer tijd."))
    first, today = advice.respond_by, day_of(now)
    if first is None or first < today:
        raise StepNotAllowed("more_time: it is late", told=_("De dag voor het antwoord is voorbij. Geef antwoord."))
    if until is None or not first < until <= respond_by_at_most(first):
        raise ValidationError({"until": _("Kies een dag na de eerste dag, binnen 30 dagen daarna.")})
    received = {} if advice.acknowledged_at else {"acknowledged_at": now}
    still_first = Advice.objects.filter(pk=advice.pk, more_time_at__isnull=True)
    if not still_first.update(more_time_at=now):
        raise StepNotAllowed("more_time: a colleague was first")
    _take(advice, "more_time", respond_by=until, more_time_reason=why, **received)
    record("advice.more_time", **_about(advice, by, now))
    emails.more_time(advice)
    raise_revision()


@transaction.atomic
def respond(*, advice: Advice, fields: Mapping[str, Any], by: Any, now: datetime.datetime) -> Response:
    """Answer advice: decision, reason, and what will be done, by which function, before when.

    What is not adopted needs no promise; who gave it can judge at once. Raises PermissionDenied, ValidationError by
    field, StepNotAllowed.
    """
    can_answer(by, advice)
    name = "decline" if fields.get("decision") == Decision.NOT_ADOPTED else "respond"
    ADVICE.step(advice.state, name)
    made = _checked(advice, fields, now)
    return _answer(name, advice, made, by, now)


@transaction.atomic
def amend(*, advice: Advice, after: int, fields: Mapping[str, Any], by: Any, now: datetime.datetime) -> Response:
    """Correct the answer with the number `after` by a new one; what was not adopted may be promised after all.

    What was promised is not taken back here but by `drop`. Raises as `respond` does, and StepNotAllowed when there is
    a newer answer.
    """
    can_answer(by, advice)
    promises = fields.get("decision") != Decision.NOT_ADOPTED
    if advice.state in PROMISED and not promises:
        raise ValidationError({"decision": _("U beloofde iets. Kies “Wordt niet gedaan” als dat niet meer gaat.")})
    if advice.state == AdviceState.WILL_NOT_DO and not promises and newest(advice).decision != Decision.NOT_ADOPTED:
        raise ValidationError({"decision": _("U zei al dat u het niet doet. Kies wat u nu wel gaat doen.")})
    name = "reconsider" if advice.state == AdviceState.WILL_NOT_DO and promises else "amend"
    ADVICE.step(advice.state, name)
    made = _checked(advice, fields, now)
    return _answer(name, advice, made, by, now, after=after)


def newest(advice: Advice) -> Response:
    """The answer that counts now. Raises Response.DoesNotExist when there is none."""
    return advice.responses.order_by("-number")[0:1].get()


def _checked(advice: Advice, fields: Mapping[str, Any], now: datetime.datetime) -> dict[str, Any]:
    """The fields of a Response. Raises ValidationError by field for what is missing, wrong or too hard to read."""
    names = ("decision", "reason", "reason_en", "language_reason", "promise", "promised_by", "promised_for")
    made = cleaned({name: fields.get(name) or "" for name in names})
    made["promised_for"] = fields.get("promised_for")
    faults: dict[str, Any] = {}
    if made["decision"] not in Decision.values:
        faults["decision"] = _("Kies wat u met het advies doet.")
    if not made["reason"]:
        faults["reason"] = _("Schrijf waarom.")
    if made["decision"] == Decision.NOT_ADOPTED:
        made |= {"promise": "", "promised_by": "", "promised_for": None}
    else:
        faults |= _without_promise(made, day_of(now))
    if faults:
        raise ValidationError(faults)
    texts = {"reason": (_("Waarom"), made["reason"]), "promise": (_("Wat u gaat doen"), made["promise"])}
    in_plain_words(texts, made["language_reason"], advice.project)
    return made


def _without_promise(made: Mapping[str, Any], today: datetime.date) -> dict[str, Any]:
    faults = {}
    if not made["promise"]:
        faults["promise"] = _("Schrijf wat u gaat doen.")
    if not made["promised_by"]:
        faults["promised_by"] = _("Schrijf welke functie dit doet, zonder naam.")
    day, last = made["promised_for"], add_months(today, 12 * MOST_YEARS_OF_PROMISE)
    if day is None or not today <= day <= last:
        faults["promised_for"] = _("Kies een dag vanaf vandaag, binnen twee jaar.")
    return faults


def _answer(
    name: str, advice: Advice, made: Mapping[str, Any], by: Any, now: datetime.datetime, *, after: int = 0
) -> Response:
    """Write the answer with the step: the state first, so that of two answers at once one is first."""
    ends: dict[str, Any] = {"promise_by": made["promised_for"]}
    if name == "decline":
        ends |= {"outcome": Outcome.WILL_NOT_DO, "finished_at": now, "finish_text": ""}
    elif name == "reconsider":
        ends |= {"outcome": "", "finished_at": None, "finish_text": ""}
    if name in {"respond", "decline"} and advice.acknowledged_at is None:
        ends["acknowledged_at"] = now
    _take(advice, name, **ends)
    if (advice.responses.aggregate(most=Max("number"))["most"] or 0) != after:
        raise StepNotAllowed(f"{name}: there is a newer answer")
    number = after + 1
    response = Response.objects.create(advice=advice, number=number, responded_at=now, actor_id=by.pk, **made)
    kind = "advice.answer_corrected" if number > 1 else "advice.answered"
    record(kind, **_about(advice, by, now, decision=made["decision"], number=number))
    emails.answered(advice, response)
    tell_entries(advice.project, now)
    raise_revision()
    return response


# --- Doing what was promised -----------------------------------------------------------------------------------------


@transaction.atomic
def start(*, advice: Advice, by: Any, now: datetime.datetime) -> None:
    """Say that work on the promise began. Raises PermissionDenied, StepNotAllowed."""
    can_answer(by, advice)
    _take(advice, "start", started_at=now)
    record("advice.started", **_about(advice, by, now))
    raise_revision()


@transaction.atomic
def finish(*, advice: Advice, text: str, by: Any, now: datetime.datetime) -> None:
    """Say that the promise was kept, and what was done. Raises PermissionDenied, ValidationError, StepNotAllowed."""
    _finish("do", advice, text, _("Schrijf wat er is gedaan."), by, now)


@transaction.atomic
def drop(*, advice: Advice, text: str, by: Any, now: datetime.datetime) -> None:
    """Say that the promise will not be kept, and why. Raises as `finish` does."""
    _finish("drop", advice, text, _("Schrijf waarom het niet wordt gedaan."), by, now)


def _finish(name: str, advice: Advice, text: str, missing: str, by: Any, now: datetime.datetime) -> None:
    can_answer(by, advice)
    step = ADVICE.step(advice.state, name)
    told = needed(cleaned({"finish_text": text})["finish_text"], missing, "finish_text")
    in_plain_words({"finish_text": (_("Deze tekst"), told)}, A_LITTLE_HARD, advice.project)
    _take(advice, name, outcome=step.target, finished_at=now, finish_text=told)
    kind = "advice.done" if name == "do" else "advice.dropped"
    record(kind, **_about(advice, by, now))
    emails.verdict_asked(advice)
    tell_entries(advice.project, now)
    raise_revision()


# --- The verdict -----------------------------------------------------------------------------------------------------


@transaction.atomic
def judge(*, advice: Advice, judgement: str, text: str, by: Any, now: datetime.datetime) -> Verdict:
    """Say whether what was promised was done: one verdict of all who gave the advice.

    Raises PermissionDenied, ValidationError by field, StepNotAllowed.
    """
    can_judge(by, advice)
    ADVICE.step(advice.state, "judge")
    if judgement not in Judgement.values:
        raise ValidationError({"judgement": _("Kies uw oordeel.")})
    words = cleaned({"verdict": text})["verdict"]
    if judgement != Judgement.CONFIRMED and not words:
        raise ValidationError({"text": _("Schrijf wat er mist of anders moet.")})
    by_coordinator = not advice.givers.filter(user=by.pk).exists()
    _take(advice, "judge")
    verdict = Verdict.objects.create(
        advice=advice, judgement=judgement, text=words, judged_at=now, by_coordinator=by_coordinator
    )
    record("advice.judged", **_about(advice, by, now, judgement=judgement))
    emails.judged(advice, judgement)
    tell_entries(advice.project, now)
    raise_revision()
    return verdict
