"""Answering a question to the register: one page of cards, counts, and help when nothing is found."""

from dataclasses import dataclass, field, replace

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from transparency.cards import name_of
from transparency.document import texts, translated
from transparency.facets import FACETS
from transparency.field import Content, Field
from transparency.fields import ENTRY_FIELDS, SYSTEM_FIELDS
from transparency.filters import PAGE_SIZE, Ask, Group, groups
from transparency.index import Index, current_index
from transparency.models import PublicRecord
from transparency.search.find import Found, find
from transparency.search.query import parse
from transparency.search.snippet import Hits, mark, snippet
from transparency.search.spelling import suggest


@dataclass(frozen=True, kw_only=True)
class Card:
    """One result: what the record keeps for it, and where the words were found."""

    record: PublicRecord
    name: SafeString | str = ""  # with the words of the search marked
    snippet: SafeString | None = None
    snippet_language: str = "nl"


@dataclass(frozen=True, kw_only=True)
class Wider:
    """The question without one filter, for when nothing is found."""

    filter: str
    query: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The answer to a question."""

    ask: Ask
    cards: list[Card]
    total: int
    pages: int
    groups: list[Group]
    suggestion: str | None = None  # the question spelled as the register does
    corrected: bool = False  # the cards answer the suggestion, not what was typed
    partly: bool = False  # some cards lack some of the words
    cut_off: bool = False  # more records than we rank
    wider: list[Wider] = field(default_factory=list)
    examples: int = 0  # how many of the records are invented


def _cards(ids: list[int], q: str) -> list[Card]:
    records = PublicRecord.objects.only("entry_id", "card", "html").in_bulk(ids)
    shown = [records[pk] for pk in ids if pk in records]
    if not q:
        return [Card(record=record) for record in shown]
    hits = Hits(parse(q))
    contents = dict(
        PublicRecord.objects.filter(pk__in=ids).values_list("pk", "entry__current_version__content")
    ) | dict(
        PublicRecord.objects.filter(pk__in=ids, system__isnull=False)
        .values_list("pk", "system__current_version__content")
    )  # fmt: skip
    cards = []
    for record in shown:
        fields = ENTRY_FIELDS if record.entry_id else SYSTEM_FIELDS
        readable = [f for f in fields if not f.is_expert() and f.key not in {"name", "sources", "tags"}]
        found, language = _snippet(contents[record.pk], readable, hits)
        cards.append(
            Card(record=record, name=mark(name_of(record.card), hits), snippet=found, snippet_language=language)
        )
    return cards


def _snippet(content: Content, fields: list[Field], hits: Hits) -> tuple[SafeString | None, str]:
    """Where the words stand and in which language: that of the page before the Dutch of what is not translated."""
    page = get_language() or "nl"
    for language in dict.fromkeys((page, "nl")):
        spoken = fields if page == "nl" else [f for f in fields if translated(content, f.key)[1] == language]
        if found := snippet((text for _key, text in texts(content, spoken)), hits):
            return found, language
    return None, "nl"


def _search(ask: Ask) -> tuple[Found | None, str | None, bool]:
    """What was found, a better spelling, and whether what was found answers that spelling."""
    found = find(ask.q)
    suggestion = suggest(ask.q)
    if suggestion is None or (found is not None and found.complete):
        return found, suggestion, False
    better = find(suggestion)
    if better is None or not better.ids:
        return found, None, False
    return better, suggestion, True


def answer(ask: Ask) -> Answered:
    """Answer `ask` in a number of queries that does not grow with the register."""
    index = current_index()
    found, suggestion, corrected = _search(ask) if ask.q else (None, None, False)
    within = index.bits_of(found.ids) if found else 0 if ask.q else index.having("what", ["ENTRY"])
    chosen = index.chosen(ask.filters, within)
    total = chosen.bit_count()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(ask.page, pages)
    start = (page - 1) * PAGE_SIZE
    if found and ask.order == "relevance":
        ranked = [pk for pk in found.ids if (place := index.place.get(pk)) is not None and chosen >> place & 1]
        ids = ranked[start : start + PAGE_SIZE]
    else:
        ids = index.listed(chosen, ask.order, start, PAGE_SIZE)
    wording = suggestion if corrected and suggestion else ask.q
    return Answered(
        ask=replace(ask, page=page),
        cards=_cards(ids, wording),
        total=total,
        pages=pages,
        groups=groups(ask, index, within),
        suggestion=suggestion,
        corrected=corrected,
        partly=bool(found and 0 < found.complete < len(found.ids)) or bool(found and found.ids and not found.complete),
        cut_off=bool(found and found.more),
        wider=_wider(ask, index, within) if not total else [],
        examples=(chosen & index.having("real", ["EXAMPLE"])).bit_count(),
    )


def _wider(ask: Ask, index: Index, within: int) -> list[Wider]:
    """For an empty answer: the question without each of its filters, where that finds something."""
    found = []
    for facet in FACETS:
        for code in ask.filters.get(facet.key, ()):
            less = ask.without(facet, code)
            number = index.chosen(less.filters, within).bit_count()
            if number:
                found.append(
                    Wider(filter=f"{facet.label}: {facet.value_label(code)}", query=less.query(), number=number)
                )
    return found
