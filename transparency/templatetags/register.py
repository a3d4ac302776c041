"""Components of the register: a card of a result, the mark of a status."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.ui.templatetags.ui import is_past
from transparency.document import translated
from transparency.field import Content
from transparency.models import PublicRecord
from transparency.states import NoticeKind, Origin, State
from transparency.vocabularies import vocabulary

register = template.Library()

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


@register.filter
def in_language(content: Content, key: str) -> str:
    """The words of the field `key` in the language of the page, or the Dutch ones where there are no others."""
    return str(translated(content, key)[0] or "")


@register.inclusion_tag("ui/mark.html")
def status_mark(*, code: str) -> dict[str, Any]:
    """The status of a use as a shape and a word."""
    kind, symbol = STATUS_MARKS.get(code, ("neutral", "○"))
    return {"label": vocabulary("status").label(code), "kind": kind, "symbol": symbol}


@register.simple_tag
def status_label(*, code: str) -> str:
    """The status of a use in words."""
    return vocabulary("status").label(code)


@register.inclusion_tag("ui/card.html")
def record_card(
    *, record: PublicRecord, name: SafeString | str = "", snippet: SafeString | None = None, snippet_language: str = ""
) -> dict[str, Any]:
    """A result as a card; `name` and `snippet` may have the words of a search marked."""
    card = record.card
    english = get_language() == "en"
    ended = card.get("ended", "")  # a state of an entry; its status says less then
    kind, symbol = STATUS_MARKS["WITHDRAWN"] if ended else STATUS_MARKS.get(card["status"], ("neutral", "○"))
    is_entry = card["what"] == "ENTRY"
    overdue = not ended and card["next_review_date"] and is_past(card["next_review_date"])
    return {
        "url": reverse("transparency:entry" if is_entry else "transparency:system", args=[card["slug"]]),
        "what": card["what"],
        "name": name or (card["name_en"] if english else "") or card["name"],
        "summary": (card["summary_en"] if english else "") or card["summary"],
        "is_translated": not english or bool(card["summary_en"]),
        "snippet": snippet,
        "snippet_is_dutch": english and snippet_language == "nl",
        "provider": card["provider"],
        "place": card.get("place", ""),
        "status": State(ended).label if ended else status_label(code=card["status"]) if card["status"] else "",
        "status_kind": kind,
        "status_symbol": symbol,
        "product_label": _("AI-systeem"),
        "example_label": _("Voorbeeld"),
        "is_example": card["is_example"],
        "origin": _("Uit openbare bron") if card.get("origin") == Origin.EDITORIAL else "",
        "notice": NoticeKind(card["notice"]).label if card["notice"] else "",
        "overdue": _("Controle te laat") if overdue else "",
    }
