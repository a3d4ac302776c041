"""Making what readers of each language see of a record: its card, where words stand in it, the page of an entry."""

from typing import Any

from django.utils import translation

from transparency.around import Around
from transparency.cards import card_html, due_of
from transparency.document import texts, translated
from transparency.entry_page import entry_page
from transparency.field import Content, Field
from transparency.models import Entry, Version
from transparency.search.snippet import places, sentences

LANGUAGES = ("nl", "en")
_NOT_SHOWN = frozenset({"name", "sources", "tags"})  # on the card already, or nothing to read


def shown_values(
    card: dict[str, Any],
    content: Content,
    fields: tuple[Field, ...],
    entry: Entry | None = None,
    versions: list[Version] | None = None,
    known: Around | None = None,
) -> list[dict[str, Any]]:
    """The columns of `Shown` for each language; `versions`: the newest of `entry`, newest first;
    `known`: what stands around its text.

    The page of an entry without English texts is not kept in English: few ask for it, and it would double the work.
    """
    made = []
    for language in LANGUAGES:
        with translation.override(language):
            lines = _sentences(content, fields, language)
            is_kept = entry is not None and (language == "nl" or bool(content.get("translations", {}).get("en")))
            made.append(
                {
                    "language": language,
                    "card": card_html(card),
                    "sentences": lines,
                    "places": places(lines) if lines else "",
                    "due": due_of(card),
                    "page": entry_page(entry, versions, known) if entry is not None and is_kept else "",
                }
            )
    return made


def _sentences(content: Content, fields: tuple[Field, ...], language: str) -> str:
    """What patients read in this language and no other, a sentence per line."""
    readable = [f for f in fields if not f.is_expert() and f.key not in _NOT_SHOWN]
    if language != "nl":
        readable = [f for f in readable if translated(content, f.key)[1] == language]
    return sentences(text for _key, text in texts(content, readable))
