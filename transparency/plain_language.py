"""How hard the text of an entry is: what the language check says of the answers that patients read in words."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from transparency.document import plain_texts
from transparency.field import Content
from transparency.fields import BY_KEY, ENTRY_FIELDS
from transparency.models import AISystem, Entry, Readability, TextColour, Version
from transparency.readability.check import TextTooLong
from transparency.readability.document import Severity
from transparency.readability.gate import TOGETHER, VERDICTS, Gate, Verdict, Why, decide
from transparency.readability.lexicon import LexiconError
from transparency.readability.names import known_words
from transparency.readability.telling import Point

_BESIDE = "beside"  # the name of a text that stands beside an entry
_HARDEST = ((Why.RED, TextColour.RED), (Why.ORANGE, TextColour.ORANGE))


def gate_of(entry: Entry, content: Content) -> Gate:
    """The gate for the public texts of `content`; the page explains every term. Raises LexiconError."""
    known = known_on_page(entry, entry.system, content)
    return decide(dict(plain_texts(content, ENTRY_FIELDS)), known=known, terms_explained=True)


def known_on_page(entry: Entry | None, system: AISystem | None, content: Content) -> frozenset[str]:
    """The names on a page of `content` that its reader need not know: of the provider, the product and its maker."""
    product = system.current_version.content if system and system.current_version else {}
    names = [*(system.also_known_as if system else ())]
    names += [entry.organisation.name, *entry.organisation.also_known_as] if entry else []
    names += [text[key] for text in (content, product) for key in ("name", "provider") if text.get(key)]
    return known_words(names)


def judged(entry: Entry, content: Content) -> Gate | None:
    """The same, or None when the check does not work now: publishing goes on."""
    try:
        return gate_of(entry, content)
    except LexiconError:
        return None


def values_of(gate: Gate) -> dict[str, Any]:
    """What a Readability keeps of `gate`."""
    whys = {why for name, why in gate.why.items() if name != TOGETHER}
    reliable = any(report.is_reliable for report in gate.reports.values())
    hardest = next((colour for why, colour in _HARDEST if why in whys), TextColour.GREEN if reliable else "")
    return {
        "score": gate.score.value if gate.score else None,
        "colour": TextColour(gate.score.colour) if gate.score else "",
        "hardest": hardest,
        "model": gate.model,
    }


def said_beside(entry: Entry, text: str) -> Gate | None:
    """The gate for a text of its own that stands on the page of `entry`: a reason, a notice. None without the check."""
    content = entry.current_version.content if entry.current_version else {}
    try:
        return decide({_BESIDE: text}, known=known_on_page(entry, entry.system, content), terms_explained=True)
    except (LexiconError, TextTooLong):
        return None


def points_to_improve(entry: Entry, text: str) -> list[Point]:
    """What a writer could change in a text that stands beside `entry`; empty without the check."""
    gate = said_beside(entry, text)
    found = gate.reports[_BESIDE].shown() if gate else []
    return [Point(number=number, finding=one) for number, one in enumerate(found, 1)]


def check_reason(entry: Entry | None, reason: str) -> None:
    """Raise ValidationError when readers cannot follow `reason` (red, or a fault in a short text); orange passes."""
    gate = said_beside(entry, reason) if entry else None
    if gate and gate.verdict is Verdict.CLOSED:
        raise ValidationError(_("Uw uitleg: %(message)s") % {"message": message_of(gate, _BESIDE, gate.why[_BESIDE])})


@dataclass(frozen=True, kw_only=True)
class Hard:
    """An answer that does not pass by itself: `is_closed`: it cannot be published; else a reason is enough."""

    key: str  # of the question; empty for all answers together
    question: str
    message: str
    is_closed: bool


def hard_texts(gate: Gate) -> list[Hard]:
    """Every answer that the gate keeps, and why."""
    return [
        Hard(
            key=name.split()[0] if name else "",
            question=_question(name),
            message=message_of(gate, name, why),
            is_closed=VERDICTS[why] is Verdict.CLOSED,
        )
        for name, why in gate.why.items()
    ]


def too_hard(gate: Gate, reason: str) -> list[str]:
    """Why a text of a provider or of our editors may not be published: a message per answer (readability.md, the gate).

    What only needs a reason passes with `reason`: that of the approver, which readers see.
    """
    return [f"{one.question}: {one.message}" for one in hard_texts(gate) if one.is_closed or not reason.strip()]


def _question(name: str) -> str:
    return str(BY_KEY[name.split()[0]].label) if name != TOGETHER else _("Alle antwoorden samen")


def message_of(gate: Gate, name: str, why: Why) -> str:
    """Why the text `name` of `gate` does not pass, in words for its writer."""
    if why is Why.ERROR_IN_SHORT_TEXT:
        found = next(one for one in gate.reports[name].findings if one.severity is Severity.ERROR)
        return _("“%(text)s” %(message)s") % {"text": found.text, "message": found.message}
    if why is Why.NOT_DUTCH:
        return _("dit lijkt geen Nederlands. Schrijf het in het Nederlands of geef een reden.")
    score = gate.score if name == TOGETHER else gate.reports[name].score
    assert score is not None  # noqa: S101 (without a score there is no colour)
    if why is Why.RED:
        words = _("deze tekst is te moeilijk (ongeveer %(score)d). Maak zinnen korter en kies gewone woorden.")
    else:
        words = _("deze tekst is nog moeilijk (ongeveer %(score)d). Maak hem makkelijker of geef een reden.")
    return words % {"score": round(score.value)}


def readability_of(version: Version) -> Readability | None:
    """The stored Readability of `version`, or None."""
    try:
        return version.readability
    except Readability.DoesNotExist:
        return None
