"""One cell of our own columns as an answer: codes or their Dutch words, numbers and days as people write them."""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from portal.core.text import sort_key
from transparency.exchange.cleaning import month
from transparency.exchange.composing import code_of
from transparency.exchange.report import Change, change
from transparency.field import Field, Kind
from transparency.vocabularies import vocabulary

_UNREADABLE = "Dit antwoord konden wij niet lezen."
_DAY = "Een datum schrijven wij als 2026-11-22."
_NO_TIME = "Hier hoort alleen een dag. De tijd is weggelaten."
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d.*")
_TWICE = "Dit onderdeel staat er twee keer. Het eerste geldt. Dit blijft bewaard."
_ENDS_ANSWER = r"(?=$|[\s.,;:!(–—])"  # "Jan" does not begin with "Ja"
MOST_COMMAS = 2  # in the words of one choice or question


def read(field: Field, text: str, changes: list[Change]) -> Any:
    """What the cell `text` answers to `field`, or None when that cannot be read; `changes` gets a line for it.

    A choice or number that does not fit stays as it came, for `Fitting` tells that.
    """
    if field.kind == Kind.CHOICES:
        return labels_in(text, _labels(field.vocabulary))
    if field.kind == Kind.NUMBER:
        return _number(text)
    value, reason = _one(field, text, changes)
    if value is None or reason:
        changes.append(change(field.key, text, value, _UNREADABLE if value is None else reason))
    return value


def _one(field: Field, text: str, changes: list[Change]) -> tuple[Any, str]:
    if field.kind == Kind.CHOICE:
        return code_of(field.vocabulary, text) or None, ""
    if field.kind == Kind.MONTH:
        return month(text)
    if field.kind == Kind.DATE:
        day = _date(text.strip())
        return day, "" if day == text.strip() else _NO_TIME if _TIME.fullmatch(text.strip()) else _DAY
    if field.kind in {Kind.ROWS, Kind.GROUP}:
        return _rows(field, text, changes), ""
    return text, ""


def read_answer(field: Field, text: str, more: str, changes: list[Change]) -> dict[str, str] | None:
    """The answer in the cell `text` with its explanation: what follows in that cell, and the cell `more`.

    Without any explanation it has no `text`: the file does not say that there is none.
    """
    labels = _labels(field.vocabulary)
    words = "|".join(re.escape(word) for word in sorted(_words(field.vocabulary), key=len, reverse=True))
    found = re.match(rf"\s*({words}){_ENDS_ANSWER}", text, re.IGNORECASE)
    if found is None:
        if text.strip():
            changes.append(change(field.key, text, None, _UNREADABLE))
        if more.strip():
            reason = f"Bij deze uitleg hoort een antwoord. Zet Ja, Nee of Deels in de kolom {field.key}."
            changes.append(change(f"{field.key}.text", more, None, reason))
        return None
    rest = re.sub(r"^[ \t.,;:!]*(?:[–—-][ \t]+)?", "", text[found.end() :]).strip()
    made = {"answer": labels[sort_key(found[1])]}
    explained = list(dict.fromkeys(one for one in (rest, more.strip()) if one))
    if len(explained) > 1:
        reason = "De uitleg stond in twee kolommen. Wij zetten alles onder elkaar."
        changes.append(change(f"{field.key}.text", explained, "\n\n".join(explained), reason))
    return {**made, "text": "\n\n".join(explained)} if explained else made


def _words(name: str) -> list[str]:
    return [word for term in vocabulary(name).terms.values() for word in (term.label_nl, term.code)]


@cache
def _labels(name: str) -> dict[str, str]:
    """{folded words or code: code} of the vocabulary `name`."""
    terms = vocabulary(name).terms.values()
    return {sort_key(word): term.code for term in terms for word in (term.code, term.label_nl)}


def labels_in(text: str, labels: Mapping[str, str]) -> list[str]:
    """The codes of what stands in `text` with commas between, by `labels` ({folded words: code}).

    A label may have commas itself ("Keel, neus en oren"), so the longest that is known goes first. What is none of
    `labels` comes as it stands.
    """
    pieces = re.split(r"([,;\n])", text)  # words at the even places, the signs between them at the odd ones
    longest = 2 * MOST_COMMAS + 1
    found: list[str] = []
    place = 0
    while place < len(pieces):
        ends = range(min(len(pieces), place + longest), place, -1)
        tried = (("".join(pieces[place:end]), end) for end in ends if (end - place) % 2)
        code, end = next(((labels[key], end) for words, end in tried if (key := sort_key(words)) in labels), ("", 0))
        if one := code or pieces[place].strip():
            found.append(one)
        place = (end or place + 1) + 1
    return found


def _number(text: str) -> int | str:
    """A whole number, with or without the dots or spaces of thousands; anything else as it came."""
    if re.fullmatch(r"\d{1,9}|\d{1,3}(?:[.\s]\d{3}){1,2}", text.strip()):
        return int(re.sub(r"[.\s]", "", text))
    return text


def _date(text: str) -> str | None:
    if match := re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[T ][\d:.+Z-]*)?", text):
        return match[1]
    match = re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text)
    return f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}" if match else None


def _rows(field: Field, text: str, changes: list[Change]) -> list[Any] | None:
    if text.lstrip().startswith("["):
        value = load(field.key, text, changes)
        return value if isinstance(value, list) else None
    lines = [line.strip().removeprefix("- ") for line in text.split("\n") if line.strip()]
    return [{field.parts[0].key: line} for line in lines]


def load(name: str, text: str, changes: list[Change]) -> Any:
    """The JSON in a cell of the column `name`, or None; of a part that stands there twice the first counts."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, value in pairs:
            if key in made:
                changes.append(change(f"{name}.{key}", value, made[key], _TWICE))
            made.setdefault(key, value)
        return made

    try:
        return json.loads(text, object_pairs_hook=once)
    except (ValueError, RecursionError):
        return None
