"""Whether a content document has the shape that the table of fields asks for; a message for each that has not."""

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.core.text import hidden_characters
from transparency.document import EXTRA_KEYS
from transparency.field import Content, Field, Kind
from transparency.vocabularies import vocabulary

LONGEST_OTHER = 20  # characters of a date or month
URL_PATTERN = r"""[Hh][Tt][Tt][Pp][Ss]?://[^\s<>"]+\.[^\s<>"]+"""
_URL = re.compile(URL_PATTERN)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong with one field, and what to do about it."""

    key: str
    label: str | Promise
    message: str


def problems(content: Content, fields: Iterable[Field]) -> list[Problem]:
    """Everything in `content` that has the wrong shape for `fields`; an empty list when it may be published."""
    allowed = {f.key: f for f in fields}
    found = [_strange(key) for key in content if key not in allowed and key not in EXTRA_KEYS]
    for key, f in allowed.items():
        if key in content and (message := _wrong(f, content[key])):
            found.append(Problem(key=key, label=f.label, message=message))
    return [*found, *_unknown_problems(content, allowed), *_translation_problems(content, allowed)]


def _strange(key: Any) -> Problem:
    return Problem(key=str(key), label=str(key), message=_("Deze vraag kennen we niet. Haal haar weg."))


def _unknown_problems(content: Content, allowed: Mapping[str, Field]) -> Iterator[Problem]:
    """What is wrong with the list of questions that are answered with "we do not know yet"."""
    value = content.get("unknown", [])
    if not isinstance(value, list) or not all(isinstance(key, str) for key in value):
        yield Problem(key="unknown", label="unknown", message=_("Geef een lijst van vragen."))
        return
    yield from (_strange(key) for key in value if key not in allowed)


def _translation_problems(content: Content, allowed: Mapping[str, Field]) -> Iterator[Problem]:
    """What is wrong with the English texts: only texts are translated, and each has the shape of its question."""
    value = content.get("translations", {"en": {}})
    english = value.get("en") if isinstance(value, Mapping) else None
    if not isinstance(english, Mapping) or set(value) != {"en"}:
        yield Problem(key="translations", label="translations", message=_("Geef de Engelse teksten per vraag."))
        return
    for key, text in english.items():
        if key not in allowed or not allowed[key].translated:
            yield _strange(key)
        elif text not in (None, "", [], {}) and (message := _wrong_translation(allowed[key], text)):
            yield Problem(key=key, label=allowed[key].label, message=_("Engels: %(message)s") % {"message": message})


def _wrong_translation(field: Field, value: Any) -> str:
    """As `_wrong`, but the code of an answer may be left out: it needs no translation."""
    if field.kind == Kind.ANSWER and isinstance(value, Mapping) and "answer" not in value:
        if set(value) - {"text"}:
            return _("Geef een keuze en uitleg.")
        return _wrong_text(field, value.get("text", ""))
    return _wrong(field, value)


def _wrong(field: Field, value: Any) -> str:
    """What is wrong with `value`, or an empty string."""
    if field.kind in {Kind.ROWS, Kind.GROUP}:
        return _wrong_rows(field, value if field.kind == Kind.ROWS else [value])
    if field.kind == Kind.ANSWER:
        if not isinstance(value, Mapping) or set(value) - {"answer", "text"}:
            return _("Geef een keuze en uitleg.")
        return _wrong_code(field, value.get("answer")) or _wrong_text(field, value.get("text", ""))
    if field.kind == Kind.CHOICE:
        return _wrong_code(field, value)
    if field.kind == Kind.CHOICES:
        if not isinstance(value, list):
            return _("Geef een lijst van keuzes.")
        return next((message for code in value if (message := _wrong_code(field, code))), "")
    if field.kind == Kind.NUMBER:
        good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9
        return "" if good else _("Geef een heel getal van 0 of meer.")
    return _wrong_text(field, value)


def _wrong_rows(field: Field, rows: Any) -> str:
    parts = {part.key: part for part in field.parts}
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        return _("Geef een lijst van regels.")
    for row in rows:
        if unknown := set(row) - set(parts):
            return _("Dit onderdeel kennen we niet: %(keys)s.") % {"keys": ", ".join(sorted(unknown))}
        for key, value in row.items():
            if value not in (None, "") and (message := _wrong(parts[key], value)):
                return f"{parts[key].label}: {message}"
    return ""


def _wrong_code(field: Field, code: Any) -> str:
    if isinstance(code, str) and code in vocabulary(field.vocabulary).terms:
        return ""
    return _("Kies een van de antwoorden uit de lijst.")


def _wrong_text(field: Field, value: Any) -> str:
    if not isinstance(value, str):
        return _("Geef een tekst.")
    if bad := hidden_characters(value):
        return _("Er staan onzichtbare tekens in de tekst (%(codes)s). Haal ze weg.") % {"codes": ", ".join(bad[:3])}
    limit = field.max_length or LONGEST_OTHER
    if len(value) > limit:
        return _("De tekst is %(length)d tekens. Er passen er %(limit)d. Maak de tekst korter.") % {
            "length": len(value),
            "limit": limit,
        }
    return _wrong_form(field.kind, value)


def _wrong_form(kind: Kind, value: str) -> str:
    if kind == Kind.URL and not _URL.fullmatch(value):
        return _("Geef een webadres dat begint met https://.")
    if kind == Kind.CONTACT and not (_URL.fullmatch(value) or _EMAIL.fullmatch(value)):
        return _("Geef een e-mailadres of een webadres.")
    if kind == Kind.LINE and "\n" in value:
        return _("Zet dit op één regel.")
    if kind == Kind.DATE and not _is_date(value):
        return _("Geef een datum als 2026-11-22.")
    if kind == Kind.MONTH and not _is_date(f"{value}-01"):
        return _("Geef een maand als 2026-11.")
    return ""


def _is_date(value: str) -> bool:
    """Whether `value` is a day that exists, written as YYYY-MM-DD (the only one of the ISO forms that we take)."""
    try:
        return bool(_DATE.fullmatch(value)) and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False


def sound(content: Content, fields: Iterable[Field]) -> dict[str, Any]:
    """The part of `content` that has the right shape: what a page can show of a text that is still being written."""
    allowed = {f.key: f for f in fields}
    found = {key: content[key] for key, f in allowed.items() if key in content and not _wrong(f, content[key])}
    unknown = content.get("unknown")
    if isinstance(unknown, list) and (listed := [key for key in unknown if isinstance(key, str) and key in allowed]):
        found["unknown"] = listed
    translations = content.get("translations")
    english = translations.get("en") if isinstance(translations, Mapping) else None
    if isinstance(english, Mapping):
        good = {
            key: text
            for key, text in english.items()
            if key in found and allowed[key].translated and not _wrong_translation(allowed[key], text)
        }
        found |= {"translations": {"en": good}} if good else {}
    return found
