"""The page of an entry: what it says, and its HTML, made once at publication.

The page is kept as pieces between `transparency.cards.CUT`: title, description, head, breadcrumb, text, the mark of a
late check, text, whether others may use the same product, text. What goes in between depends on the day or on others.
"""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from transparency.answers import sections
from transparency.api.structured import entry_block
from transparency.around import Around, around
from transparency.cards import CUT
from transparency.claimed import confirmation, disputes, is_on_top
from transparency.document import translated
from transparency.exchange.received import record_of, source_of
from transparency.field import Content
from transparency.fields import ENTRY_FIELDS
from transparency.glossary import Explainer
from transparency.in_short import in_short
from transparency.models import Claim, Entry, Version
from transparency.plain_language import readability_of
from transparency.products import product_of
from transparency.readers import outcome_of
from transparency.review_dates import due_of_text
from transparency.states import EDITORS, EndingState, Origin
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
    product = product_of(version)
    shared = product.content if product else None
    answered = sections(version.content, ENTRY_FIELDS, explainer, product=shared)
    experts = [section for key, section in answered.items() if key in EXPERT_SECTIONS or section.expert]
    name, name_language = translated(version.content, "name")
    lines = in_short(answered)
    notices = sorted(entry.notices.all(), key=lambda notice: notice.published_at, reverse=True)
    return {
        "entry": entry,
        "version": version,
        "content": version.content,
        "name": name,
        "name_language": name_language,
        "short": answered["short"],
        "lines": lines,
        "without_contact": not lines[-1].told,
        "sections": [answered[key] for key in PUBLIC_SECTIONS],
        "expert_sections": [section for section in experts if section.answers or section.open],
        "sources": answered["sources"],
        "words": sorted(explainer.used.values(), key=lambda term: term.term.casefold()),
        "product": product,
        "is_editorial": entry.origin == Origin.EDITORIAL or version.responsible == EDITORS,
        "is_imported": entry.origin == Origin.IMPORTED,
        "readability": readability_of(version),
        "readers": outcome_of(entry),
        "notices": [notice for notice in notices if notice.is_open],
        "closed_notices": [notice for notice in notices if not notice.is_open],
        "next_check": due_of_text(version.content, entry.origin, version.published_at),
        "is_past": is_over(version.content),
        "warns": needs_warning(version.content),
        "is_preview": False,
        "in_dutch": language != "nl" and any(a.language != language for s in answered.values() for a in s.answers),
    }


def _said(entry: Entry, claims: list[Claim]) -> dict[str, Any]:
    """What the provider says of a text of our editors."""
    shown = disputes(claims)
    return {
        "confirmation": confirmation(entry, claims),
        "disputes": [claim for claim in shown if is_on_top(entry, claim)],
        "past_disputes": [claim for claim in shown if not is_on_top(entry, claim)],
        "can_be_claimed": entry.is_listed and entry.origin == Origin.EDITORIAL,
    }


def _received(entry: Entry) -> dict[str, Any] | None:
    """Where the text came from in short, when it came from another register and everybody may see that."""
    kept = record_of(entry)
    if kept is None:
        return None
    return {"source": source_of(kept).label, "at": kept.received_at, "changes": len(kept.report)}


def entry_page(entry: Entry, versions: list[Version] | None = None, known: Around | None = None) -> str:
    """The pieces of the page of `entry`, which has a text, in the language in force.

    `versions`: its newest, newest first; `known`: what stands around its text. Read from the database when not given.
    """
    version = entry.current_version
    assert version is not None  # noqa: S101 (callers take public ones)
    return page_of(entry, version, newest(entry) if versions is None else versions, known or around(entry))


def newest(entry: Entry) -> list[Version]:
    """The newest versions of `entry`, as many as its page names."""
    return list(entry.versions.order_by("-number")[:MOST_VERSIONS])


def page_of(entry: Entry, version: Version, versions: list[Version], known: Around, **more: Any) -> str:
    """The pieces of the page on which `entry` says what `version` says; `more` replaces what the page is made of.

    `known`: what stands around that text.
    """
    return render_to_string(
        "transparency/entry_text.html",
        page_context(entry, version)
        | {
            "cut": CUT,
            "versions": versions,
            "received": _received(entry),
            "planned": entry.endings.filter(state=EndingState.PLANNED).select_related("successor").first(),
            "others": known.others,
            "newer_product": known.newer_product,
            **_said(entry, known.claims),
            "shows_projects": True,
            "projects": shown_projects(entry),
            "page_language": get_language(),
            "public_url": settings.PUBLIC_URL,
            "structured": entry_block(entry, version, f"{settings.PUBLIC_URL}{entry.get_absolute_url()}"),
            "leaflet_address": reverse("transparency:leaflet", args=[entry.slug]),
        }
        | more,
    )
