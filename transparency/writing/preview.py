"""How a text will look once it is public: the same code makes the page, the card and the leaflet as at publication."""

import copy
import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from transparency import cards, leaflet
from transparency.answers import sections, words_in
from transparency.around import around
from transparency.document import translated
from transparency.entry_page import (
    EXPERT_SECTIONS,
    MOST_VERSIONS,
    PUBLIC_SECTIONS,
    newest,
    page_context,
    page_of,
)
from transparency.fields import ENTRY_FIELDS, SYSTEM_FIELDS
from transparency.glossary import Explainer
from transparency.models import Draft, Entry, Readability, Version
from transparency.plain_language import judged, values_of
from transparency.records import card_of
from transparency.shape import sound
from transparency.states import EDITORS, Origin, State
from transparency.writing.credit import with_credit


def as_public(draft: Draft, now: datetime.datetime) -> tuple[Entry, Version]:
    """The entry of `draft` and its next version as they would be if they became public now; nothing is saved.

    Answers of a wrong shape are left out: they would keep the text from being published.
    """
    assert draft.entry is not None  # noqa: S101 (callers take drafts of entries)
    entry = copy.copy(draft.entry)
    if entry.state == State.DRAFT:
        entry.state, entry.first_published_at = State.PUBLISHED, now
    content = sound(with_credit(draft.content, draft.credit), ENTRY_FIELDS)
    content.setdefault("name", _("Nog zonder naam"))
    before = entry.current_version
    return entry, Version(
        entry=entry, number=before.number + 1 if before else 1, content=content, reason_en=draft.reason_en,
        reason=draft.reason or _("Hier komt wat er nieuw is. Dat schrijft u bij het indienen."), published_at=now,
        responsible=entry.organisation.name if entry.origin == Origin.PROVIDER else EDITORS,
    )  # fmt: skip


def preview_page(draft: Draft, now: datetime.datetime) -> dict[str, Any]:
    """The `text` and the `card` of a draft of an entry, as the public would see them; of a product its pieces."""
    if draft.entry is None:
        return _product(draft)
    entry, version = as_public(draft, now)
    versions = [version, *newest(entry)][:MOST_VERSIONS]
    more = {
        "readability": _readability(entry, version, now),
        "leaflet_address": reverse("transparency:draft-leaflet", args=[draft.uuid]),
        "is_preview": True,
    }
    _title, _description, _head, _breadcrumb, *text = page_of(entry, version, versions, around(entry), **more).split(
        cards.CUT
    )
    text[1] = ""  # a text of today is not late
    card = cards.shown(cards.card_html(card_of(entry, version.content, "")), "", cards.today())
    return {"text": mark_safe("".join(text)), "card": card}  # noqa: S308 (our template escapes)


def _product(draft: Draft) -> dict[str, Any]:
    content = sound(with_credit(draft.content, draft.credit), SYSTEM_FIELDS)
    explainer = Explainer(language=get_language() or "nl")
    answered = sections(content, SYSTEM_FIELDS, explainer)
    experts = [one for key, one in answered.items() if key in EXPERT_SECTIONS or one.expert]
    return {
        "text": "", "card": "", "content": content, "name": translated(content, "name")[0] or _("Nog zonder naam"),
        "short": answered["short"], "sources": answered["sources"],
        "sections": [answered[key] for key in PUBLIC_SECTIONS if answered[key].answers or answered[key].open],
        "expert_sections": [one for one in experts if one.answers or one.open],
        "words": sorted(explainer.used.values(), key=lambda term: term.term.casefold()),
    }  # fmt: skip


def _readability(entry: Entry, version: Version, now: datetime.datetime) -> Readability | None:
    gate = judged(entry, version.content)
    return Readability(checked_at=now, **values_of(gate)) if gate else None


def preview_leaflet(draft: Draft, now: datetime.datetime) -> bytes:
    """The leaflet (PDF) of `draft`; it says itself that it is not public yet."""
    entry, version = as_public(draft, now)
    context = page_context(entry, version)
    shown = [answer for section in (context["short"], *context["sections"]) for answer in section.public]
    context["words"] = words_in(shown, context["words"])
    address = f"{settings.PUBLIC_URL}{entry.get_absolute_url()}"
    return leaflet.as_pdf(context | {"address": address, "page_language": get_language(), "is_preview": True})
