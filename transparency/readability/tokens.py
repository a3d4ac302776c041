"""A text as sentences and words, each with its place in the text.

Knows abbreviations, list items, headings, links, and lines that were broken in the middle of a sentence.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import pairwise

from transparency.readability.abbreviations import ALSO_WORDS, with_stop
from transparency.readability.closed_classes import FUNCTION_WORDS

_TOKEN = re.compile(
    r"(?P<link>(?:https?://|www\.)[^\s<>]{1,500}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5})"
    r"|(?P<tag></?[a-zA-Z][^<>]{0,200}>)"
    r"|(?P<short>(?:[^\W\d_]{1,3}\.){2,6}(?!\w))"
    r"|(?P<word>[^\W_](?:[^\W_]|[\u0300-\u036f])*(?:(?:['’\-/.&]|(?<=\d),(?=\d))(?:[^\W_]|[\u0300-\u036f])+)*)"
    r"|(?P<mark>[^\w\s]|_)"
)
_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_ITEM = re.compile(r"\s*(?:[-*•–]|\d{1,2}[.)]|[a-z][.)])\s+")
_MARKED_HEADING = re.compile(r"\s*#{1,6}\s+")
_NUMBER = re.compile(r"[\d.,:/%-]+(?:e|ste|de)?")
_SITE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:nl|com|eu|org|net|be|frl|care|health)(?:/.*)?", re.IGNORECASE)
# Begins only at the first mark of a run, so that twenty thousand stops are looked at once.
_END = re.compile(r"(?<![.!?…])([.!?…]+[\"”’'»)\]]*)(?=\s|$)")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_LAST_WORD = re.compile(r"[\w.]+\Z")
_MOST_HEADING_WORDS = 10


class Kind(Enum):
    """What a piece of text is."""

    SENTENCE = "sentence"
    ITEM = "item"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, link or mark; `low` is what the lexicon is asked for."""

    text: str
    low: str
    start: int
    end: int
    kind: str  # word, short (o.a.), number, link, mark, tag

    @property
    def is_word(self) -> bool:
        """Whether a reader would count it as a word."""
        return self.kind in {"word", "short", "number", "link"}


@dataclass(frozen=True)
class Sentence:
    """A sentence, list item or heading. `paragraph` counts from 0."""

    text: str  # the whole text; the sentence is text[start:end]
    start: int
    end: int
    kind: Kind
    paragraph: int

    @cached_property
    def tokens(self) -> list[Token]:
        """Its words and marks in order."""
        return list(_tokens(self.text, self.start, self.end))

    @cached_property
    def words(self) -> list[Token]:
        """Its words in order."""
        return [token for token in self.tokens if token.is_word]


def sentences(text: str) -> list[Sentence]:
    """Every sentence, list item and heading of `text` that has a word in it, in order."""
    found = []
    for start, end, kind, paragraph in _blocks(text):
        cuts = [start, *_ends(text, start, end), end]
        for left, right in pairwise(cuts):
            piece = text[left:right]
            first = left + len(piece) - len(piece.lstrip())
            sentence = Sentence(text, first, max(first, left + len(piece.rstrip())), kind, paragraph)
            if sentence.words:
                found.append(sentence)
    return found


def _blocks(text: str) -> Iterator[tuple[int, int, Kind, int]]:
    """(start, end, kind, paragraph) of every list item, heading and run of lines that belong together."""
    lines = [match for match in _LINE.finditer(text) if match[0].strip()]
    paragraph, at = -1, 0
    while at < len(lines):
        line, last = lines[at], at
        while last + 1 < len(lines) and _goes_on(text, lines[last], lines[last + 1]):
            last += 1
        if at == 0 or _gap(text, lines[at - 1], line) > 1:
            paragraph += 1
        start, end = line.start(), lines[last].end()
        if heading := _MARKED_HEADING.match(line[0]):
            yield start + heading.end(), end, Kind.HEADING, paragraph
        elif item := _ITEM.match(line[0]):
            yield start + item.end(), end, Kind.ITEM, paragraph
        elif _is_heading(text[start:end]) and last + 1 < len(lines):
            yield start, end, Kind.HEADING, paragraph
        else:
            yield start, end, Kind.SENTENCE, paragraph
        at = last + 1


def _gap(text: str, line: re.Match[str], following: re.Match[str]) -> int:
    """How many line ends stand between two lines."""
    between = text[line.end() : following.start()].replace("\r\n", "\n")
    return sum(between.count(end) for end in "\n\r\u2028\u2029") + between.count("\u2029")


def _goes_on(text: str, line: re.Match[str], following: re.Match[str]) -> bool:
    """Whether the sentence of `line` goes on in the next line: that begins with a small letter and is no list item."""
    return (
        following[0].lstrip()[0].islower()
        and line[0].rstrip()[-1] not in ".!?…:;"
        and _gap(text, line, following) == 1
        and not _ITEM.match(following[0])
    )


def _is_heading(line: str) -> bool:
    return line.rstrip()[-1] not in '.!?…:;,"”’)' and len(line.split()) <= _MOST_HEADING_WORDS


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """The places in text[start:end] where a sentence ends and another begins."""
    begin = start
    for match in _END.finditer(text, start, end):
        if match.end() == end or (match[1] == "." and not _is_full_stop(text, begin, match, end)):
            continue
        yield match.end()
        begin = match.end()


def _is_full_stop(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    """Whether the stop at `match` ends a sentence; not after an abbreviation or before a small letter."""
    following = text[match.end() : min(end, match.end() + 30)].split()[:1] or [""]
    if following[0][:1].islower():
        return False
    last = _LAST_WORD.search(text[max(begin, match.start() - 40) : match.start()])
    word = last[0].lower() if last else ""
    if word in with_stop(may_end=True):
        return following[0][:1].isupper()
    if word in ALSO_WORDS:
        return not following[0][:1].isdigit()
    if word in with_stop(may_end=False) or _INITIALS.fullmatch(word) or (len(word) == 1 and word.isalpha()):
        return following[0][:1].isupper() and following[0].lower() in FUNCTION_WORDS  # "vitamine C. De pillen"
    return True


def _tokens(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        found, kind = match[0], match.lastgroup or "mark"
        if kind == "word":
            kind = "number" if _NUMBER.fullmatch(found) else "link" if _SITE.fullmatch(found) else kind
        low = unicodedata.normalize("NFC", found).lower().replace("’", "'")
        if kind == "short":
            low = low.removesuffix(".")
        yield Token(found, low, match.start(), match.end(), kind)


def tokens_of(phrase: str) -> list[Token]:
    """The words of a phrase."""
    return [token for token in _tokens(phrase, 0, len(phrase)) if token.is_word]


def words_of(phrase: str) -> list[str]:
    """The words of a phrase as the tokens of a text have them in `low`."""
    return [token.low for token in tokens_of(phrase)]
