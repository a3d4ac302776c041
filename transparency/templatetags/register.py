"""Components of the register: a card of a result, the mark of a status."""

from functools import cache
from html import escape
from typing import Any

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from transparency import cards
from transparency.document import translated
from transparency.facets import BY_PARAM
from transparency.field import Content
from transparency.filters import Ask, Group
from transparency.models import PublicRecord

register = template.Library()
MOST_VALUES = 20_000  # of one filter, kept in memory
OPEN = 3  # filters that stand open although nothing is chosen there
LONG = 9  # values of a filter; more than these scroll


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
def record_card(*, record: PublicRecord) -> SafeString:
    """A record, read `with_cards`, as a card (see `transparency.cards`)."""
    pieces = record.pieces or cards.card_html(record.card)  # type: ignore[attr-defined]
    return cards.shown(pieces, record.due, cards.today())


@register.filter
def items(pieces: list[SafeString]) -> SafeString:
    """Each of the pieces of HTML as an item of a list."""
    return mark_safe("".join(f"<li>{piece}</li>" for piece in pieces))  # noqa: S308 (escaped by who made the piece)


@register.simple_tag
def sort_options(*, ask: Ask) -> SafeString:
    """The orders to choose from, with that of `ask` chosen."""
    return _sort_options(get_language() or "nl", ask.order, bool(ask.q))


@cache
def _sort_options(_language: str, order: str, has_words: bool) -> SafeString:
    asked = Ask(q="…" if has_words else "", sort=order)
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((param, " selected" if is_chosen else "", label) for param, label, is_chosen in asked.sorts()),
    )


@register.simple_tag
def filter_groups(*, groups: list[Group]) -> SafeString:
    """The filters with their options: there may be hundreds, which a template makes ten times slower."""
    language = get_language() or "nl"
    return mark_safe("".join(_group(group, language, number < OPEN) for number, group in enumerate(groups)))  # noqa: S308


def _group(group: Group, language: str, is_first: bool) -> str:
    param, kind = group.facet.param, "option" if group.facet.many else "box"
    made, picked, after = _options(kind, param, language), frozenset(group.picked), OPTION_ENDS[kind]
    options = [f"{made[code][code in picked]}{count}{after}" for code, count in group.counts.items()]
    before, between, after = _frame(kind, param, language)
    is_open = not group.facet.many and (is_first or group.is_open)
    is_long = not group.facet.many and len(options) > LONG
    return f"{before}{' open' if is_open else ''}{' data-long' if is_long else ''}{between}{''.join(options)}{after}"


# What an option and a filter look like, as pieces with a gap for what differs from page to page.


@cache
def _options(kind: str, param: str, language: str) -> "_Options":
    return _Options(kind, param)


class _Options(dict[str, tuple[str, str]]):
    """What `_option` makes of each value of a filter, in the language in which it was first asked for."""

    def __init__(self, kind: str, param: str) -> None:
        self.kind, self.param = kind, param

    def __missing__(self, code: str) -> tuple[str, str]:
        if len(self) >= MOST_VALUES:  # anybody may ask for a value that is not there
            self.clear()
        self[code] = _option(self.kind, self.param, code)
        return self[code]


def _option(kind: str, param: str, code: str) -> tuple[str, str]:
    """The HTML up to its count (then comes OPTION_ENDS) when it is not chosen, and when it is."""
    label, value, place = escape(BY_PARAM[param].value_label(code)), escape(code), escape(f"{param}-{code}")
    if kind == "option":
        return (f'<option value="{value}">{label} (', f'<option value="{value}" selected>{label} (')
    box = (
        '<div class="utrecht-form-field-checkbox">'
        f'<input type="checkbox" class="utrecht-checkbox" id="{place}" name="{param}" value="{value}"'
    )
    told = f'> <label for="{place}">{label} <span class="filter__count">('
    return box + told, f"{box} checked{told}"


OPTION_ENDS = {
    "option": ")</option>",
    "box": ")</span></label></div>\n",
}


@cache
def _frame(kind: str, param: str, language: str) -> tuple[str, str, str]:
    """The HTML before what says that it is open, then up to its options, then the rest."""
    label, everything = escape(str(BY_PARAM[param].label)), escape(_("Alle"))
    if kind == "option":
        return (
            f"""
        <div class="filter filter--many">
          <label for="{param}">{label}</label>
          <select class="utrecht-select" id="{param}" name="{param}\"""",
            f"""><option value="">{everything}</option>""",
            """</select>
        </div>""",
        )
    return (
        f"""
        <details class="filter" id="filter-{param}\"""",
        f""">
          <summary>{label}</summary>
          <fieldset>
            <legend class="visually-hidden">{label}</legend>""",
        """
          </fieldset>
        </details>""",
    )
