"""An abbreviation that is not explained where it first stands: "voluit (AFK)" or "AFK (voluit)"."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from transparency.glossary import Term
from transparency.readability.abbreviations import Abbreviation, abbreviations
from transparency.readability.closed_classes import FUNCTION_WORDS
from transparency.readability.document import Document, Finding, Severity, Tagged
from transparency.readability.lexicon import look_up
from transparency.readability.rules.jargon import is_explained

CODE = "abbreviation"
_CAPITALS = re.compile(r"[A-Z][A-Za-z]{0,2}[A-Z][A-Z0-9]{0,5}")
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_SHORTEST_SHOUT = 5  # letters of a word in capitals that is no abbreviation even when it stands alone
_SHORTEST_SMALL_WORD = 3  # the same for a small word: "[GEEN/EEN]", "NIET"; not the OM and not the DE
_PARTS = re.compile(r"['’\-/&]")
# Everyone knows these, or the portal explains them once for the whole site.
_KNOWN = frozenset("ai nl eu gps btw dna ok wc id pin qr hiv app bsn ggd".split())
# "De korte naam is POH", and "de letters CE", which names the letters themselves.
_TOLD_BEFORE = re.compile(
    r"\b(?:(?:afkorting|naam) is(?: kort)?|afgekort|in het kort|kort|de letters?):? [“‘\"']?\Z", re.IGNORECASE
)
_TOLD_AFTER = re.compile(r"[”’\"']? (?:is kort voor|is de afkorting van|staat voor)\b")
_BEFORE_SURNAME = frozenset("de den der het ten ter van".split())
_INITIALS = re.compile(r"(?:[A-Z]\.)+")


def find(document: Document) -> Iterator[Finding]:
    """A finding for the first use of every abbreviation that stays unexplained."""
    told = set(document.known | _KNOWN)
    terms = {match.start(): term for match, term in document.terms}
    for part, at, token, _tag in document.places():
        short, listed = _short(part, at)
        if not short or short.lower() in told or token.low in document.known:
            continue
        told.add(short.lower())
        end = token.start + len(short)
        if listed and listed.is_ordinary and part.low(at + 1) == "." and at + 2 < len(part.tokens):
            end = part.tokens[at + 1].end
        if (listed and listed.is_known) or (document.terms_explained and token.start in terms):
            continue
        if any(_is_explained(document, token.start, place, listed) for place in {end, token.end}):
            continue
        yield document.finding(
            CODE, Severity.ERROR, token.start, end, _("Deze afkorting is niet uitgelegd."),
            *_advice(short, listed, terms.get(token.start)),
        )  # fmt: skip


def _advice(short: str, listed: Abbreviation | None, term: Term | None) -> tuple[str, tuple[str, ...]]:
    """What to do, and what to write: the plain words, the explanation of the glossary, or the words in full."""
    if listed and listed.is_ordinary:
        return _("Schrijf: %(words)s.") % {"words": listed.instead}, (listed.instead,)
    if term:
        words = {"term": short, "explanation": term.short_nl}
        return _("Leg uit: %(term)s = %(explanation)s.") % words, (f"{short} ({term.short_nl})",)
    full = listed.instead if listed else _("de hele naam")
    advice = _("Schrijf de eerste keer: %(words)s (%(short)s).") % {"words": full, "short": short}
    return advice, (f"{full} ({short})",) if listed else ()


def _short(part: Tagged, at: int) -> tuple[str, Abbreviation | None]:
    """The abbreviation at `at` ("AI" of "AI-systeem") and what the list knows of it; ("", None) when it is none."""
    token = part.tokens[at]
    if token.kind not in {"word", "short"}:
        return "", None
    first = token.text if token.kind == "short" else _PARTS.split(token.text, maxsplit=1)[0]
    bare = first.removesuffix(".")
    listed = abbreviations().get(bare) or abbreviations().get(bare.lower())
    if listed and bare not in abbreviations() and not (listed.is_ordinary or listed.is_known):
        listed = None
    if listed and listed.has_stop and token.kind == "word":  # "max" is a word, "max." is not
        return (first, listed) if part.low(at + 1) == "." and at + 2 < len(part.tokens) else ("", None)
    if not listed and _INITIALS.fullmatch(first) and _begins_name(part, at + 1):
        return "", None
    if listed or token.kind == "short":
        return first, listed
    is_one = _CAPITALS.fullmatch(first) and not _ROMAN.fullmatch(first) and not _is_shouted(part, at)
    return (first, None) if is_one else ("", None)


def _begins_name(part: Tagged, at: int) -> bool:
    """Whether a surname stands at `at`: "G.H. de Vries", "Dr. G.H. Amshoffweg"."""
    name = next((token.text for token in part.tokens[at : at + 3] if token.low not in _BEFORE_SURNAME), "")
    return name[:1].isupper()


def _is_shouted(part: Tagged, at: int) -> bool:
    """Whether the word is an ordinary one in capitals: "LET OP", "BELANGRIJK"."""
    word = _PARTS.split(part.tokens[at].text, maxsplit=1)[0]
    if not word.isupper() or look_up(word.lower()).zipf < 3:
        return False
    if len(word) >= (_SHORTEST_SMALL_WORD if word.lower() in FUNCTION_WORDS else _SHORTEST_SHOUT):
        return True
    beside = [token.text for token in part.tokens[max(0, at - 1) : at + 2] if token.is_word]
    return len(beside) > 1 and all(text.isupper() for text in beside)


def _is_explained(document: Document, start: int, end: int, listed: Abbreviation | None) -> bool:
    text = document.text
    if listed and listed.is_ordinary:
        return False
    in_brackets = text[max(0, start - 1) : start] == "(" and text[end : end + 1] == ")"
    told = _TOLD_BEFORE.search(text[max(0, start - 30) : start]) or _TOLD_AFTER.match(text, end)
    if in_brackets or told or is_explained(text, start, end):
        return True
    return bool(listed and listed.full.lower() in text[:start].lower())
