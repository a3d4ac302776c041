"""The card of a record: its HTML is made once, at publication; what depends on the reader or the day goes in between.

A card is kept as its pieces: HTML, the name, HTML, the text, HTML, the mark of a late check, HTML (speed.md: joining
20 cards costs a twentieth of rendering them).
"""

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.ui.templatetags.ui import is_past
from transparency.models import PublicRecord
from transparency.states import NoticeKind, Origin, State
from transparency.vocabularies import vocabulary

LANGUAGES = ("nl", "en")
CUT = mark_safe("<!--|-->")  # no text of people holds it: they are escaped

# Status → (kind of mark, shape): never colour alone.
STATUS_MARKS = {
    "PLANNED": ("neutral", "○"),
    "DEVELOPMENT": ("neutral", "○"),
    "PILOT": ("warning", "◐"),
    "IN_USE": ("ok", "●"),
    "PAUSED": ("warning", "▲"),
    "STOPPED": ("stop", "■"),
    "WITHDRAWN": ("stop", "■"),
}


def card_html(card: dict[str, Any]) -> dict[str, list[str]]:
    """{language: pieces} of what a record keeps for its card."""
    made = {}
    for language in LANGUAGES:
        with translation.override(language):
            made[language] = render_to_string("ui/card.html", _context(card)).split(CUT)
    return made


def shown(
    record: PublicRecord, *, name: SafeString | str = "", snippet: SafeString | None = None, snippet_language: str = ""
) -> SafeString:
    """The card of `record` in the language of the page; `name` and `snippet` may have the words of a search marked."""
    english = get_language() == "en"
    pieces = list((record.html or card_html(record.card))["en" if english else "nl"])
    if name:
        pieces[1] = conditional_escape(name)
    if snippet:
        language = mark_safe(' lang="nl"') if english and snippet_language == "nl" else ""
        pieces[3] = format_html('<p class="utrecht-card__text"{}>{}</p>', language, snippet)
    if record.card.get("ended") or not (until := record.card["next_review_date"]) or not is_past(until):
        pieces[5] = ""
    return mark_safe("".join(pieces))  # noqa: S308 (made by our template; what goes between is escaped)


def _context(card: dict[str, Any]) -> dict[str, Any]:
    english = get_language() == "en"
    ended = card.get("ended", "")  # a state of an entry; its status says less then
    kind, symbol = STATUS_MARKS["WITHDRAWN"] if ended else STATUS_MARKS.get(card["status"], ("neutral", "○"))
    is_entry = card["what"] == "ENTRY"
    return {
        "cut": CUT,
        "url": reverse("transparency:entry" if is_entry else "transparency:system", args=[card["slug"]]),
        "what": card["what"],
        "name": name_of(card),
        "summary": (card["summary_en"] if english else "") or card["summary"],
        "is_translated": not english or bool(card["summary_en"]),
        "provider": card["provider"],
        "place": card.get("place", ""),
        "status": State(ended).label if ended else status_label(card["status"]) if card["status"] else "",
        "status_kind": kind,
        "status_symbol": symbol,
        "product_label": _("AI-systeem"),
        "example_label": _("Voorbeeld"),
        "is_example": card["is_example"],
        "origin": {Origin.EDITORIAL: _("Uit openbare bron"), Origin.IMPORTED: _("Uit een ander register")}.get(
            card.get("origin", ""), ""
        ),
        "notice": NoticeKind(card["notice"]).label if card["notice"] else "",
        "overdue": _("Controle te laat"),
    }


def name_of(card: dict[str, Any]) -> str:
    """What the thing of a card is called in the language of the page, or in Dutch where it has no other name."""
    return (card["name_en"] if get_language() == "en" else "") or str(card["name"])


def status_label(code: str) -> str:
    """The status of a use in words."""
    return vocabulary("status").label(code)
