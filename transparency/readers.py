"""What patients who read a text found, in counts: for the entry's page, and for the gate of readability.md."""

import datetime
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from transparency.document import plain_texts
from transparency.field import Content
from transparency.fields import ENTRY_FIELDS
from transparency.models import Entry, Reading, ReadingAnswer
from transparency.states import ReadingState, Understood

QUESTIONS = {
    "what_it_does": gettext_lazy("Ik begrijp wat de AI doet"),
    "what_it_means": gettext_lazy("Ik weet wat het voor mij betekent"),
    "where_to_go": gettext_lazy("Ik weet waar ik heen kan met vragen of klachten"),
}
FEWEST = 5  # readers: the answers of fewer are not shown (participation.md: groups under 5 never are)
CLEAR = 80  # percent that says yes to each question: then the text counts as found clear (ADR on readers)


@dataclass(frozen=True, kw_only=True)
class Count:
    """How the readers answered one question."""

    question: str | Promise
    yes: int
    partly: int
    no: int


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What is public of a reading. `counts` is empty when fewer than FEWEST people read it."""

    organisation: str
    number: int
    closed_at: datetime.datetime
    counts: tuple[Count, ...]
    changed: str
    changed_en: str
    is_of_this_text: bool


def text_hash(content: Content) -> str:
    """SHA-256 over the texts of `content` that patients read: the same as long as none of them changes."""
    read = json.dumps(list(plain_texts(content, ENTRY_FIELDS)), ensure_ascii=False).encode()
    return hashlib.sha256(read).hexdigest()


def counts_of(answers: Iterable[ReadingAnswer]) -> tuple[Count, ...]:
    """How often each answer was given to each question."""
    given = list(answers)
    return tuple(_count(label, [getattr(answer, key) for answer in given]) for key, label in QUESTIONS.items())


def _count(question: str | Promise, said: list[str]) -> Count:
    return Count(
        question=question,
        yes=said.count(Understood.YES),
        partly=said.count(Understood.PARTLY),
        no=said.count(Understood.NO),
    )


def outcome_of(entry: Entry) -> Outcome | None:
    """The newest reading of `entry` that somebody answered, for its public page; None when there is none."""
    if entry.current_version is None:
        return None
    closed = entry.readings.filter(state=ReadingState.CLOSED).select_related("organisation")
    for reading in closed.prefetch_related("answers").order_by("-closed_at", "-pk"):
        answers = list(reading.answers.all())
        if answers and reading.closed_at:
            return Outcome(
                organisation=reading.organisation.name,
                number=len(answers),
                closed_at=reading.closed_at,
                counts=counts_of(answers) if len(answers) >= FEWEST else (),
                changed=reading.changed,
                changed_en=reading.changed_en,
                is_of_this_text=reading.content_hash == text_hash(entry.current_version.content),
            )
    return None


def was_found_clear(reading: Reading) -> bool:
    """Whether enough people read it, and at least CLEAR percent of them said yes to each question."""
    counts = counts_of(reading.answers.all())
    return all(
        count.yes + count.partly + count.no >= FEWEST
        and 100 * count.yes >= CLEAR * (count.yes + count.partly + count.no)
        for count in counts
    )


def reason_to_publish(entry: Entry, content: Content) -> str:
    """Why an orange `content` may be published: patients read exactly this text and found it clear. Empty otherwise."""
    read = entry.readings.filter(state=ReadingState.CLOSED, content_hash=text_hash(content))
    for reading in read.select_related("organisation").prefetch_related("answers").order_by("-closed_at"):
        if was_found_clear(reading):
            return _("Patiënten van %(organisation)s lazen deze tekst en vonden hem duidelijk.") % {
                "organisation": reading.organisation.name
            }
    return ""
