"""How hard the text of an entry is: what the language check says of the answers that patients read in words."""

from typing import Any

from transparency.document import plain_texts
from transparency.field import Content
from transparency.fields import ENTRY_FIELDS
from transparency.models import Entry, Readability, TextColour, Version
from transparency.readability.gate import TOGETHER, Gate, Why, decide
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


def judged(version: Version) -> dict[str, Any] | None:
    """The values of the Readability of `version`; None when the check does not work now: publishing goes on."""
    try:
        gate = gate_of(version.entry, version.content)
    except LexiconError:
        return None
    whys = {why for name, why in gate.why.items() if name != TOGETHER}
    reliable = any(report.is_reliable for report in gate.reports.values())
    hardest = next((colour for why, colour in _HARDEST if why in whys), TextColour.GREEN if reliable else "")
    return {
        "score": gate.score.value if gate.score else None,
        "colour": TextColour(gate.score.colour) if gate.score else "",
        "hardest": hardest,
        "model": gate.model,
    }


def readability_of(version: Version) -> Readability | None:
    """The stored Readability of `version`, or None."""
    try:
        return version.readability
    except Readability.DoesNotExist:
        return None
