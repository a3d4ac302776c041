"""The few functions of the register that participation may call; it imports nothing else of it (code.md)."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import QuerySet

from portal.audit.revision import raise_revision
from portal.core.cells import escape
from portal.limits.actions import Limit, take
from transparency.api.documents import (
    entry_reference,
    moment,
    organisation_reference,
    page_of,
    system_reference,
)
from transparency.document import translated
from transparency.models import AISystem, Entry, TakenPart
from transparency.plain_language import message_of
from transparency.readability.check import MOST_CHARACTERS, check
from transparency.readability.gate import TOGETHER, VERDICTS, Verdict, decide
from transparency.readability.lexicon import LexiconError
from transparency.readability.names import known_words
from transparency.readability.telling import Told, tell
from transparency.records import refresh_entry

# How the API writes a moment, the address of a page, another thing in short, and a cell of CSV.
__all__ = ["entry_reference", "escape", "moment", "organisation_reference", "page_of", "system_reference"]


# --- Plain language --------------------------------------------------------------------------------------------------

LIVE = Limit(name="taal", capacity=120, per_second=2)


def too_hard(texts: Mapping[str, str], reason: str = "", *, names: Iterable[str] = ()) -> list[str]:
    """Why `texts` ({what people call it: the text}) may not be published: a message for each that is too hard.

    What is only a little hard passes with `reason`. `names` are no hard words. Empty when the check does not work now:
    as in the register, work goes on.
    """
    read = {label: text for label, text in texts.items() if text.strip()}
    try:
        gate = decide(read, known=known_words(names))
    except LexiconError:
        return []
    return [
        f"{label}: {message_of(gate, label, why)}"
        for label, why in gate.why.items()
        if label != TOGETHER and (VERDICTS[why] is Verdict.CLOSED or not reason.strip())
    ]


def read_live(text: str, reader: str) -> Told | None:
    """What the language check says of `text` while somebody types, or None when it cannot say it now.

    `reader` is who types ("user 7"): nobody asks more often than the limit of the check for everyone.
    """
    if not text.strip() or len(text) > MOST_CHARACTERS or take(LIVE, reader):
        return None
    try:
        return tell(text, check(text, to_reader=False))
    except LexiconError:
        return None


# --- Entries and systems ---------------------------------------------------------------------------------------------


def entries_to_link(organisations: Iterable[int]) -> QuerySet[Entry]:
    """The public entries of these organisations (numbers): what one of their projects may be about."""
    found = Entry.objects.public().filter(organisation__in=list(organisations))
    return found.select_related("current_version", "organisation").order_by("record__sort_key", "pk")


def systems_to_link() -> QuerySet[AISystem]:
    """The public products, by name."""
    return AISystem.objects.public().select_related("current_version").order_by("record__sort_key", "pk")


def public_things() -> tuple[QuerySet[Entry], QuerySet[AISystem]]:
    """The entries and products that everybody may read, with what their name needs, by address."""
    entries = Entry.objects.public().select_related("current_version", "organisation").order_by("slug")
    return entries, AISystem.objects.public().select_related("current_version").order_by("slug")


def name_of(thing: Entry | AISystem) -> str:
    """What an entry or a product is called in the language of the page; read with its `current_version`."""
    return str(translated(thing.current_version.content, "name")[0]) if thing.current_version else thing.slug


# --- Have patients taken part? ---------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class PhaseInShort:
    """A phase that a project entered: how many representatives did something in it, and whether it was left without."""

    label: Mapping[str, str]  # {"nl": …, "en": …}
    representatives: int
    by_exception: bool


@dataclass(frozen=True, kw_only=True)
class ProjectInShort:
    """What an entry shows of a project: words by language, and numbers."""

    slug: str
    name: Mapping[str, str]
    path: Mapping[str, str]  # the address of the project's page
    state: str  # a code of participation.states.ProjectState
    state_label: Mapping[str, str]
    phase: str  # a code of participation.states.Phase
    phase_label: Mapping[str, str]
    phases: Sequence[PhaseInShort]
    representatives: int  # who did something
    meetings: int
    advice: int
    adopted: int
    partly: int
    not_adopted: int
    unanswered: int
    kept: int  # advice of which the givers say: done as promised


def show_participation(
    *, entry: Entry, answer: str, projects: Sequence[ProjectInShort], now: datetime.datetime
) -> bool:
    """Show on `entry` which projects of the portal are about it; returns whether that is news.

    `answer`: "YES" when patients took part, "PARTLY" when in some phases only, "" when the portal saw nothing of it:
    then the filter goes by what the provider says.
    """
    told = [asdict(project) for project in projects]
    with transaction.atomic():
        before = TakenPart.objects.filter(entry=entry).first()
        if (before.answer, before.projects) == (answer, told) if before else not told:
            return False
        TakenPart.objects.update_or_create(entry=entry, defaults={"answer": answer, "projects": told, "told_at": now})
        refresh_entry(Entry.objects.select_related(*_WHOLE).get(pk=entry.pk))
        raise_revision()
    return True


_WHOLE = ("organisation", "current_version", "system__current_version", "taken_part")


def entries_with_projects() -> QuerySet[Entry]:
    """The entries of which a project is told."""
    return Entry.objects.exclude(taken_part__projects=[]).filter(taken_part__isnull=False).order_by("pk")
