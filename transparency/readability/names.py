"""The words of names: they are no difficult words where the name is known."""

import re
from collections.abc import Iterable

from transparency.readability.lexicon import look_up
from transparency.readability.tokens import tokens_of

_CAPITAL = re.compile(r"[A-Z]")
RARE = 3.0  # Zipf: above this a word of a name is an ordinary word as well ("zorg", "ziekenhuis")


def known_words(names: Iterable[str]) -> frozenset[str]:
    """The words of names that are no ordinary Dutch words, in small letters. A word with two capitals is none."""
    words = {token for name in names for token in tokens_of(name)}
    return frozenset(
        spelling
        for word in words
        if len(_CAPITAL.findall(word.text)) > 1 or look_up(word.low).zipf < RARE
        for spelling in (word.low, word.text.lower())
    )
