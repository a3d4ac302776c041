"""The lists of lists/: formal words with a simpler one, terms, ordinary words. Their heads say their form."""

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from sys import intern
from typing import Any

from transparency.readability.tokens import words_of

FOLDER = Path(__file__).parent / "lists"
GAP = "…"  # stands for one to eight words
MOST_BETWEEN = 8
_PARTICLES = frozenset("aan af bij door in na om op over toe uit voor".split())

Pattern = tuple[str, ...]  # words in lower case, and GAP


@dataclass(frozen=True, slots=True)
class Formal:
    """One form of a formal word or phrase, what to write instead, and what silences it."""

    pattern: Pattern
    simple: tuple[str, ...]
    ends_clause: bool  # "vangt … aan": no noun follows, for then "aan" would be a preposition
    is_hint: bool
    not_in: tuple[Pattern, ...]
    only_after: frozenset[str]
    not_after: frozenset[str]
    not_before: frozenset[str]


@cache
def formal_words() -> dict[str, tuple[Formal, ...]]:
    """Every form of every formal word by its first word, the longest form first."""
    found: defaultdict[str, list[Formal]] = defaultdict(list)
    for row in _rows("formal", "word"):
        silencers = _silencers(row)
        for form, simple in ((row["formal"], row["simple"]), *row.get("forms", {}).items()):
            suggestions = tuple(simple) if isinstance(simple, list) else tuple(simple.split(" / "))
            for one in form.split(" / "):
                pattern = as_pattern(one)
                found[pattern[0]].append(
                    Formal(pattern, suggestions, _ends_clause(row["formal"], pattern), **silencers)
                )
    return {word: tuple(sorted(forms, key=lambda one: -len(one.pattern))) for word, forms in found.items()}


@cache
def single_formal_words() -> frozenset[str]:
    """The formal words of one word, in all their forms."""
    return frozenset(one.pattern[0] for forms in formal_words().values() for one in forms if len(one.pattern) == 1)


@cache
def ordinary_words() -> frozenset[str]:
    """Words that people know, though the lexicon says that they are rare."""
    words: list[str] = tomllib.loads((FOLDER / "ordinary.toml").read_text(encoding="utf-8"))["words"]
    return frozenset(low for word in words for low in words_of(word))


@cache
def extra_terms() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """Terms that the glossary does not have: a pattern of every form, and of each form (term, explanation)."""
    forms = {
        form.casefold(): (row["term"], row["short"])
        for row in _rows("jargon", "term")
        for form in (row["term"], *row.get("forms", ()))
    }
    longest_first = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w-])", re.IGNORECASE), forms


def as_pattern(phrase: str) -> Pattern:
    """The words of a phrase of the lists, with GAP where it has "…"."""
    pieces: list[str] = []
    for number, piece in enumerate(phrase.split(GAP)):
        pieces += [GAP, *words_of(piece)] if number else words_of(piece)
    return tuple(map(intern, pieces))


def _silencers(row: dict[str, Any]) -> dict[str, Any]:
    """What all forms of a row have in common; made once, so that they share it."""
    beside = {key: frozenset(row.get(key, ())) for key in ("only_after", "not_after", "not_before")}
    not_in = tuple(as_pattern(phrase) for phrase in row.get("not_in", ()))
    return {"is_hint": row.get("severity") == "hint", "not_in": not_in, **beside}


def _ends_clause(formal: str, pattern: Pattern) -> bool:
    """Whether `pattern` ends in the particle with which the verb `formal` begins, which may also be a preposition."""
    return len(pattern) > 1 and pattern[-1] in _PARTICLES and formal.startswith(pattern[-1])


def _rows(name: str, key: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))[key]
    return rows
