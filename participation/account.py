"""The closing account: its five items, and what the project itself already knows of each."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from participation.advice_page import advice_of
from participation.gatekeeping import late_exceptions
from participation.models import ClosingAccount, Project
from participation.pulse import rounds_of
from participation.states import PHASES, AccountState, Decision, Outcome, ProjectState
from participation.taking_part import (
    advice_by_phase,
    advice_counts,
    contributors,
    everybody,
    meetings_held,
    role_counts,
)

# The items of GRIPP2-SF, in order: the field, and how people read it.
ITEMS: dict[str, str | Promise] = {
    "aim": _("Wat wilden wij van patiënten weten?"),
    "methods": _("Hoe deden patiënten mee?"),
    "results": _("Wat kwam eruit?"),
    "discussion": _("Wat veranderde er door patiënten?"),
    "reflection": _("Wat ging goed, en wat kan beter?"),
}


def prefilled(project: Project) -> dict[str, str]:
    """A first text of each item, from what the project knows. In Dutch, as all that people write here."""
    with override("nl"):
        return {
            "aim": _aim(project), "methods": _methods(project), "results": _results(project),
            "discussion": _discussion(project), "reflection": _reflection(project),
        }  # fmt: skip


def _lines(first: str, rest: Iterator[str] | list[str]) -> str:
    listed = "\n".join(f"- {line}" for line in rest)
    return f"{first}\n\n{listed}" if listed else first


def _aim(project: Project) -> str:
    return project.question


def _number(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _methods(project: Project) -> str:
    """Whole sentences: the language check reads them too."""
    found, meetings, advice = contributors(project), meetings_held(project), advice_by_phase(project)
    entered = set(project.passages.values_list("phase", flat=True))
    roles = [
        f"Als {str(one.influence.label).lower()} deden mee: {_number(one.now + one.before, 'mens', 'mensen')}."
        for one in role_counts(project)
    ]
    phases = [
        f"In de fase “{phase.label}” dachten er met ons mee: "
        f"{_number(len(found.get(phase, ())), 'patiënt', 'patiënten')}. Wij hielden "
        f"{_number(meetings[phase], 'gesprek', 'gesprekken')} en zij gaven ons "
        f"{_number(advice[phase], 'advies', 'adviezen')}."
        for phase in PHASES
        if phase in entered
    ]
    everyone = _number(len(everybody(found)), "patiëntvertegenwoordiger", "patiëntvertegenwoordigers")
    return _lines(f"In dit project dachten er met ons mee: {everyone}.", [*roles, *phases])


def _results(project: Project) -> str:
    counts = advice_counts(project)
    first = (
        f"Wij kregen van patiënten {_number(counts.given, 'advies', 'adviezen')}. Wij namen er {counts.adopted} over, "
        f"{counts.partly} voor een deel en {counts.not_adopted} niet. Zonder antwoord: {counts.unanswered}."
    )
    given = (
        f"Over “{str(one.advice.get_topic_display()).lower()}”: "
        + (f"dit advies is {str(Decision(one.response.decision).label).lower()}." if one.response
           else "hier is nog geen antwoord op.")
        for one in reversed(advice_of(project)["advice_given"])
    )  # fmt: skip
    return _lines(first, given)


def _discussion(project: Project) -> str:
    every = advice_of(project)["advice_given"]
    done = [one.advice.finish_text for one in every if one.advice.outcome == Outcome.DONE]
    dropped = [one for one in every if one.advice.outcome == Outcome.WILL_NOT_DO]
    kept = advice_counts(project).kept
    first = (
        f"Gedaan na advies: {len(done)}. Niet gedaan: {len(dropped)}. Gedaan zoals beloofd, zeggen de gevers: {kept}."
    )
    return _lines(first, [" ".join(text.split()) for text in done])


def _reflection(project: Project) -> str:
    today = timezone.localdate()
    lines = [
        f"Een uitzondering, verder zonder patiënten: {one.get_state_display().lower()}"
        for one in project.exceptions.order_by("asked_at", "pk")
    ]
    if late_exceptions(today).filter(project=project).exists():
        lines.append("Wij waren te laat met patiënten die weer meedoen.")
    if advice_of(project)["advice_late"]:
        lines.append("Wij zijn te laat met een antwoord of een belofte.")
    lines += _pulse_lines(project)
    return _lines("Dit ging goed: …\n\nDit kan beter: …", lines)


def _pulse_lines(project: Project) -> Iterator[str]:
    """What the newest closed pulse said, where it may be shown."""
    rounds = rounds_of(project)["pulses"]
    for question, *sides in rounds[0].rows if rounds else ():
        for name, side in zip(("vertegenwoordigers", "team"), sides, strict=True):
            if side.average is not None:
                yield f"“{question}” {name}: {str(side.average).replace('.', ',')} van 5"


def is_public(account: ClosingAccount) -> bool:
    """Whether everybody may read it: both sides agreed, and the project ended."""
    return account.state == AccountState.AGREED and account.project.state != ProjectState.RUNNING


def account_of(project: Project) -> dict[str, Any]:
    """The closing account of `project` where it is public; part of its page."""
    found = ClosingAccount.objects.filter(project=project).select_related("project").first()
    if found is None or not is_public(found):
        return {"account": None, "account_items": []}
    return {"account": found, "account_items": [(label, getattr(found, name)) for name, label in ITEMS.items()]}
