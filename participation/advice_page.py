"""What people see of a piece of advice: from asking to verdict, one moment after the other, each on its side."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participation import advice_dates as dates
from participation.models import Advice, AdviceVersion, Project, Response, Verdict
from participation.states import AdviceState, Decision, Judgement, Outcome
from portal.core.dates import long_date

PATIENTS, ORGANISATION, CLOCK = "patients", "organisation", "clock"
# A promise was kept or not; of what is not done there is only the reason to judge.
VERDICTS: dict[str, dict[str, str | Promise]] = {
    Outcome.DONE: {judgement.value: judgement.label for judgement in Judgement},
    Outcome.WILL_NOT_DO: {
        Judgement.CONFIRMED: gettext_lazy("Wij begrijpen waarom"),
        Judgement.PARTLY: gettext_lazy("Wij begrijpen het deels"),
        Judgement.DISPUTED: gettext_lazy("Wij zijn het er niet mee eens"),
    },
}


def verdict_label(advice: Advice, judgement: str) -> str:
    """The verdict in words, by what came of the advice."""
    return str(VERDICTS[advice.outcome or Outcome.DONE][judgement])


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A line of a moment; `is_dutch`: people wrote it, so it stays Dutch on an English page."""

    label: str
    value: str
    is_dutch: bool = False


@dataclass(frozen=True, kw_only=True)
class Moment:
    """Something that happened, or has to happen, on the road of a piece of advice."""

    side: str
    title: str
    at: datetime.datetime | datetime.date | None = None
    text: str = ""
    text_en: str = ""
    dissent: str = ""
    facts: tuple[Fact, ...] = ()
    notes: tuple[str, ...] = ()
    is_old: bool = False  # a later version or answer took its place
    is_next: bool = False  # not done yet
    is_late: bool = False

    @property
    def has_dutch(self) -> bool:
        """Whether people wrote something here that has no English."""
        return bool((self.text and not self.text_en) or self.dissent or any(fact.is_dutch for fact in self.facts))


@dataclass(frozen=True, kw_only=True)
class AdviceShown:
    """A piece of advice with all that everybody may know of it."""

    advice: Advice
    versions: list[AdviceVersion]
    responses: list[Response]
    verdict: Verdict | None
    late_since: datetime.date | None
    moments: list[Moment] = field(default_factory=list)

    @property
    def version(self) -> AdviceVersion | None:
        """The newest text."""
        return self.versions[-1] if self.versions else None

    @property
    def response(self) -> Response | None:
        """The newest answer."""
        return self.responses[-1] if self.responses else None

    @property
    def has_dutch(self) -> bool:
        """Whether a reader of English meets Dutch."""
        return any(moment.has_dutch for moment in self.moments)

    @property
    def givers(self) -> str:
        """Who gave it, by number."""
        return givers_in_words(self.version.numbers) if self.version else ""

    @property
    def status(self) -> str:
        """How far it is, in words."""
        return status_of(self.advice)

    @property
    def was_dropped(self) -> bool:
        """Whether it was adopted first, and is not done after all."""
        return self.advice.outcome == Outcome.WILL_NOT_DO and bool(self.advice.finish_text)

    @property
    def verdict_words(self) -> str:
        """The verdict in words."""
        return verdict_label(self.advice, self.verdict.judgement) if self.verdict else ""


def status_of(advice: Advice) -> str:
    """How far `advice` is, in words: what is not answered yet waits."""
    if advice.state in {AdviceState.SUBMITTED, AdviceState.ACKNOWLEDGED}:
        return _("Wacht op antwoord")
    return str(AdviceState(advice.state).label)


def givers_in_words(numbers: Iterable[int]) -> str:
    """ "patiëntvertegenwoordiger 1 en 2": never a name."""
    every = [str(number) for number in sorted(numbers)]
    if not every:
        return _("een patiëntvertegenwoordiger")
    listed = " {} ".format(_("en")).join(part for part in (", ".join(every[:-1]), every[-1]) if part)
    return ngettext("patiëntvertegenwoordiger %(who)s", "patiëntvertegenwoordigers %(who)s", len(every)) % {
        "who": listed
    }


