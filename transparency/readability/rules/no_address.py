"""A text for the reader that never says "u"."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from transparency.readability.document import Document, Finding, Severity
from transparency.readability.tokens import Kind

CODE = "no_address"
LEAST_SENTENCES = 3
YOU = frozenset("u uw uzelf je jij jou jouw jezelf jullie".split())


def find(document: Document) -> Iterator[Finding]:
    """One finding, at the first sentence, when the text should speak to the reader and does not."""
    sentences = [part for part in document.parts if part.sentence.kind is not Kind.HEADING]
    if not document.to_reader or len(sentences) < LEAST_SENTENCES:
        return
    if any(YOU.intersection(part.lows) for part in document.parts):
        return
    first = sentences[0].sentence
    yield document.finding(
        CODE, Severity.HINT, first.start, first.end, _("Deze tekst spreekt de lezer niet aan."),
        _("Schrijf “u”: wat merkt u, wat kunt u doen?"),
    )  # fmt: skip
