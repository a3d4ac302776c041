"""A word that is seldom used: Zipf below 3 in its most common form. Each word is told once."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from transparency.readability import tagger
from transparency.readability.abbreviations import abbreviations
from transparency.readability.closed_classes import VERB_PREFIXES
from transparency.readability.document import Document, Finding, Severity, Tagged
from transparency.readability.lexicon import Is, look_up
from transparency.readability.tokens import words_of
from transparency.readability.word_lists import ordinary_words, single_formal_words
from transparency.readability.words import best_zipf, noun

CODE = "rare_word"
RARE, VERY_RARE = 3.0, 2.0
COMMON_VERB = 4.5  # Zipf: with a particle before it such a verb is understood ("meekijkt")


def find(document: Document) -> Iterator[Finding]:
    """A finding for the first use of every rare word: no names, no terms of the glossary, no formal words."""
    told = {word for match, _term in document.terms for word in words_of(match[0])}
    passed_over = (told, document.known, single_formal_words())  # the last has thousands: not copied for each text
    for part, at, token, tag in document.places():
        if tag not in tagger.CONTENT or tag == tagger.NAME or _is_name(part, at):
            continue
        if any(token.low in words for words in passed_over):
            continue
        zipf = min(best_zipf(piece, as_noun=tag == tagger.NOUN) for piece in token.low.split("/"))
        if zipf >= RARE or look_up(token.low).flags & Is.NOT_COUNTED or _is_ordinary(token.low):
            continue
        told.add(token.low)
        severity = Severity.WARNING if zipf < VERY_RARE else Severity.HINT
        yield document.finding(
            CODE, severity, token.start, token.end, _("Weinig mensen kennen dit woord."),
            _("Kies een ander woord of leg het uit."),
        )  # fmt: skip


def _is_name(part: Tagged, at: int) -> bool:
    """Whether a word that begins a sentence is a name: "CoronaMelder", and "Lead" of "Lead Healthcare"."""
    text, after = part.tokens[at].text, part.tokens[at + 1 : at + 2]
    if text.isupper():
        return False
    return any(letter.isupper() for letter in text[1:]) or (
        at == 0 and text[0].isupper() and bool(after) and after[0].text[0].isupper()
    )


def _is_ordinary(low: str) -> bool:
    """Whether readers know the word all the same: by the list, as a unit or title, or as a verb with a particle."""
    found = noun(low)
    if not ordinary_words().isdisjoint({low, found.head if found else ""}) or low in abbreviations():
        return True
    bare = (low.removeprefix(prefix) for prefix in VERB_PREFIXES if low.startswith(prefix))
    return any((word := look_up(form)).flags & Is.VERB and word.family >= COMMON_VERB for form in bare)
