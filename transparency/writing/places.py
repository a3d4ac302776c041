"""The places of a content document: what one person changes without touching the work of another.

A place is a question ("summary"), its English text ("en.summary") or whether it is answered with "we do not know yet"
("unknown.summary"). In the document those two stand together with those of the other questions (see `field.py`).
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from transparency.document import EXTRA_KEYS
from transparency.field import Content

UNKNOWN, ENGLISH = "unknown.", "en."


def question_of(place: str) -> str:
    """The key of the question that a place belongs to."""
    return place.rpartition(".")[2]


def places_of(content: Content) -> dict[str, Any]:
    """Everything in `content` by its place."""
    found = {key: value for key, value in content.items() if key not in EXTRA_KEYS}
    unknown = content.get("unknown")
    found |= {f"{UNKNOWN}{key}": True for key in (unknown if isinstance(unknown, list) else ()) if isinstance(key, str)}
    return found | {f"{ENGLISH}{key}": value for key, value in english_of(content).items()}


def english_of(content: Content) -> Mapping[str, Any]:
    """The English texts of `content` by key."""
    translations = content.get("translations")
    english = translations.get("en") if isinstance(translations, Mapping) else None
    return english if isinstance(english, Mapping) else {}


def content_of(places: Mapping[str, Any]) -> dict[str, Any]:
    """The document that says what `places` say; a place that holds None is left out."""
    there = {place: value for place, value in places.items() if value is not None}
    content = {place: value for place, value in there.items() if "." not in place}
    if unknown := [question_of(place) for place in there if place.startswith(UNKNOWN)]:
        content["unknown"] = unknown
    english = {question_of(place): value for place, value in there.items() if place.startswith(ENGLISH)}
    return content | ({"translations": {"en": english}} if english else {})


def spread(answers: Mapping[str, Any], content: Content) -> dict[str, Any]:
    """`answers` by place: whole lists of "unknown" and of "translations" become what they change in `content`.

    Raises ValidationError when those two have another shape.
    """
    found = {place: value for place, value in answers.items() if place not in EXTRA_KEYS}
    there = places_of(content)
    if "unknown" in answers:
        listed = answers["unknown"] or []
        if not isinstance(listed, list) or not all(isinstance(key, str) for key in listed):
            raise ValidationError(_("Geef een lijst van vragen."))
        found |= {place: None for place in there if place.startswith(UNKNOWN)}
        found |= {f"{UNKNOWN}{key}": True for key in listed}
    if "translations" in answers:
        whole = answers["translations"] or {"en": {}}
        if not isinstance(whole, Mapping) or set(whole) != {"en"} or not isinstance(whole["en"], Mapping):
            raise ValidationError(_("Geef de Engelse teksten per vraag."))
        found |= {place: None for place in there if place.startswith(ENGLISH)}
        found |= {f"{ENGLISH}{key}": value for key, value in whole["en"].items()}
    return found
