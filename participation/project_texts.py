"""What a project says of itself: which texts it has, which are needed, and whether patients can read them."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.core.text import clean
from portal.organisations.models import Organisation
from transparency.service import too_hard

# What a project lead may change afterwards: never its organisation, phase or state.
CHANGEABLE = (
    "name", "name_en", "summary", "summary_en", "question", "question_en", "language_reason", "affected", "affected_en",
    "starts_on", "ends_on",
)  # fmt: skip
LONGEST = {"name": 150, "name_en": 150, "summary": 1500, "summary_en": 1500, "question": 1500, "question_en": 1500,
           "language_reason": 500}  # fmt: skip
MOST_GROUPS = 20
LONGEST_GROUP = 120


def checked(fields: Mapping[str, Any], organisation: Organisation) -> dict[str, Any]:
    """`fields` with clean texts.

    Raises ValidationError by field for what is missing, too long or too hard to read; TypeError for what nobody may
    change.
    """
    if strange := set(fields) - set(CHANGEABLE):
        raise TypeError(f"no fields of a project: {sorted(strange)}")
    made = {key: clean(value).strip() if isinstance(value, str) else value for key, value in fields.items()}
    made |= {key: groups_of(made[key]) for key in ("affected", "affected_en") if key in made}
    if faults := _missing(made) | _too_long(made) | _dates(made):
        raise ValidationError(faults)
    if hard := _hard(made, organisation):
        raise ValidationError(hard)
    return made


def groups_of(lines: Any) -> list[str]:
    """The groups of people whom a project touches, each once."""
    read = (" ".join(clean(line).split())[:LONGEST_GROUP] for line in lines)
    return list(dict.fromkeys(line for line in read if line))[:MOST_GROUPS]


def _missing(made: Mapping[str, Any]) -> dict[str, str]:
    needed = {
        "name": _("Geef het project een naam."),
        "summary": _("Schrijf in het kort wat het project doet."),
        "question": _("Schrijf wat u van patiënten wilt weten."),
    }
    return {key: message for key, message in needed.items() if key in made and not made[key]}


def _too_long(made: Mapping[str, Any]) -> dict[str, str]:
    return {
        key: _("De tekst is te lang. Er passen %(most)d tekens.") % {"most": most}
        for key, most in LONGEST.items()
        if len(made.get(key) or "") > most
    }


def _dates(made: Mapping[str, Any]) -> dict[str, str]:
    start, end = made.get("starts_on"), made.get("ends_on")
    if start and end and end < start:
        return {"ends_on": _("Het einde ligt voor het begin. Kies een latere dag.")}
    return {}


def _hard(made: Mapping[str, Any], organisation: Organisation) -> dict[str, list[str]]:
    """What of the Dutch texts patients cannot read, by field."""
    reason = made.get("language_reason") or ""
    names = [organisation.name, *organisation.also_known_as, made.get("name") or ""]
    labels = {"summary": _("In het kort"), "question": _("Vraag aan patiënten")}
    faults = {}
    for key, label in labels.items():
        if found := too_hard({label: made.get(key) or ""}, reason, names=names):
            faults[key] = found
    return faults
