"""The card of a record: its HTML is made once, at publication; what depends on the reader or the day goes in between.

A card is kept as its pieces between CUT: HTML, the name, HTML, the text, HTML, the mark of a late check, HTML
(speed.md: joining 20 cards costs a twentieth of rendering them).
"""

from collections.abc import Callable
from html import unescape
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from transparency.states import NoticeKind, Origin, State
from transparency.vocabularies import vocabulary

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


def card_html(card: dict[str, Any]) -> str:
    """The pieces of what a record keeps for its card, in the language in force."""
    return render_to_string("ui/card.html", _context(card))


def due_of(card: dict[str, Any]) -> str:
    """The day ("2026-11-22") by which the text of a card must be checked; empty when nobody has to."""
    return "" if card.get("ended") else str(card["next_review_date"])


def today() -> str:
    """The day to hold `due` against (Amsterdam time)."""
    return timezone.localdate(timezone=timezone.get_default_timezone()).isoformat()


def is_late(due: str, day: str) -> bool:
    """Whether a text that must be checked by `due` (see `due_of`) was not checked in time on `day`."""
    return bool(due) and due < day


def shown(
    pieces: str,
    due: str,
    day: str,
    *,
    mark: Callable[[str], SafeString] | None = None,
    snippet: SafeString | None = None,
    snippet_language: str = "",
) -> SafeString:
    """A card from its `pieces` on `day`; `mark` makes its name HTML with the words of a search marked, as `snippet` is.

    `snippet_language` is that of the snippet when it is not that of the page.
    """
    parts = pieces.split(CUT)
    if mark:
        parts[1] = mark(unescape(parts[1]))
    if snippet:
        language = f' lang="{snippet_language}"' if snippet_language else ""
        parts[3] = f'<p class="utrecht-card__text"{language}>{snippet}</p>'
    if not is_late(due, day):
        parts[5] = ""
    return SafeString("".join(parts))  # made by our template; what goes between is escaped


def link_in(pieces: str) -> str:
    """The name on a card as a link, as HTML."""
    before, name, _rest = pieces.split(CUT, 2)
    return f"{before[before.rindex('<a ') :]}{name}</a>"


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
        "confirmed": _("Bevestigd door de zorgverlener") if card.get("confirmed") else "",
        "notice": NoticeKind(card["notice"]).label if card["notice"] else "",
        "overdue": _("Controle te laat"),
        "taken_part": {"YES": _("Patiënten dachten mee"), "PARTLY": _("Patiënten dachten deels mee")}.get(
            card.get("taken_part", ""), ""
        ),
    }


def name_of(card: dict[str, Any]) -> str:
    """What the thing of a card is called in the language of the page, or in Dutch where it has no other name."""
    return (card["name_en"] if get_language() == "en" else "") or str(card["name"])


def status_label(code: str) -> str:
    """The status of a use in words."""
    return vocabulary("status").label(code)
