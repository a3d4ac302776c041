"""A sentence of over 15, 20 or 25 words.

Direct Duidelijk asks for 12, but a third of the sentences in experts' rewrites is longer than 15 (readability.md).
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from transparency.readability.document import Document, Finding, Severity
from transparency.readability.tokens import Kind

CODE = "long_sentence"
LIMITS = ((25, Severity.ERROR), (20, Severity.WARNING), (15, Severity.HINT))


def find(document: Document) -> Iterator[Finding]:
    """A finding for every sentence or list item that is too long."""
    for part in document.parts:
        sentence = part.sentence
        count = len(sentence.words)
        severity = next((severity for limit, severity in LIMITS if count > limit), None)
        if severity is None or sentence.kind is Kind.HEADING:
            continue
        advice = _("Kan deze zin korter?") if severity is Severity.HINT else _("Maak er twee zinnen van.")
        message = _("Deze zin heeft %(number)s woorden.") % {"number": count}
        yield document.finding(CODE, severity, sentence.start, sentence.end, message, advice)
