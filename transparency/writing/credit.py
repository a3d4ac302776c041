"""Whose words a text began with, told honestly: also after the writer changed some of them.

`Draft.credit` is a list of {"title", "title_en", "link", "words": {key: digest of the answer as it was filled in}}.
As long as an answer is still exactly that, its words are of the source; the public list of sources says of which
questions. It is made anew whenever the text is shown or submitted, so it never claims more, or less, than is so.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from transparency.field import Content
from transparency.fields import BY_KEY
from transparency.shape import URL_PATTERN

Credit = Mapping[str, Any]
MOST_NAMED = 12  # questions in one sentence


def credit_of(title: Callable[[], str], link: str, filled_in: Content) -> dict[str, Any]:
    """What a draft keeps of a source whose answers `filled_in` it began with; `title` names it in a language."""
    with translation.override("nl"):
        in_dutch = title()
    with translation.override("en"):
        in_english = title()
    words = {key: digest(value) for key, value in filled_in.items() if key in BY_KEY and key != "name"}
    # An address that only this machine knows (http://localhost) is no link for readers.
    known = link if re.fullmatch(URL_PATTERN, link) else ""
    return {"title": in_dutch, "title_en": in_english, "link": known, "words": words}


def digest(value: Any) -> str:
    """A short mark of an answer."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


def still_theirs(credit: Credit, content: Content) -> list[str]:
    """The questions of which `content` still has the words of the source."""
    return [key for key, mark in credit.get("words", {}).items() if key in content and digest(content[key]) == mark]


def source_of(key: str, credits: Iterable[Credit], content: Content) -> str:
    """Whose words the answer to `key` has, in the language of the page; empty when they are the writer's own."""
    title = "title_en" if translation.get_language() == "en" else "title"
    return next((str(one.get(title) or one["title"]) for one in credits if key in still_theirs(one, content)), "")


def with_credit(content: Content, credits: Iterable[Credit]) -> dict[str, Any]:
    """`content` with, among its sources, whose words it has: one row for each source."""
    credits = list(credits)
    if not credits:
        return dict(content)
    there = content.get("sources")
    rows = [row for row in there if isinstance(row, Mapping)] if isinstance(there, list) else []
    english = _english_rows(content, len(rows))
    for credit in credits:
        at = next((n for n, row in enumerate(rows) if row.get("title") == credit["title"]), len(rows))
        made, in_english = _row(credit, content, "nl"), _row(credit, content, "en")
        rows[at : at + 1] = [{**(rows[at] if at < len(rows) else {}), **made}]
        english[at : at + 1] = [in_english]
    texts = content.get("translations", {}).get("en", {})
    return {**content, "sources": rows, "translations": {"en": {**texts, "sources": english}}}


def _english_rows(content: Content, wanted: int) -> list[Any]:
    """The English of the sources, as many as there are sources."""
    rows = content.get("translations", {}).get("en", {}).get("sources")
    rows = rows if isinstance(rows, list) else []
    return [*rows, *({} for _missing in range(wanted - len(rows)))][:wanted]


def _row(credit: Credit, content: Content, language: str) -> dict[str, Any]:
    """The row of one source in the list of sources."""
    keys = still_theirs(credit, content)
    with translation.override(language):
        labels = [f"“{BY_KEY[key].label}”" for key in keys[:MOST_NAMED]]
        if not keys:
            states = _("De zorgverlener begon met deze bron en schreef daarna alle antwoorden zelf.")
        elif len(keys) > MOST_NAMED:
            states = _("Van deze bron zijn de antwoorden op %(number)s vragen.") % {"number": len(keys)}
        else:
            states = _("Van deze bron zijn de antwoorden bij: %(questions)s.") % {"questions": ", ".join(labels)}
    made = {
        "title": str(credit["title"] if language == "nl" else credit.get("title_en") or credit["title"]),
        "states": states,
    }
    return {**made, "link": credit["link"]} if credit.get("link") and language == "nl" else made
