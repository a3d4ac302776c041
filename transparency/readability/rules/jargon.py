"""A term of the glossary that the text does not explain at its first use; the finding brings the explanation."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from transparency.glossary import TOO_COMMON
from transparency.readability.document import Document, Finding, Severity
from transparency.readability.lexicon import look_up
from transparency.readability.word_lists import extra_terms

CODE = "jargon"
COMMON = 4.0  # Zipf: a word that most people have met is a hint only
_EXPLAINS_AFTER = re.compile(
    r"[”\"’']?\s*(?:[(=:–]|,? (?:dat|dit|wat) (?:is|zijn|betekent)\b|(?:is|zijn) een\b|betekent\b|wil zeggen\b"
    r"|noemen\b|heet\b|heten\b|, een (?:(?! en | of )[^,.!?]){3,60}[,.!?])",
    re.IGNORECASE,
)
_EXPLAINS_BEFORE = re.compile(r"(?:\bnoemen (?:we|wij|ze|artsen)?|\bheet|\bheten|\(|\bdit is|\bdat is)[^.!?]{0,20}\Z")
_NEXT_EXPLAINS = re.compile(
    r"[^.!?\n]{0,200}[.!?]\s+(?:Dat|Dit|Die|Deze|Daarmee|Zo’n|Een|Het) [^.!?]{0,30}"
    r"\b(?:is|zijn|betekent|zegt|staat|kijkt|zoekt)\b"
)


def find(document: Document) -> Iterator[Finding]:
    """A finding for the first use of every term that neither the page nor the text explains."""
    told: set[str] = set()
    for start, end, term, explanation in _uses(document):
        if term in told:
            continue
        told.add(term)
        word = document.text[start:end]
        if word.lower() in document.known or is_explained(document.text, start, end):
            continue
        severity = Severity.HINT if look_up(word.lower()).zipf >= COMMON else Severity.WARNING
        yield document.finding(
            CODE, severity, start, end, _("Dit is een vakwoord."),
            _("Leg uit: %(term)s = %(explanation)s.") % {"term": term, "explanation": explanation},
            (f"{word} ({explanation})",),
        )  # fmt: skip


def _uses(document: Document) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, term, explanation) of terms in jargon.toml, and in the glossary unless the page explains those."""
    if not document.terms_explained:
        for match, term in document.terms:
            if term.slug not in TOO_COMMON:
                yield match.start(), match.end(), term.term_nl, term.short_nl
    pattern, forms = extra_terms()
    for match in pattern.finditer(document.text):
        if known := forms.get(match[0].casefold()):
            yield match.start(), match.end(), *known


def is_explained(text: str, start: int, end: int) -> bool:
    """Whether the words around text[start:end] explain it: "(…)", ", een …", "is een …", "noemen we …", or the next."""
    return bool(
        _EXPLAINS_AFTER.match(text, end, end + 80)
        or _EXPLAINS_BEFORE.search(text[max(0, start - 60) : start])
        or _NEXT_EXPLAINS.match(text, end, end + 300)
    )
