"""How hard the text of an entry is: what the language check says of the answers that patients read in words."""

from typing import Any

from django.utils.translation import gettext as _

from transparency.document import plain_texts
from transparency.field import Content
from transparency.fields import BY_KEY, ENTRY_FIELDS
from transparency.models import Entry, Readability, TextColour, Version
from transparency.readability.document import Severity
from transparency.readability.gate import TOGETHER, VERDICTS, Gate, Verdict, Why, decide
from transparency.readability.lexicon import LexiconError
from transparency.readability.names import known_words

_HARDEST = ((Why.RED, TextColour.RED), (Why.ORANGE, TextColour.ORANGE))


def gate_of(entry: Entry, content: Content) -> Gate:
    """The gate for the public texts of `content`; the page explains every term. Raises LexiconError."""
    organisation, system = entry.organisation, entry.system
    product = system.current_version.content if system and system.current_version else {}
    names = [organisation.name, *organisation.also_known_as, *(system.also_known_as if system else ())]
    names += [text[key] for text in (content, product) for key in ("name", "provider") if text.get(key)]
    return decide(dict(plain_texts(content, ENTRY_FIELDS)), known=known_words(names), terms_explained=True)


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


def too_hard(gate: Gate, reason: str) -> list[str]:
    """Why a text of a provider or of our editors may not be published: a message per answer (readability.md, the gate).

    What only needs a reason passes with `reason`: that of the approver, which readers see.
    """
    return [
        f"{_question(name)}: {message_of(gate, name, why)}"
        for name, why in gate.why.items()
        if VERDICTS[why] is Verdict.CLOSED or not reason.strip()
    ]


def _question(name: str) -> str:
    return str(BY_KEY[name].label) if name != TOGETHER else _("Alle antwoorden samen")


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
