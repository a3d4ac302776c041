"""What is counted in a text: the four features of LiNT-II, estimated without a parser, and a few plain facts."""

from collections.abc import Container
from dataclasses import dataclass
from statistics import fmean

from transparency.readability import tagger
from transparency.readability.document import Document, Tagged
from transparency.readability.lexicon import Is, look_up
from transparency.readability.tokens import Kind, words_of
from transparency.readability.words import counted_zipf, noun


@dataclass(frozen=True, kw_only=True)
class Features:
    """Counts and means of a text; a mean of nothing is None."""

    sentences: int
    words: int
    mean_sentence: float
    over_20: int
    frequency: float | None
    concrete: float | None
    content_per_clause: float | None


def measure(document: Document) -> Features:
    """The features of the sentences and list items of `document`; headings do not count."""
    explained = _explained(document)
    counted = [one for one in document.parts if one.sentence.kind is not Kind.HEADING]
    lengths = [len(one.sentence.words) for one in counted]
    frequencies = [zipf for one in counted for zipf in _frequencies(one, explained)]
    classes = [flags for one in counted for flags in _noun_classes(one)]
    return Features(
        sentences=len(counted),
        words=sum(lengths),
        mean_sentence=fmean(lengths) if lengths else 0.0,
        over_20=sum(length > 20 for length in lengths),
        frequency=fmean(frequencies) if frequencies else None,
        concrete=fmean(bool(flags & Is.CONCRETE) for flags in classes) if classes else None,
        content_per_clause=fmean(_content_per_clause(one) for one in counted) if counted else None,
    )


def _explained(document: Document) -> frozenset[str]:
    """The words that the page itself explains: their frequency does not count."""
    if not document.terms_explained:
        return document.known
    return document.known | {word for match, _term in document.terms for word in words_of(match[0])}


def _frequencies(one: Tagged, explained: Container[str]) -> list[float]:
    """The frequency of each content word that counts: no names, none of LiNT-II's own list of exceptions."""
    return [
        counted_zipf(token.low, as_noun=tag == tagger.NOUN)
        for token, tag in zip(one.sentence.tokens, one.tags, strict=True)
        if tag in tagger.CONTENT and tag != tagger.NAME and token.low not in explained
        and not look_up(token.low).flags & Is.NOT_COUNTED
    ]  # fmt: skip


def _noun_classes(one: Tagged) -> list[Is]:
    nouns = (
        noun(token.low)
        for token, tag in zip(one.sentence.tokens, one.tags, strict=True)
        if tag in {tagger.NOUN, tagger.NAME}
    )
    return [found.flags for found in nouns if found]


def _content_per_clause(one: Tagged) -> float:
    """Content words per finite verb; a sentence without one counts as one clause."""
    return sum(tag in tagger.CONTENT for tag in one.tags) / max(1, sum(tag in tagger.IS_FINITE for tag in one.tags))
