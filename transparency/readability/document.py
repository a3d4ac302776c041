"""A text as the rules read it, and what they find in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from transparency.glossary import Term, glossary, terms_in
from transparency.readability import tagger
from transparency.readability.tokens import Sentence, Token, sentences


class Severity(IntEnum):
    """How bad a finding is; an ERROR in a short text keeps it from being published."""

    HINT = 1
    WARNING = 2
    ERROR = 3


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing to change: its place in the text, what is wrong, and what to do."""

    code: str
    severity: Severity
    start: int
    end: int
    text: str
    message: str
    advice: str
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tagged:
    """A sentence with the tag of each of its tokens."""

    sentence: Sentence
    tags: list[str]

    @property
    def tokens(self) -> list[Token]:
        """The words and marks of the sentence."""
        return self.sentence.tokens

    @cached_property
    def lows(self) -> list[str]:
        """Every token in lower case."""
        return [token.low for token in self.sentence.tokens]

    def low(self, at: int) -> str:
        """The token at `at` in lower case, or "" outside the sentence."""
        return self.lows[at] if 0 <= at < len(self.lows) else ""

    def words_between(self, left: int, right: int) -> int:
        """How many words stand between the tokens at `left` and `right`."""
        return sum(token.is_word for token in self.sentence.tokens[left + 1 : right])


@dataclass(frozen=True)
class Document:
    """A text, and what is known about the page it stands on.

    `known`: words (lower case) that the page explains or that are names there. `terms_explained`: the page explains
    every term of the glossary. `to_reader`: the text should speak to the reader.
    """

    text: str
    known: frozenset[str] = frozenset()
    terms_explained: bool = False
    to_reader: bool = False

    @cached_property
    def parts(self) -> list[Tagged]:
        """Every sentence, list item and heading with its tags."""
        return [Tagged(sentence, tagger.tag(sentence)) for sentence in sentences(self.text)]

    @cached_property
    def terms(self) -> list[tuple[re.Match[str], Term]]:
        """Every use of a term of the glossary, in order."""
        return [(match, glossary()[slug]) for match, slug in terms_in(self.text, "nl")]

    def places(self) -> Iterator[tuple[Tagged, int, Token, str]]:
        """Every token of the text: its sentence, its place there, itself, its tag."""
        for part in self.parts:
            for at, (token, tag) in enumerate(zip(part.tokens, part.tags, strict=True)):
                yield part, at, token, tag

    def finding(
        self, code: str, severity: Severity, start: int, end: int, message: str, advice: str,
        suggestions: tuple[str, ...] = (),
    ) -> Finding:  # fmt: skip
        """A finding about text[start:end]."""
        return Finding(
            code=code, severity=severity, start=start, end=end, text=self.text[start:end], message=message,
            advice=advice, suggestions=suggestions,
        )  # fmt: skip
