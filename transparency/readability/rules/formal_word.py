"""A formal word or phrase for which the list has a simpler one, in the same form: "beoordeelt" → "bekijkt"."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from transparency.readability.closed_classes import CLAUSE_WORDS, PREPOSITIONS
from transparency.readability.document import Document, Finding, Severity, Tagged
from transparency.readability.word_lists import GAP, MOST_BETWEEN, Formal, Pattern, formal_words

CODE = "formal_word"
# What may stand after the particle of a verb, which ends its clause: "vangt in mei aan en …", but not "wijst op de …".
AFTER_PARTICLE = CLAUSE_WORDS | PREPOSITIONS | {"of", "dan", "ook", "dus"}


class Match(NamedTuple):
    """The tokens first … last have the form `formal`; the words of its gap are gap_first … gap_last."""

    first: int
    last: int
    gap: tuple[int, int] | None
    formal: Formal

    def places(self) -> set[int]:
        """Its tokens; what stands in the gap may be formal too."""
        between = range(self.gap[0], self.gap[1] + 1) if self.gap else ()
        return set(range(self.first, self.last + 1)).difference(between)


def find(document: Document) -> Iterator[Finding]:
    """A finding for every formal word; of matches that overlap the first and longest counts."""
    for part in document.parts:
        taken: set[int] = set()
        for match in _matches(part):
            if taken.isdisjoint(places := match.places()):
                taken |= places
                yield _finding(document, part, match)


def _finding(document: Document, part: Tagged, match: Match) -> Finding:
    start, end = part.tokens[match.first].start, part.tokens[match.last].end
    simple = tuple(_in_place(document, part, match, suggestion) for suggestion in match.formal.simple)
    return document.finding(
        CODE, Severity.HINT if match.formal.is_hint else Severity.WARNING, start, end, _("Dit is een formeel woord."),
        _("Schrijf liever: %(words)s.") % {"words": _(" of ").join(simple)}, simple,
    )  # fmt: skip


def _in_place(document: Document, part: Tagged, match: Match, suggestion: str) -> str:
    """`suggestion` with the words of the gap in it, and a capital where the formal word has one."""
    if match.gap:
        left, right = match.gap
        between = document.text[part.tokens[left].start : part.tokens[right].end]
        suggestion = suggestion.replace(GAP, " ".join(between.split()))
    return suggestion[:1].upper() + suggestion[1:] if part.tokens[match.first].text[0].isupper() else suggestion


def _matches(part: Tagged) -> Iterator[Match]:
    """The longest form at every word, where nothing around it silences it."""
    forms = formal_words()
    for at, low in enumerate(part.lows):
        for formal in forms.get(low, ()):
            end = _end(part, at, formal.pattern, ends_clause=formal.ends_clause)
            if end is None or not _may_stand(part, at, end[0], formal):
                continue
            yield Match(at, end[0], end[1], formal)
            break


def _end(
    part: Tagged, at: int, pattern: Pattern, *, ends_clause: bool = False
) -> tuple[int, tuple[int, int] | None] | None:
    """The last token of `pattern` at `at`, and the place of its gap; None when it does not stand there."""
    if GAP not in pattern:
        last = at + len(pattern) - 1
        fits = tuple(part.lows[at : last + 1]) == pattern and not (ends_clause and _goes_on(part, last + 1))
        return (last, None) if fits else None
    cut = pattern.index(GAP)
    before, after = pattern[:cut], pattern[cut + 1 :]
    if tuple(part.lows[at : at + cut]) != before:
        return None
    for start in range(at + cut + 1, at + cut + 1 + MOST_BETWEEN):
        if not (start - 1 < len(part.tokens) and part.tokens[start - 1].is_word):
            return None
        last = start + len(after) - 1
        if tuple(part.lows[start : last + 1]) == after and not (ends_clause and _goes_on(part, last + 1)):
            return last, (at + cut, start - 1)
    return None


def _goes_on(part: Tagged, at: int) -> bool:
    """Whether a noun may stand at `at`, so that the word before it is a preposition and no particle."""
    return at < len(part.tokens) and part.tokens[at].is_word and part.lows[at] not in AFTER_PARTICLE


def _may_stand(part: Tagged, first: int, last: int, formal: Formal) -> bool:
    if part.low(first - 1) in formal.not_after or part.low(last + 1) in formal.not_before:
        return False
    if formal.only_after and part.low(first - 1) not in formal.only_after:
        return False
    word = part.tokens[first].text
    if first == last and first and part.tokens[first - 1].is_word and word.istitle():  # a name: "mevrouw Noch"
        return False
    return not any(_stands_over(part, first, last, pattern) for pattern in formal.not_in)


def _stands_over(part: Tagged, first: int, last: int, pattern: Pattern) -> bool:
    """Whether `pattern` overlaps the tokens first … last."""
    for at in range(max(0, first - len(pattern) - MOST_BETWEEN), last + 1):
        end = _end(part, at, pattern)
        if end is not None and end[0] >= first:
            return True
    return False