def for_showing(found: QuerySet[Advice]) -> QuerySet[Advice]:
    """`found` with all that `shown` reads, in a fixed number of questions."""
    return found.select_related("project__organisation", "verdict", "meeting").prefetch_related("versions", "responses")


def shown(advice: Advice, today: datetime.date) -> AdviceShown:
    """`advice` (of `for_showing`) as everybody sees it."""
    versions = sorted(advice.versions.all(), key=lambda one: one.number)
    responses = sorted(advice.responses.all(), key=lambda one: one.number)
    verdict = getattr(advice, "verdict", None)
    made = AdviceShown(
        advice=advice, versions=versions, responses=responses, verdict=verdict,
        late_since=dates.late_since(advice, today),
    )  # fmt: skip
    made.moments.extend(_moments(made, today))
    return made


def advice_of(project: Project) -> dict[str, Any]:
    """Each piece of public advice on `project`, the newest first; part of its page."""
    found = for_showing(project.advice.public()).order_by("-released_at", "-pk")
    today = timezone.localdate()
    every = [shown(one, today) for one in found]
    return {"advice_given": every, "advice_late": sum(one.late_since is not None for one in every)}


# --- The road --------------------------------------------------------------------------------------------------------


def _moments(one: AdviceShown, today: datetime.date) -> list[Moment]:
    """Everything that happened, in order, and then what has to happen."""
    happened = [*_asked(one), *_received(one), *_answered(one), *_done(one), *_judged(one)]
    happened.sort(key=lambda moment: _as_moment(moment.at))
    return [*happened, *_next(one, today)]


def _as_moment(at: datetime.datetime | datetime.date | None) -> float:
    return at.timestamp() if isinstance(at, datetime.datetime) else 0.0


def _asked(one: AdviceShown) -> Iterable[Moment]:
    advice = one.advice
    for version in one.versions:
        is_first = version.number == 1
        notes = []
        if is_first and advice.typed_out_by_id and advice.on_paper:
            notes.append(_("Uitgetypt door de coördinator. Wie het gaf, zette een handtekening op papier."))
        elif is_first and advice.typed_out_by_id:
            notes.append(_("Uitgetypt door de coördinator. Wie het gaf, vond de tekst goed."))
        yield Moment(
            side=PATIENTS, at=version.given_at, text=version.text, text_en=version.text_en, notes=tuple(notes),
            title=_("Advies") if is_first else _("Advies, versie %(number)d") % {"number": version.number},
            dissent=version.dissent, facts=(Fact(label=_("Van"), value=givers_in_words(version.numbers)),),
            is_old=version is not one.version,
        )  # fmt: skip


def _received(one: AdviceShown) -> Iterable[Moment]:
    advice = one.advice
    first = one.responses[0].responded_at if one.responses else None
    if advice.acknowledged_at and advice.acknowledged_at != first:
        notes = _too_late(advice.acknowledged_at, advice.acknowledge_by)
        yield Moment(side=ORGANISATION, at=advice.acknowledged_at, title=_("Gelezen"), notes=notes)
    if advice.more_time_at:
        facts = _day(_("Antwoord uiterlijk"), advice.respond_by)
        yield Moment(side=ORGANISATION, at=advice.more_time_at, title=_("Meer tijd nodig"),
                     text=advice.more_time_reason, facts=facts)  # fmt: skip


def _answered(one: AdviceShown) -> Iterable[Moment]:
    for response in one.responses:
        is_first = response.number == 1
        decision = str(Decision(response.decision).label)
        title = _("Antwoord: %(decision)s") if is_first else _("Antwoord, versie %(number)d: %(decision)s")
        yield Moment(
            side=ORGANISATION, at=response.responded_at, text=response.reason, text_en=response.reason_en,
            title=title % {"decision": decision.lower(), "number": response.number}, facts=_promise(response),
            is_old=response is not one.response,
            notes=_too_late(response.responded_at, one.advice.respond_by) if is_first else (),
        )  # fmt: skip


