"""The page of an entry: what it says, and its HTML, made once at publication.

The page is kept as pieces between `transparency.cards.CUT`: title, description, head, breadcrumb, text, the mark of a
late check, text, whether others may use the same product, text. What goes in between depends on the day or on others.
"""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from transparency.answers import sections
from transparency.api.structured import entry_block
from transparency.cards import CUT
from transparency.document import translated
from transparency.exchange.received import record_of, source_of
from transparency.field import Content
from transparency.fields import ENTRY_FIELDS
from transparency.glossary import Explainer
from transparency.models import Entry, Version
from transparency.plain_language import readability_of
from transparency.readers import outcome_of
from transparency.states import Origin
from transparency.taken_part import shown_projects

PUBLIC_SECTIONS = ("purpose", "effect", "data", "decision", "risks", "refuse", "questions", "participation")
EXPERT_SECTIONS = ("technique", "evidence", "law", "supplier", "status")
MOST_VERSIONS = 5

# Uses in which somebody ill may trust a computer: there the page says when to call a doctor.
SYMPTOMS = ("FIRST_CONTACT", "SELF_MANAGEMENT")


def is_over(content: Content) -> bool:
    """Whether the text is about something that is no longer used."""
    return content.get("status") in ("STOPPED", "WITHDRAWN")


def needs_warning(content: Content) -> bool:
    """Whether patients use this when they feel ill."""
    return content.get("use_kind") in SYMPTOMS and content.get("talks_to_patient") != "NO"


def page_context(entry: Entry, version: Version) -> dict[str, Any]:
    """The text of `version` as sections, with the words it explains."""
    language = get_language() or "nl"
    explainer = Explainer(language=language)
    product = entry.system.current_version.content if entry.system and entry.system.current_version else None
    answered = sections(version.content, ENTRY_FIELDS, explainer, product=product)
    experts = [section for key, section in answered.items() if key in EXPERT_SECTIONS or section.expert]
    name, name_language = translated(version.content, "name")
    return {
        "entry": entry,
        "version": version,
        "content": version.content,
        "name": name,
        "name_language": name_language,
        "short": answered["short"],
        "sections": [answered[key] for key in PUBLIC_SECTIONS],
        "expert_sections": [section for section in experts if section.answers or section.open],
        "sources": answered["sources"],
        "words": sorted(explainer.used.values(), key=lambda term: term.term.casefold()),
        "is_editorial": entry.origin == Origin.EDITORIAL,
        "is_imported": entry.origin == Origin.IMPORTED,
        "readability": readability_of(version),
        "readers": outcome_of(entry),
        "notices": sorted(entry.notices.all(), key=lambda notice: notice.published_at, reverse=True),
        "is_past": is_over(version.content),
        "warns": needs_warning(version.content),
        "in_dutch": language != "nl" and any(a.language != language for s in answered.values() for a in s.answers),
    }


def _received(entry: Entry) -> dict[str, Any] | None:
    """Where the text came from in short, when it came from another register and everybody may see that."""
    kept = record_of(entry)
    if kept is None:
        return None
    return {"source": source_of(kept).label, "at": kept.received_at, "changes": len(kept.report)}


def entry_page(entry: Entry, versions: list[Version] | None = None) -> str:
    """The pieces of the page of `entry`, which has a text, in the language in force.

    `versions`: its newest, newest first; read from the database when not given.
    """
    version = entry.current_version
    assert version is not None  # noqa: S101 (callers take public ones)
    if versions is None:
        versions = list(entry.versions.order_by("-number")[:MOST_VERSIONS])
    return render_to_string(
        "transparency/entry_text.html",
        page_context(entry, version)
        | {
            "cut": CUT,
            "versions": versions,
            "received": _received(entry),
            "shows_projects": True,
            "projects": shown_projects(entry),
            "page_language": get_language(),
            "public_url": settings.PUBLIC_URL,
            "structured": entry_block(entry, version, f"{settings.PUBLIC_URL}{entry.get_absolute_url()}"),
        },
    )
