"""Components of the register: a card of a result, the mark of a status."""

from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from transparency import cards
from transparency.document import translated
from transparency.field import Content
from transparency.filters import Option
from transparency.models import PublicRecord

register = template.Library()


@register.filter
def in_language(content: Content, key: str) -> str:
    """The words of the field `key` in the language of the page, or the Dutch ones where there are no others."""
    return str(translated(content, key)[0] or "")


@register.filter
def card_name(card: dict[str, Any]) -> str:
    """The name of what a card is about, in the language of the page."""
    return cards.name_of(card)


@register.inclusion_tag("ui/mark.html")
def status_mark(*, code: str) -> dict[str, Any]:
    """The status of a use as a shape and a word."""
    kind, symbol = cards.STATUS_MARKS.get(code, ("neutral", "○"))
    return {"label": cards.status_label(code), "kind": kind, "symbol": symbol}


@register.simple_tag
def status_label(*, code: str) -> str:
    """The status of a use in words."""
    return cards.status_label(code)


@register.simple_tag
def record_card(
    *, record: PublicRecord, name: SafeString | str = "", snippet: SafeString | None = None, snippet_language: str = ""
) -> SafeString:
    """A result as a card (see `transparency.cards`)."""
    return cards.shown(record, name=name, snippet=snippet, snippet_language=snippet_language)


@register.simple_tag
def select_options(*, options: list[Option]) -> SafeString:
    """The options of a filter to choose from: there may be hundreds, which a template makes ten times slower."""
    return mark_safe(  # noqa: S308 (every text is escaped)
        "".join(
            f'<option value="{escape(o.code)}"{" selected" if o.checked else ""}>{escape(o.label)} ({o.count})</option>'
            for o in options
        )
    )


@register.simple_tag
def check_boxes(*, param: str, options: list[Option]) -> SafeString:
    """The options of a filter as boxes to tick."""
    return mark_safe("".join(_check_box(param, option) for option in options))  # noqa: S308 (every text is escaped)


def _check_box(param: str, option: Option) -> str:
    place = escape(option.id)
    return f"""
            <div class="utrecht-form-field-checkbox">
              <input type="checkbox" class="utrecht-checkbox" id="{place}" name="{param}" \
value="{escape(option.code)}"{" checked" if option.checked else ""}>
              <label for="{place}">{escape(option.label)} <span class="filter__count">({option.count})</span></label>
            </div>"""
