"""Three older measures of how hard a text is, to hold the score against; higher is harder in all of them."""

import re
from collections.abc import Callable

from transparency.readability.document import Document
from transparency.readability.tokens import Kind, Token

_SYLLABLE = re.compile(r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ou|au|ij|ei|[aeiouyáéëïöüè]")
_LONG = 6  # LIX calls a word of more letters long


def mean_sentence(document: Document) -> float:
    """Words per sentence."""
    sentences, words = _counted(document)
    return len(words) / max(1, sentences)


def lix(document: Document) -> float:
    """LIX (Björnsson 1968): words per sentence and the percentage of words of more than six letters."""
    _sentences, words = _counted(document)
    return mean_sentence(document) + 100 * sum(len(word.text) > _LONG for word in words) / max(1, len(words))


def flesch_douma(document: Document) -> float:
    """Flesch-Douma (Douma 1960), turned round: 206.84 - 0.93 words per sentence - 77 syllables per word."""
    _sentences, words = _counted(document)
    syllables = sum(max(1, len(_SYLLABLE.findall(word.low))) for word in words)
    return -(206.84 - 0.93 * mean_sentence(document) - 77 * syllables / max(1, len(words)))


BASELINES: dict[str, Callable[[Document], float]] = {
    "zinslengte": mean_sentence, "LIX": lix, "Flesch-Douma": flesch_douma,
}  # fmt: skip


def _counted(document: Document) -> tuple[int, list[Token]]:
    sentences = [part.sentence for part in document.parts if part.sentence.kind is not Kind.HEADING]
    return len(sentences), [word for sentence in sentences for word in sentence.words]
