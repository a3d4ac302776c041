"""A paragraph of over 6 sentences or 90 words; list items do not count."""

from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from transparency.readability.document import Document, Finding, Severity
from transparency.readability.tokens import Kind

CODE = "long_paragraph"
MOST_SENTENCES, MOST_WORDS = 6, 90


def find(document: Document) -> Iterator[Finding]:
    """A finding for every paragraph that is too long."""
    sentences = [part.sentence for part in document.parts if part.sentence.kind is Kind.SENTENCE]
    for _number, group in groupby(sentences, key=lambda sentence: sentence.paragraph):
        paragraph = list(group)
        words = sum(len(sentence.words) for sentence in paragraph)
        if len(paragraph) > MOST_SENTENCES or words > MOST_WORDS:
            yield document.finding(
                CODE, Severity.HINT, paragraph[0].start, paragraph[-1].end,
                _("Deze alinea is lang: %(sentences)s zinnen en %(words)s woorden.")
                % {"sentences": len(paragraph), "words": words},
                _("Maak er twee alinea’s van. Zet in elke alinea één boodschap."),
            )  # fmt: skip
