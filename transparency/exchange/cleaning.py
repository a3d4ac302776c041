"""Dirty values of registers made right, one function a shape; each tells why it changed a value.

A function takes the raw value and gives ``(value, reason)``. The reason is empty when nothing had to be explained; the
value is None (or an empty list) when nothing could be made of it. Nothing is ever rejected here.
"""

import datetime
import json
import re
from typing import Any

from portal.core.cells import is_error
from portal.core.text import sort_key
from transparency.exchange.markup import has_unseen, strange_tags, to_html, to_line, to_text
from transparency.exchange.national import IN_HOUSE, PUBLICATION_CATEGORIES
from transparency.shape import URL_PATTERN

Cleaned = tuple[Any, str]
MOST_SEARCHED = 5_000  # characters

_PLACEHOLDERS = frozenset({
    "", "nvt", "n v t", "niet van toepassing", "volgt", "nog niet beschikbaar", "niet beschikbaar", "niet bekend",
    "onbekend", "geen", "nader te bepalen", "komt er nog", "nb", "n b", "tbd", "null", "none", "nan", "n a", "na",
})  # fmt: skip
CELL_ERROR = "Hier staat een fout van de spreadsheet, geen antwoord."
_URL = re.compile(rf"(?<!\w){URL_PATTERN}")
_BARE = re.compile(
    r"(?<![@\w./-])(?<!\w['’])(?:[a-z0-9-]+\.)+(?:nl|com|org|net|eu|nu|info|io|dev|be|gov)(?![\w@-]|\.\w)"
    r"(?::\d+)?(?:[/?#][^\s<>\"]*)?",
    re.IGNORECASE,
)
_NEXT_URL = re.compile(r"\|+(?=https?://)", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>(),;:\"\[\]]+@[^\s@<>(),;:\"\[\]'|/?!]+\.[^\s@<>(),;:\"\[\]'|/?!]+")
_AROUND_EMAIL = re.compile(r"[\s<>(),;:\"\[\]“”„]+")
_MAILTO = re.compile(r"mailto:([^?]*)(?:\?.*)?", re.IGNORECASE | re.DOTALL)
_DATES = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?(?:[T ].*)?"),
    re.compile(r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})(?:[T ].*)?"),
)
_MONTH_WORD = re.compile(
    r"\b(?:(jan(?:uari|uary)?)|(feb(?:ruari|ruary)?)|(maart|mrt|mar(?:ch)?)|(apr(?:il)?)|(mei|may)|(jun[ei]?)|(jul[iy]?)|"
    r"(aug(?:ust(?:us)?)?)|(sept?(?:ember)?)|(o[kc]t(?:ober)?)|(nov(?:ember)?)|(dec(?:ember)?))"
    r"\b[.,]{0,2}[\s-]+((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_AS_MONTH = "Een maand schrijven wij als 2026-11."
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


def beginning(value: Any) -> str:
    """The first words of `value` on one line: an address or a date is looked for there, not in a whole book."""
    return to_line(plain(value)[:MOST_SEARCHED])


def no_answer(value: Any) -> str:
    """The reason for leaving out a value of which no word is left; none when it held nothing at all."""
    return "Hier stond geen antwoord." if plain(value).strip() else ""


def is_cell_error(value: Any) -> bool:
    """Whether `value` is what a spreadsheet shows when it cannot work a cell out."""
    return isinstance(value, str) and is_error(value)


def is_placeholder(value: Any) -> bool:
    """Whether `value` only says that there is no answer: "-", "n.v.t.", "volgt"."""
    return is_cell_error(value) or sort_key(to_line(plain(value))) in _PLACEHOLDERS


def line(value: Any) -> Cleaned:
    """One line of plain text."""
    if is_cell_error(value):
        return None, CELL_ERROR
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
    if value not in (None, "") and is_placeholder(value) and not is_cell_error(value):
        return None, "Dit is geen nummer of code."
    return line(value)


def markup(value: Any) -> Cleaned:
    """National HTML, or text without tags: both may stay as they are; other tags go."""
    if is_cell_error(value):
        return None, CELL_ERROR
    text = plain(value)
    if text.strip() and not sort_key(to_text(text)):
        return None, "Hier stond geen antwoord."
    if strange := strange_tags(text):
        return to_html(to_text(text)) or None, _about_tags(strange, has_unseen=has_unseen(text))
    return text or None, "" if isinstance(value, str) or value is None else "Dit is nu tekst."


def _about_tags(strange: set[str], *, has_unseen: bool) -> str:
    """What became of the `strange` tags of a text, and of the words in them."""
    tags = sorted(name for name in strange if not name.startswith("<"))
    kept = "Wat een lezer niet ziet, is weggehaald. De andere woorden" if has_unseen else "De woorden"
    said = [f"Deze opmaak mag niet in de tekst: {', '.join(tags)}. {kept} zijn gebleven."] if tags else []
    if len(tags) < len(strange):
        said.append("Wat tussen < en > stond, is nu gewone tekst.")
    return " ".join(said)


def url(value: Any) -> Cleaned:
    """A web address that starts with http(s); the first one of a sentence."""
    text = beginning(value)
    if not text:
        return None, no_answer(value)
    if _URL.fullmatch(text) and not _NEXT_URL.search(text):
        return text, "" if text == value else "De spaties eromheen zijn weggehaald."
    if (found := _URL.search(text)) and _URL.fullmatch(first := without_end(_NEXT_URL.split(found[0])[0])):
        return first, "Naast het webadres stond er nog iets. Wij namen het eerste webadres."
    if found := _BARE.search(text):
        return f"https://{without_end(found[0])}", "Het webadres begon niet met https://."
    return None, "Dit is geen webadres."


def without_end(address: str) -> str:
    """`address` without the signs of the sentence behind it; a bracket that was opened in it belongs to it."""
    while address[-1] in ".,;:!?'’)]" and not (address[-1] == ")" and address.count("(") >= address.count(")")):
        address = address[:-1]
    return address


def contact(value: Any) -> Cleaned:
    """An e-mail address, or else a web address."""
    text = beginning(value)
    if mail := _MAILTO.fullmatch(text):
        text = mail[1].strip()
    if _EMAIL.fullmatch(text):
        return text, "" if text == value else "De spaties of woorden eromheen zijn weggehaald."
    if not _URL.fullmatch(text) and (found := _email_in(text)):
        return found, "Naast het e-mailadres stond er nog iets. Wij namen het eerste e-mailadres."
    cleaned, reason = url(value)
    return cleaned, "Hier stond geen e-mailadres of webadres." if cleaned is None and text else reason


def _email_in(text: str) -> str | None:
    """The first address that stands loose in `text`: a part of a longer one is somebody else's mailbox."""
    for word in _AROUND_EMAIL.split(text):
        bare = word[1:-1] if word[:1] in {"'", "‘", "*"} and word[-1:] in {"'", "’", "*"} else word
        bare = bare.rstrip(".!?'’")
        if _EMAIL.fullmatch(bare) and not bare.startswith("//"):
            return bare
    return None


def month(value: Any) -> Cleaned:
    """A month as "YYYY-MM"."""
    text = beginning(value)
    if not text:
        return None, no_answer(value)
    for pattern in _DATES:
        if (match := pattern.fullmatch(text)) and (made := _month(match["year"], match["month"])):
            day = match.groupdict().get("day")
            if day and not _is_day(match["year"], match["month"], day):
                return made, "Deze dag bestaat niet. Wij namen alleen de maand."
            return made, "" if made == value else _AS_MONTH
    if match := _MONTH_WORD.search(text):
        number = next(place for place in range(1, 13) if match[place])
        is_all = re.fullmatch(r"[\d\s.,-]*", text.replace(match[0], "", 1))
        reason = _AS_MONTH if is_all else "Naast de maand stond er nog iets. Wij namen de eerste maand."
        return _month(match[13], str(number)), reason
    return None, "Dit is geen maand."


def _month(year: str, number: str) -> str | None:
    is_month = 1900 <= int(year) <= 2100 and 1 <= int(number) <= 12
    return f"{int(year)}-{int(number):02d}" if is_month else None


def _is_day(year: str, number: str, day: str) -> bool:
    try:
        return bool(datetime.date(int(year), int(number), int(day)))
    except ValueError:
        return False


def choice(value: Any, choices: tuple[str, ...]) -> str | None:
    """The one of `choices` that `value` spells, or None."""
    wanted = sort_key(to_line(plain(value)))
    return next((choice for choice in choices if sort_key(choice) == wanted), None)


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