def _promise(response: Response) -> tuple[Fact, ...]:
    """What was promised in an answer, and why it is not easier to read."""
    texts = [
        (_("Wat er gaat gebeuren"), response.promise),
        (_("Wie dat doet"), response.promised_by),
        (_("Waarom deze tekst niet makkelijker is"), response.language_reason),
    ]
    found = [Fact(label=label, value=text, is_dutch=True) for label, text in texts if text]
    return (*found, *_day(_("Klaar voor"), response.promised_for))


def _day(label: str, day: datetime.date | None) -> tuple[Fact, ...]:
    return (Fact(label=label, value=long_date(day)),) if day else ()


def _done(one: AdviceShown) -> Iterable[Moment]:
    advice = one.advice
    if advice.started_at:
        yield Moment(side=ORGANISATION, at=advice.started_at, title=_("Begonnen met uitvoeren"))
    if advice.finished_at and advice.finish_text:
        is_done = advice.outcome == Outcome.DONE
        yield Moment(
            side=ORGANISATION, at=advice.finished_at, text=advice.finish_text,
            title=_("Gedaan") if is_done else _("Wordt toch niet gedaan"),
            notes=_too_late(advice.finished_at, advice.promise_by),
        )  # fmt: skip


def _judged(one: AdviceShown) -> Iterable[Moment]:
    if one.verdict:
        notes = (_("De coördinator gaf dit oordeel. Wie het advies gaf, doet niet meer mee."),)
        yield Moment(
            side=PATIENTS, at=one.verdict.judged_at, text=one.verdict.text, notes=notes * one.verdict.by_coordinator,
            title=_("Oordeel: %(words)s") % {"words": one.verdict_words.lower()},
        )  # fmt: skip
    elif one.advice.lapsed_at:
        told = _("Wie het advies gaf, gaf binnen 60 dagen geen oordeel.")  # our words: there is English of them
        yield Moment(side=CLOCK, at=one.advice.lapsed_at, title=_("Geen oordeel"), text=told, text_en=told)


def _next(one: AdviceShown, today: datetime.date) -> Iterable[Moment]:
    """What has to happen now, by whom and before when."""
    advice = one.advice
    if (until := dates.judge_by(advice)) and advice.state in {AdviceState.DONE, AdviceState.WILL_NOT_DO}:
        yield Moment(side=PATIENTS, title=_("Oordeel van wie het advies gaf"), is_next=True,
                     facts=_day(_("Uiterlijk"), until))  # fmt: skip
    if advice.state == AdviceState.SUBMITTED and advice.acknowledge_by:
        yield _to_do(_("Laten weten dat het is gelezen"), advice.acknowledge_by, today)
    if advice.state in {AdviceState.SUBMITTED, AdviceState.ACKNOWLEDGED} and advice.respond_by:
        yield _to_do(_("Antwoord geven"), advice.respond_by, today)
    if advice.state in {AdviceState.RESPONDED, AdviceState.IN_PROGRESS} and advice.promise_by:
        yield _to_do(_("Doen wat is beloofd"), advice.promise_by, today)


def _to_do(title: str, day: datetime.date, today: datetime.date) -> Moment:
    facts = _day(_("Uiterlijk"), day)
    return Moment(side=ORGANISATION, title=title, facts=facts, is_next=True, is_late=day < today)


def _too_late(at: datetime.datetime, until: datetime.date | None) -> tuple[str, ...]:
    """How many days after the day that counted something was done, in words; nothing when it was in time."""
    days = (timezone.localtime(at).date() - until).days if until else 0
    if days <= 0:
        return ()
    return (ngettext("%(days)d dag te laat", "%(days)d dagen te laat", days) % {"days": days},)
