"""Searching the register: candidates from the database, an integer rank of our own, the same on both databases."""

from dataclasses import dataclass
from typing import NamedTuple

from portal.core.replica import reading_connection
from transparency.models import Tier
from transparency.search.normalise import words
from transparency.search.query import Concept, Term, as_fts5, as_tsquery, parse

CANDIDATES = 2000  # ranked at most; the page says so when there are more (speed.md)
ENOUGH = 10  # with fewer hits on all words, hits on some of them are added
FALL_OFF = 0.4  # a hit on some words must reach this part of the best score

# What a hit is worth: (as typed, as the start of a word, by another name) per column.
# What only the product of an entry says is worth least: an entry that says it itself goes before.
WEIGHTS = {"name": (40, 30, 22), "key": (14, 11, 10), "text": (5, 3, 3), "inherited": (1, 1, 1)}
SCATTERED = {"name": 22, "key": 6, "text": 2, "inherited": 1}
WHOLE_NAME = 400
ALL_IN_NAME = 120
ALL_CONCEPTS = 60


@dataclass(frozen=True, kw_only=True)
class Found:
    """The records found, best first; `complete` of them have every word; `more` when the candidates were cut off."""

    ids: list[int]
    complete: int
    more: bool


class _Row(NamedTuple):
    """What is ranked; terms stand between spaces."""

    pk: int
    sort_key: str
    tier: int
    name: str
    key: str
    text: str
    inherited: str


# Those that came last into the register. To sort by their dates the database would read every hit: for a common word
# on 10,000 entries 43 ms instead of 12.
_TERMS = ", ".join(f"' ' || r.{name}_terms || ' '" for name in WEIGHTS)
_SELECT = f"SELECT r.id, r.sort_key, r.tier, {_TERMS} FROM transparency_publicrecord r WHERE r.id IN"  # noqa: S608
_SQLITE = f"""{_SELECT} (
    SELECT rowid FROM transparency_search WHERE transparency_search MATCH %s ORDER BY rowid DESC LIMIT %s
)"""  # noqa: S608
_POSTGRES = f"""
WITH hits AS MATERIALIZED (SELECT id FROM transparency_publicrecord WHERE search @@ %s::tsquery)
{_SELECT} (SELECT id FROM hits ORDER BY id DESC LIMIT %s)
"""  # noqa: S608 (columns and tables of our own, also above)


def _candidates(concepts: list[Concept], *, every: bool, only_name: bool = False) -> list[_Row]:
    connection = reading_connection()
    if connection.vendor == "postgresql":
        sql, expression = _POSTGRES, as_tsquery(concepts, every=every, weight="A" if only_name else "")
    else:
        sql, expression = _SQLITE, as_fts5(concepts, every=every, column="name_terms" if only_name else "")
    with connection.cursor() as cursor:
        cursor.execute(sql, [expression, CANDIDATES])
        return [_Row._make(row) for row in cursor.fetchall()]


def _has(term: Term, terms: str, exact: bool) -> bool:
    """Whether `terms`, each between spaces, hold the term or (unless `exact`) a word that it begins."""
    return f" {term.text} " in terms or (not exact and term.prefix and f" {term.text}" in terms)


def _worth(concept: Concept, columns: tuple[tuple[str, str], ...]) -> int:
    """The best that a concept reaches in any column, the most telling column first; 0 when it is not there."""
    best = 0
    for name, terms in columns:
        as_typed, as_prefix, by_synonym = WEIGHTS[name]
        if len(concept.typed) > 1:  # the words of a phrase may stand apart: worth less than a word that was typed
            as_typed = as_prefix = SCATTERED[name]
        if best >= max(as_typed, as_prefix, by_synonym):
            return best
        for place, alternative in enumerate(concept.alternatives):
            if all(_has(term, terms, True) for term in alternative):
                best = max(best, as_typed if place == 0 else by_synonym)
            elif place == 0 and all(_has(term, terms, False) for term in alternative):
                best = max(best, as_prefix)
    if not best:  # an alternative may be spread over the columns
        everything = "".join(terms for _name, terms in columns)
        if any(all(_has(term, everything, False) for term in terms) for terms in concept.alternatives):
            best = 2
    return best


def rank(text: str, concepts: list[Concept], rows: list[_Row]) -> list[tuple[int, int, _Row]]:
    """(score, concepts hit, row) for each row, best first.

    What lives goes before what ended, then what has every word before what has some. Ties: care before office, then
    by name, then by id.
    """
    worths = []
    for row in rows:
        columns = tuple(zip(WEIGHTS, row[3:], strict=True))
        worths.append([_worth(concept, columns) for concept in concepts])
    # A word that few candidates have says more than one that all have: 4 for the rarest, 1 for the commonest.
    hits = [sum(1 for worth in worths if worth[i]) for i in range(len(concepts))]
    rarity = [1 + (3 * (len(rows) - count)) // max(len(rows), 1) for count in hits]
    ranked = []
    whole = " ".join(words(text))
    for row, worth in zip(rows, worths, strict=True):
        score = sum(value * weight for value, weight in zip(worth, rarity, strict=True))
        found = sum(1 for value in worth if value)
        if found == len(concepts):
            score += ALL_CONCEPTS
        if all(any(all(_has(t, row.name, False) for t in a) for a in c.alternatives) for c in concepts):
            score += ALL_IN_NAME
        if row.sort_key == whole or row.sort_key.startswith(f"{whole} "):
            score += WHOLE_NAME
        ranked.append((score, found, row))
    return sorted(ranked, key=lambda item: _place(item, len(concepts)))


def _place(item: tuple[int, int, _Row], concepts: int) -> tuple[bool, bool, int, bool, str, int]:
    score, found, row = item
    return (row.tier == Tier.ENDED, found < concepts, -score, row.tier == Tier.OFFICE, row.sort_key, row.pk)


def find(text: str) -> Found | None:
    """Search for `text`; None when it holds no word to search for."""
    concepts = parse(text)
    if not concepts:
        return None
    rows = _candidates(concepts, every=True)
    more = len(rows) == CANDIDATES
    if more:  # name hits must not fall off the end
        rows = list({row.pk: row for row in _candidates(concepts, every=True, only_name=True) + rows}.values())
    if len(rows) < ENOUGH and len(concepts) > 1:
        some = _candidates(concepts, every=False)
        rows = list({row.pk: row for row in rows + some}.values())
    ranked = rank(text, concepts, rows)
    living = [score for score, _, row in ranked if row.tier != Tier.ENDED]  # what ended never hides what lives
    floor = max(living or (score for score, _, _ in ranked), default=0) * FALL_OFF
    kept = [item for item in ranked if item[1] == len(concepts) or item[0] >= floor]
    return Found(
        ids=[row.pk for _, _, row in kept],
        complete=sum(1 for _, count, _ in kept if count == len(concepts)),
        more=more,
    )
