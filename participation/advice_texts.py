"""What advice, an answer and a verdict say: which texts they have, which are needed, and how long they may be.

Advice of patients is never refused for its language; what an organisation answers is held to B1.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from participation.models import Project
from participation.states import Topic, Weight
from portal.core.text import clean
from transparency.service import too_hard

LONGEST = {
    "text": 4000, "text_en": 4000, "dissent": 2000, "question": 1000, "reason": 4000, "reason_en": 4000,
    "language_reason": 500, "promise": 1500, "promised_by": 100, "finish_text": 2000, "verdict": 2000,
}  # fmt: skip


def cleaned(fields: Mapping[str, Any]) -> dict[str, Any]:
    """`fields` with clean texts. Raises ValidationError by field for what is too long."""
    made = {name: clean(value).strip() if isinstance(value, str) else value for name, value in fields.items()}
    faults = {
        name: _("De tekst is te lang. Er passen %(most)d tekens.") % {"most": LONGEST[name]}
        for name, value in made.items()
        if isinstance(value, str) and len(value) > LONGEST.get(name, len(value))
    }
    if faults:
        raise ValidationError(faults)
    return made


def advice_checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The text, weight, topic and dissent of new advice. Raises ValidationError by field."""
    made = cleaned(fields)
    faults = {}
    if not made.get("text"):
        faults["text"] = _("Schrijf uw advies.")
    if made.get("topic") not in Topic.values:
        faults["topic"] = _("Kies waar uw advies over gaat.")
    if made.get("weight") not in Weight.values:
        faults["weight"] = _("Kies hoe zwaar uw advies telt.")
    if faults:
        raise ValidationError(faults)
    return {"dissent": "", **made}


def in_plain_words(texts: Mapping[str, tuple[Any, str]], reason: str, project: Project) -> None:
    """Raise ValidationError by field for texts ({field: (what people call it, text)}) that patients cannot read."""
    names = [project.organisation.name, *project.organisation.also_known_as, project.name]
    faults = {}
    for field, (label, text) in texts.items():
        if found := too_hard({str(label).rstrip("?"): text}, reason, names=names):
            faults[field] = found
    if faults:
        raise ValidationError(faults)
