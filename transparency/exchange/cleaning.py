"""Dirty values of registers made right, one function a shape; each tells why it changed a value.

A function takes the raw value and gives ``(value, reason)``. The reason is empty when nothing had to be explained; the
value is None (or an empty list) when nothing could be made of it. Nothing is ever rejected here.
"""

import json
import re
from typing import Any

from portal.core.text import sort_key
from transparency.exchange.markup import strange_tags, to_html, to_line, to_text
from transparency.exchange.national import IN_HOUSE, PUBLICATION_CATEGORIES, STATUSES

Cleaned = tuple[Any, str]
MOST_SEARCHED = 5_000  # characters

_PLACEHOLDERS = frozenset({
    "", "nvt", "n v t", "niet van toepassing", "volgt", "nog niet beschikbaar", "niet beschikbaar", "niet bekend",
    "onbekend", "geen", "nader te bepalen", "komt er nog", "nb", "n b", "tbd", "null", "none", "nan", "n a",
    "na", "ref",
})  # fmt: skip
_URL = re.compile(r"https?://[^\s<>\"'|]+\.[^\s<>\"'|]+", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![@\w./-])(?:[a-z0-9-]+\.)+(?:nl|com|org|net|eu|nu|info|io|dev|be|gov)(?:/[^\s<>\"')]*)?(?![\w@])",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[^\s@<>(),;:\"']+@[^\s@<>(),;:\"']+\.[^\s@<>(),;:\"']+")
_MONTHS = ("jan", "feb", "m", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH_WORD = re.compile(
    r"\b(jan|feb|maart|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?\s+((?:19|20)\d\d)\b", re.IGNORECASE
)
_STATUS_WORDS = {
    "In ontwikkeling": ("in ontwikkeling", "wordt ontwikkeld", "in aanbouw", "ontwikkeling", "ontwikkelfase",
                        "kinderziektes", "in development"),
    "In gebruik": ("in gebruik", "actief", "in werking", "in productie", "operationeel", "pilot", "active", "in use"),
    "Buiten gebruik": ("buiten gebruik", "gestopt", "beëindigd", "niet meer in gebruik", "inactief", "uitgefaseerd",
                       "out of use"),
}  # fmt: skip
_DUTCH = frozenset({"nld", "nl", "nederlands", "dutch", "nl nl", "dut"})
_IN_HOUSE = frozenset({"zelf ontwikkeld", "intern ontwikkeld", "in eigen beheer ontwikkeld", "eigen ontwikkeling"})


def plain(value: Any) -> str:
    """Any JSON value as text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "Ja" if value else "Nee"
    if isinstance(value, int | float):
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    return json.dumps(value, ensure_ascii=False, default=str)


def _start(value: Any) -> str:
    """The first words of `value` on one line: an address or a date is looked for there, not in a whole book."""
    return to_line(plain(value)[:MOST_SEARCHED])


def _empty(value: Any) -> str:
    """The reason for leaving out a value of which no word is left; none when it held nothing at all."""
    return "Hier stond geen antwoord." if plain(value).strip() else ""


def is_placeholder(value: Any) -> bool:
    """Whether `value` only says that there is no answer: "-", "n.v.t.", "volgt"."""
    return sort_key(to_line(plain(value))) in _PLACEHOLDERS


def line(value: Any) -> Cleaned:
    """One line of plain text."""
    text = plain(value)
    cleaned = to_line(text)
    if not sort_key(cleaned) and text.strip():
        return None, "Hier stond geen antwoord."
    if not isinstance(value, str) and value is not None:
        return cleaned or None, "Dit is nu tekst."
    is_same = cleaned in {text, " ".join(text.split())}
    return cleaned or None, "" if is_same else "Opmaak en onzichtbare tekens zijn weggehaald."


def identifier(value: Any) -> Cleaned:
    """A code; a word that says there is none is no code."""
    if value not in (None, "") and is_placeholder(value):
        return None, "Dit is geen nummer of code."
    return line(value)


def markup(value: Any) -> Cleaned:
    """National HTML, or text without tags: both may stay as they are; other tags go."""
    text = plain(value)
    if text.strip() and not sort_key(to_text(text)):
        return None, "Hier stond geen antwoord."
    if strange := strange_tags(text):
        names = ", ".join(sorted(strange))
        return to_html(to_text(text)) or None, f"Deze opmaak mag niet in de tekst: {names}. De woorden zijn gebleven."
    return text or None, "" if isinstance(value, str) or value is None else "Dit is nu tekst."


def url(value: Any) -> Cleaned:
    """A web address that starts with http(s); the first one of a sentence."""
    text = _start(value)
    if not text:
        return None, _empty(value)
    if _URL.fullmatch(text):
        return text, "" if text == value else "De spaties eromheen zijn weggehaald."
    if found := _URL.search(text):
        return found[0].rstrip(".,;:)]"), "Naast het webadres stond er nog iets. Wij namen het eerste webadres."
    if found := _BARE.search(text):
        return f"https://{found[0].rstrip('.,;:')}", "Het webadres begon niet met https://."
    return None, "Dit is geen webadres."


def contact(value: Any) -> Cleaned:
    """An e-mail address, or else a web address."""
    text = _start(value).removeprefix("mailto:")
    if _EMAIL.fullmatch(text):
        return text, "" if text == value else "De spaties of woorden eromheen zijn weggehaald."
    if not _URL.fullmatch(text) and (found := _EMAIL.search(text)):
        return found[0].rstrip("."), "Naast het e-mailadres stond er nog iets. Wij namen het eerste e-mailadres."
    cleaned, reason = url(value)
    return cleaned, "Hier stond geen e-mailadres of webadres." if cleaned is None and text else reason


def month(value: Any) -> Cleaned:
    """A month as "YYYY-MM"."""
    text = _start(value)
    if not text:
        return None, _empty(value)
    for pattern, year, number in (
        (r"(\d{4})-(\d{1,2})", 1, 2), (r"(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2})?(?:[T ].*)?", 1, 2),
        (r"(\d{1,2})[-/.](\d{4})", 2, 1), (r"\d{1,2}[-/.](\d{1,2})[-/.](\d{4})", 2, 1),
    ):  # fmt: skip
        if (match := re.fullmatch(pattern, text)) and (made := _month(match[year], match[number])):
            return made, "" if made == value else "Een maand schrijven wij als 2026-11."
    if match := _MONTH_WORD.search(text):
        word = match[1].lower()[:3].replace("maa", "m").replace("mrt", "m")
        return _month(match[2], str(_MONTHS.index(word) + 1)), "Een maand schrijven wij als 2026-11."
    return None, "Dit is geen maand."


def _month(year: str, number: str) -> str | None:
    return f"{year}-{int(number):02d}" if 1900 <= int(year) <= 2100 and 1 <= int(number) <= 12 else None


def choice(value: Any, choices: tuple[str, ...]) -> str | None:
    """The one of `choices` that `value` spells, or None."""
    wanted = sort_key(to_line(plain(value)))
    return next((choice for choice in choices if sort_key(choice) == wanted), None)


def status(value: Any) -> Cleaned:
    """One of the three statuses, also from a sentence that speaks of one of them only."""
    text = _start(value)
    if not text:
        return None, _empty(value)
    if chosen := choice(text, STATUSES):
        return chosen, "" if chosen == value else "De schrijfwijze is gelijk gemaakt."
    folded = f" {sort_key(text)} "
    found = {name for name, words in _STATUS_WORDS.items() if any(f" {sort_key(w)} " in folded for w in words)}
    if "Buiten gebruik" in found and "niet meer in gebruik" in text.casefold():
        found = {"Buiten gebruik"}
    if len(found) == 1 and not re.search(
        r"\b(?:nog )?niet (?:in gebruik|actief)|niet in gebruik genomen", text.casefold()
    ):
        return found.pop(), "Er stond een ander woord of een zin. Wij kozen de status die erbij past."
    return None, "Uit deze woorden blijkt geen duidelijke status."


def publication_category(value: Any) -> Cleaned:
    """One of the three categories of publication."""
    if value in (None, ""):
        return None, ""
    chosen = choice(value, PUBLICATION_CATEGORIES)
    if chosen is None:
        return None, "Deze categorie kent het Algoritmeregister niet."
    return chosen, "" if chosen == value else "De schrijfwijze is gelijk gemaakt."


def language(value: Any) -> Cleaned:
    """ "nld" for every way to write Dutch."""
    if sort_key(plain(value)) in _DUTCH:
        return "nld", "" if value == "nld" else "De taal schrijven wij als nld."
    if value in (None, ""):
        return "nld", "De taal ontbrak. De tekst komt uit het Nederlandse register."
    return "nld", "De standaard kent alleen nld. Kijk of de tekst Nederlands is."


def provider(value: Any) -> Cleaned:
    """The supplier's name; an own make is always called the same."""
    cleaned, reason = line(value)
    if cleaned and sort_key(cleaned) in _IN_HOUSE:
        return IN_HOUSE, "" if value == IN_HOUSE else "Wie het zelf maakt, schrijft: Intern ontwikkeld."
    if cleaned and sort_key(cleaned) in _PLACEHOLDERS:
        return None, "Hier stond geen naam."
    return cleaned, reason
