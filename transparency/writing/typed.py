"""What people type on one line, as it is kept: forgiving of spaces, dots and dashes (look.md, forgiving forms).

Nothing is refused here: what cannot be understood is kept as it was typed, and `transparency.shape` says what to do.
"""

import datetime
import re
from contextlib import suppress
from typing import Any

from transparency.field import Kind

_MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
           "november", "december")  # fmt: skip
_DAY = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2}|[a-z]{3,})\.?[\s./-]+(\d{4})", re.IGNORECASE)
_MONTH = re.compile(r"(\d{1,2}|[a-z]{3,})\.?[\s./-]+(\d{4})", re.IGNORECASE)
_ISO_DAY = re.compile(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})")
_ISO_MONTH = re.compile(r"(\d{4})[./-](\d{1,2})")
_NUMBER = re.compile(r"\d{1,9}|\d{1,3}([. \u00a0]\d{3})+")
_BARE_ADDRESS = re.compile(r"(?:www\.|(?:[a-z0-9-]+\.)+(?:nl|com|org|net|eu)(?:/|$))[^\s<>\"'@]*", re.IGNORECASE)


def as_kept(kind: Kind, text: str) -> Any:
    """`text`, typed for a question of one line, as it is kept; None when nothing was typed."""
    typed = " ".join(text.split())
    if not typed:
        return None
    if kind == Kind.NUMBER:
        return int(re.sub(r"\D", "", typed)) if _NUMBER.fullmatch(typed) and typed.isascii() else typed
    if kind == Kind.DATE:
        return _day(typed) or typed
    if kind == Kind.MONTH:
        return _month(typed) or typed
    if kind in {Kind.URL, Kind.CONTACT} and _BARE_ADDRESS.fullmatch(typed):
        return f"https://{typed}"
    return typed


def as_typed(kind: Kind, value: Any) -> str:
    """A kept value as people type it: "22-11-2026", "11-2026"; what has another shape as it stands there."""
    if isinstance(value, bool) or value is None:
        return ""
    text = " ".join(str(value).split()) if isinstance(value, str | int) else ""
    if kind == Kind.DATE and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return f"{text[8:]}-{text[5:7]}-{text[:4]}"
    if kind == Kind.MONTH and re.fullmatch(r"\d{4}-\d{2}", text, re.ASCII):
        return f"{text[5:]}-{text[:4]}"
    return text


def _day(typed: str) -> str:
    if found := _ISO_DAY.fullmatch(typed):
        return _made(found[1], found[2], found[3])
    if (found := _DAY.fullmatch(typed)) and (month := _number_of(found[2])):
        return _made(found[3], month, found[1])
    return ""


def _month(typed: str) -> str:
    if found := _ISO_MONTH.fullmatch(typed):
        return _made(found[1], found[2], "1")[:7]
    if (found := _MONTH.fullmatch(typed)) and (month := _number_of(found[1])):
        return _made(found[2], month, "1")[:7]
    return ""


def _number_of(word: str) -> str:
    """The number of a month, written as a number or as (the first three letters of) a word."""
    if word.isdigit():
        return word
    low = word.lower().replace("mrt", "maart")
    return next((str(number) for number, name in enumerate(_MONTHS, 1) if name.startswith(low)), "")


def _made(year: str, month: str, day: str) -> str:
    with suppress(ValueError):
        return datetime.date(int(year), int(month), int(day)).isoformat()
    return ""
