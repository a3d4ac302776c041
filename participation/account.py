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


def _counted(number: int, one: str, more: str) -> str:
    """`number` with its noun: 1 gesprek, 2 gesprekken."""
    return f"{number} {one if number == 1 else more}"


def _thought_along(number: int, noun: tuple[str, str]) -> str:
    return f"{'dacht' if number == 1 else 'dachten'} {_counted(number, *noun)} mee."


def _methods(project: Project) -> str:
    """Whole sentences: the language check reads them too."""
    found, meetings, advice = contributors(project), meetings_held(project), advice_by_phase(project)
    entered = set(project.passages.values_list("phase", flat=True))
    patients = ("patiënt", "patiënten")
    roles = [
        f"{_counted(one.now + one.before, 'patiënt was', 'patiënten waren')} {one.influence.label.lower()}."
        for one in role_counts(project)
    ]
    phases = [
        f"In de fase “{phase.label}” {_thought_along(len(found.get(phase, ())), patients)} "
        f"Er {'was' if meetings[phase] == 1 else 'waren'} {_counted(meetings[phase], 'gesprek', 'gesprekken')}, "
        f"en wij kregen {_counted(advice[phase], 'advies', 'adviezen')}."
        for phase in PHASES
        if phase in entered
    ]
    everyone = ("patiëntvertegenwoordiger", "patiëntvertegenwoordigers")
    return _lines(f"Er {_thought_along(len(everybody(found)), everyone)}", [*roles, *phases])


ANSWERS = {
    Decision.ADOPTED: "namen wij over",
    Decision.PARTLY: "namen wij voor een deel over",
    Decision.NOT_ADOPTED: "namen wij niet over",
}


def _results(project: Project) -> str:
    counts = advice_counts(project)
    if not counts.given:
        return "Patiënten gaven nog geen advies."
    numbers = {
        "namen wij over": counts.adopted, "namen wij voor een deel over": counts.partly,
        "namen wij niet over": counts.not_adopted, "moeten wij nog beantwoorden": counts.unanswered,
    }  # fmt: skip
    told = " ".join(f"{number} daarvan {words}." for words, number in numbers.items() if number)
    given = (
        f"Het advies over {one.advice.get_topic_display().lower()} "
        + (ANSWERS[Decision(one.response.decision)] if one.response else "heeft nog geen antwoord")
        + "."
        for one in reversed(advice_of(project)["advice_given"])
    )
    return _lines(f"Patiënten gaven {_counted(counts.given, 'advies', 'adviezen')}. {told}", given)


def _discussion(project: Project) -> str:
    every = advice_of(project)["advice_given"]
    done = [one.advice.finish_text for one in every if one.advice.outcome == Outcome.DONE]
    dropped = [one for one in every if one.advice.outcome == Outcome.WILL_NOT_DO]
    kept = advice_counts(project).kept
    told = [f"Na advies van patiënten deden wij {_counted(len(done), 'ding', 'dingen')}." if done else "",
            f"{_counted(len(dropped), 'ding', 'dingen')} doen wij niet." if dropped else "",
            f"Over {kept} daarvan zeggen patiënten: dit is gedaan zoals beloofd." if kept else ""]  # fmt: skip
    first = " ".join(one for one in told if one) or "Na advies van patiënten veranderde er nog niets."
    return _lines(first, [" ".join(text.split()) for text in done])


def _reflection(project: Project) -> str:
    today = timezone.localdate()
    lines = [
        f"Wij vroegen om een uitzondering: verder zonder patiënten. Zij is {one.get_state_display().lower()}."
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
