"""What a vacancy says: which texts it has, which are needed, and whether patients can read them."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from participation.models import Project, Vacancy
from participation.project_texts import groups_of
from participation.states import PHASES, Influence
from portal.core.text import clean
from transparency.service import too_hard

CHANGEABLE = (
    "title", "title_en", "influence", "phases", "places", "tasks", "tasks_en", "hours", "fee_offer", "learning_offer",
    "support_offer", "perspectives", "closes_on", "language_reason",
)  # fmt: skip
LONGEST = {"title": 120, "title_en": 120, "tasks": 2000, "tasks_en": 2000, "hours": 200, "fee_offer": 800,
           "learning_offer": 800, "support_offer": 800, "language_reason": 500}  # fmt: skip
MOST_PLACES = 99
MOST_CRITERIA = 8
DAYS_OPEN = 120  # at most: what is asked longer is asked of nobody
RESERVED = ("feed", "link", "verstuurd")  # addresses under /meedoen/ and /aanmelding/


def checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """`fields` clean, for a draft: nothing is needed yet but a title.

    Raises ValidationError by field; TypeError for what nobody may change.
    """
    if strange := set(fields) - set(CHANGEABLE):
        raise TypeError(f"no fields of a vacancy: {sorted(strange)}")
    made: dict[str, Any] = {
        key: clean(value).strip() if isinstance(value, str) else value for key, value in fields.items()
    }
    for key in {"title", "title_en", "hours"} & set(made):
        made[key] = " ".join(made[key].split())
    if "perspectives" in made:
        made["perspectives"] = groups_of(made["perspectives"])
    faults = {
        key: _("De tekst is te lang. Er passen %(most)d tekens.") % {"most": most}
        for key, most in LONGEST.items()
        if len(made.get(key) or "") > most
    }
    if "title" in made and not made["title"]:
        faults["title"] = _("Geef de vacature een titel.")
    if "influence" in made and made["influence"] not in Influence.values:
        faults["influence"] = _("Kies iets uit de lijst.")
    if "places" in made and not 1 <= (made["places"] or 0) <= MOST_PLACES:
        faults["places"] = _("Schrijf een getal van 1 tot en met 99.")
    if faults:
        raise ValidationError(faults)
    if "phases" in made:
        made["phases"] = [phase.value for phase in PHASES if phase in made["phases"]]
    return made


def criteria_of(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The criteria, each with its reason. Raises ValidationError."""
    made: list[dict[str, Any]] = []
    for row in rows[: MOST_CRITERIA + 1]:
        text, why = (" ".join(clean(row.get(key, "")).split()) for key in ("text", "why"))
        if not text and not why:
            continue
        if not text or not why:
            raise ValidationError({"criteria": _("Schrijf bij elke eis wat u vraagt en waarom.")})
        if len(text) > 200 or len(why) > 300:
            raise ValidationError({"criteria": _("Een eis is te lang. Er passen 200 tekens, en 300 voor de reden.")})
        made.append({"text": text, "why": why, "is_must": bool(row.get("is_must")), "place": len(made) + 1})
    if len(made) > MOST_CRITERIA:
        raise ValidationError({"criteria": _("Vraag niet meer dan %(most)d dingen.") % {"most": MOST_CRITERIA}})
    return made


def refuse_unready(vacancy: Vacancy, today: datetime.date) -> None:
    """Raise ValidationError by field for what is missing or too hard, before anybody else sees `vacancy`."""
    faults: dict[str, Any] = {key: message for key, message in _needed().items() if not getattr(vacancy, key)}
    if vacancy.closes_on is not None and not today < vacancy.closes_on <= today + datetime.timedelta(days=DAYS_OPEN):
        faults["closes_on"] = _("Kies een dag na vandaag, binnen %(days)d dagen.") % {"days": DAYS_OPEN}
    if faults:
        raise ValidationError(faults)
    if hard := _hard(vacancy):
        raise ValidationError(hard)


def _needed() -> dict[str, str]:
    return {
        "tasks": _("Schrijf wat iemand gaat doen."),
        "hours": _("Schrijf hoeveel tijd het kost."),
        "fee_offer": _("Schrijf welke vergoeding iemand krijgt. Is er geen? Zeg dat dan."),
        "learning_offer": _("Schrijf wat iemand kan leren. Is er niets? Zeg dat dan."),
        "support_offer": _("Schrijf wie iemand helpt, en hoe."),
        "closes_on": _("Kies tot welke dag mensen zich kunnen melden."),
    }


def _hard(vacancy: Vacancy) -> dict[str, list[str]]:
    """What of the Dutch texts patients cannot read, by field."""
    faults = {}
    for key, label in labels().items():
        if found := too_hard({label: getattr(vacancy, key)}, vacancy.language_reason, names=names_of(vacancy.project)):
            faults[key] = found
    asked = "\n\n".join(f"{one.text}. {one.why}" for one in vacancy.criteria.order_by("place"))
    if found := too_hard({_("Eisen"): asked}, vacancy.language_reason, names=names_of(vacancy.project)):
        faults["criteria"] = found
    return faults


def labels() -> dict[str, str]:
    """The texts that the language check reads, by what people call them."""
    return {"tasks": _("Wat u gaat doen"), "fee_offer": _("Vergoeding"), "learning_offer": _("Wat u kunt leren"),
            "support_offer": _("Wie u helpt")}  # fmt: skip


def names_of(project: Project) -> list[str]:
    """Names that are no hard words in texts about `project`."""
    return [project.organisation.name, *project.organisation.also_known_as, project.name]


def readable(text: str, project: Project, message: str, field: str = "text") -> str:
    """A reason that somebody reads: there, not too long, and in plain words. Raises ValidationError."""
    made = clean(text).strip()
    if not made:
        raise ValidationError({field: message})
    if len(made) > 2000:
        raise ValidationError({field: _("De tekst is te lang. Er passen %(most)d tekens.") % {"most": 2000}})
    if faults := too_hard({_("Uw tekst"): made}, reason="-", names=names_of(project)):
        raise ValidationError({field: faults})
    return made
