"""The check of one text: `check(text)` gives a Report with the score and the findings."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from django.utils.translation import gettext as _

from transparency.readability.document import Document, Finding
from transparency.readability.features import measure
from transparency.readability.language import is_dutch
from transparency.readability.lexicon import LexiconError
from transparency.readability.report import Report
from transparency.readability.rules import (
    abbreviation,
    double_negation,
    formal_word,
    jargon,
    long_paragraph,
    long_sentence,
    no_address,
    nominal,
    passive,
    rare_word,
    split,
)
from transparency.readability.score import is_long_enough, score

MOST_CHARACTERS = 20_000
RULES: tuple[Callable[[Document], Iterator[Finding]], ...] = tuple(
    module.find
    for module in (
        long_sentence, abbreviation, formal_word, jargon, rare_word, passive, split, nominal, double_negation,
        no_address, long_paragraph,
    )
)  # fmt: skip
_log = logging.getLogger(__name__)


class TextTooLong(ValueError):
    """The text has more than MOST_CHARACTERS characters."""


def check(
    text: str, *, known: Iterable[str] = (), terms_explained: bool = False, to_reader: bool = True
) -> Report:  # fmt: skip
    """Check a Dutch text. Offsets of findings are characters of `text` as given.

    `known`: words and names that the page explains or its reader knows. `terms_explained`: the page explains every term
    of the glossary. `to_reader`: the text should say "u". Raises TextTooLong, and LexiconError without a lexicon.
    """
    if len(text) > MOST_CHARACTERS:
        raise TextTooLong(_("De tekst is te lang: meer dan %(most)s tekens.") % {"most": MOST_CHARACTERS})
    return look_at(Document(text, frozenset(word.lower() for word in known), terms_explained, to_reader))


def look_at(document: Document) -> Report:
    """Check a document of any length: for texts of our own. Raises LexiconError without a lexicon."""
    features = measure(document)
    if not is_dutch(document):
        return Report(is_dutch=False, score=None, is_reliable=False, features=features, passives=0,
                      sentence_starts=(), findings=())  # fmt: skip
    findings = _once([finding for rule in RULES for finding in _findings(rule, document)])
    return Report(
        is_dutch=True, score=score(features), is_reliable=is_long_enough(features), features=features,
        sentence_starts=tuple(part.sentence.start for part in document.parts),
        passives=sum(one.code == passive.CODE for one in findings),
        findings=tuple(sorted(findings, key=lambda one: (one.start, -one.severity, one.code))),
    )  # fmt: skip


def warm_up() -> None:
    """Read the lists and compile the patterns, so that the first writer does not wait (0.4 s without)."""
    with suppress(LexiconError):  # `manage.py check` warns of it
        check("U krijgt een algoritme m.b.t. uw onderzoek. Dit wordt door de arts, indien nodig, bekeken.")


def _findings(rule: Callable[[Document], Iterator[Finding]], document: Document) -> list[Finding]:
    """What one rule finds; a rule that fails is skipped and logged, never with the text."""
    try:
        return list(rule(document))
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        _log.error("the rule %s failed: %s", rule.__module__, type(error).__name__)
        return []


def _once(findings: list[Finding]) -> list[Finding]:
    """The findings without those of which another says more: a rare word in a formal phrase, a term that is short."""
    said = [one for one in findings if one.code in {formal_word.CODE, jargon.CODE, abbreviation.CODE}]
    covered = {at for one in said for at in range(one.start, one.end)}
    shortened = {one.start for one in findings if one.code == abbreviation.CODE}
    return [
        one for one in findings
        if not (one.code == rare_word.CODE and one.start in covered)
        and not (one.code == jargon.CODE and one.start in shortened)
    ]  # fmt: skip
