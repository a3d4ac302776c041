"""Answering a question to the register: one page of cards, counts, and help when nothing is found."""

from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from gmpy2 import mpz

from portal.core.replica import one_of, read_rows
from transparency.cards import shown, today
from transparency.facets import FACETS
from transparency.filters import PAGE_SIZE, Ask, Group, groups
from transparency.index import NONE, Index, current_index
from transparency.search.find import Found, find
from transparency.search.snippet import Hits, mark, snippet
from transparency.search.spelling import suggest
from transparency.search.subjects import Untold, untold


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
    revision: int  # of the register that this tells of
    ids: list[int]  # the records on this page
    cards: list[SafeString]
    total: int
    pages: int
    groups: list[Group]
    suggestion: str | None = None  # the question spelled as the register does
    corrected: bool = False  # the cards answer the suggestion, not what was typed
    partly: bool = False  # some cards lack some of the words
    cut_off: bool = False  # more records than we rank
    untold: Untold | None = None  # what was asked for, when no card is about that
    wider: list[Wider] = field(default_factory=list)
    examples: int = 0  # how many of the records are invented


_CARDS = "SELECT record_id, card, due FROM transparency_shown WHERE language = %s AND record_id {}"
_FOUND = """
SELECT record_id, card, due, sentences, places FROM transparency_shown WHERE language = %s AND record_id {}
"""
_FOUND_OR_DUTCH = """
SELECT s.record_id, s.card, s.due, s.sentences, s.places, d.sentences, d.places FROM transparency_shown s
JOIN transparency_shown d ON d.record_id = s.record_id AND d.language = 'nl'
WHERE s.language = %s AND s.record_id {}
"""


def _cards(ids: list[int], found: Found | None) -> list[SafeString]:
    """The cards of `ids`, with the words that `found` them marked and a sentence in which they stand."""
    if not ids:
        return []
    language = get_language() or "nl"
    question = _CARDS if not found else _FOUND if language == "nl" else _FOUND_OR_DUTCH
    is_one, parameters = one_of(ids)
    rows = {row[0]: row[1:] for row in read_rows(question.format(is_one), [language, *parameters])}
    day = today()
    if found is None:
        return [shown(pieces, due, day) for pieces, due in (rows[pk] for pk in ids if pk in rows)]
    hits, names = Hits(found.concepts), found.names
    return [_card(rows[pk], day, hits, names.get(pk)) for pk in ids if pk in rows]


def _card(row: tuple[str, ...], day: str, hits: Hits, name: str | None) -> SafeString:
    """A card with what was sought marked; `name`: the terms of its name, where they are known."""
    pieces, due, *texts = row  # in the language of the page, then in Dutch when that is another
    language, found = "", snippet(texts[0], texts[1], hits)
    if found is None and texts[2:]:  # what has no translation stands there in Dutch
        language, found = "nl", snippet(texts[2], texts[3], hits)
    is_named = name is None or hits.may_stand_in(name)  # to mark a name takes longer than to look
    marked = partial(mark, hits=hits) if is_named else None
    return shown(pieces, due, day, mark=marked, snippet=found, snippet_language=language)


def _search(ask: Ask, index: Index) -> tuple[Found | None, str | None, bool]:
    """What was found, a better spelling, and whether what was found answers that spelling."""
    found = find(ask.q, index)
    suggestion = suggest(ask.q, index.revision)
    if suggestion is None or (found is not None and found.complete):
        return found, suggestion, False
    better = find(suggestion, index)
    if better is None or not better.bits:
        return found, None, False
    return better, suggestion, True


def answer(ask: Ask) -> Answered:
    """Answer `ask` in a number of queries that does not grow with the register."""
    index = current_index()
    found, suggestion, corrected = _search(ask, index) if ask.q else (None, None, False)
    within = found.bits if found else NONE if ask.q else index.entries
    chosen = index.chosen(ask.filters, within)
    total = chosen.bit_count()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(ask.page, pages)
    start = (page - 1) * PAGE_SIZE
    if found and ask.order == "relevance":
        ids = [index.ids[place] for place in islice(found.places(chosen), start, start + PAGE_SIZE)]
    else:
        ids = index.listed(chosen, ask.order, start, PAGE_SIZE)
    return Answered(
        ask=ask if page == ask.page else replace(ask, page=page),
        revision=index.revision,
        ids=ids,
        cards=_cards(ids, found),
        total=total,
        pages=pages,
        groups=groups(ask, index, within),
        suggestion=suggestion,
        corrected=corrected,
        partly=bool(found and found.bits and found.complete < found.bits.bit_count()),
        cut_off=bool(found and found.more),
        untold=untold(suggestion if corrected and suggestion else ask.q, found) if found else None,
        wider=_wider(ask, index, within) if not total else [],
        examples=(chosen & index.having("real", ["EXAMPLE"])).bit_count(),
    )


def _wider(ask: Ask, index: Index, within: mpz) -> list[Wider]:
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
