"""The plainest way to look for formal words, to hold the list against sentences: whole words, no tagger."""

import re
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from transparency.readability.rules.formal_word import AFTER_PARTICLE

PARTICLES = {"aan", "af", "bij", "door", "in", "na", "om", "op", "over", "toe", "uit", "voor"}
LISTS = Path(settings.BASE_DIR) / "transparency/readability/lists"
GAP = r"(?:\s+[\w’'-]+){1,8}\s+"


class Hit(NamedTuple):
    """A formal word in a text, what to write instead, and its row in the list."""

    start: int
    end: int
    found: str
    write: str
    row: dict[str, Any]


@cache
def rows(name: str, key: str) -> list[dict[str, Any]]:
    """The rows of one list."""
    return tomllib.loads((LISTS / f"{name}.toml").read_text(encoding="utf-8"))[key]


def forms_of(row: dict[str, Any]) -> dict[str, str]:
    """Every form of a row, with what to write instead."""
    return {row["formal"]: row["simple"][0], **row.get("forms", {})}


def suggestions_of(row: dict[str, Any]) -> list[str]:
    """Everything that a row may advise."""
    return [*row["simple"], *(one for value in row.get("forms", {}).values() for one in value.split(" / "))]


def find(text: str) -> list[Hit]:
    """The formal words in `text`: of those that overlap the one that begins first, and of those the longest."""
    hits: list[Hit] = []
    for hit in sorted(_all(text), key=lambda one: (one.start, -one.end)):
        if hits and hit.start < hits[-1].end:
            continue
        if not _is_silenced(text, hit):
            hits.append(hit)
    return hits


def pattern(phrases: list[str]) -> re.Pattern[str]:
    """Finds any of `phrases` as whole words, the longest first; "…" is one to eight words."""
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    inner = "|".join(GAP.join(map(re.escape, phrase.split(" … "))) for phrase in longest_first)
    return re.compile(rf"(?<![\w-])(?:{inner})(?![\w-])", re.IGNORECASE)


@cache
def _known() -> tuple[
    re.Pattern[str], dict[str, tuple[str, dict[str, Any]]], dict[str, list[tuple[re.Pattern[str], str, dict[str, Any]]]]
]:
    """The pattern of all forms without a gap, what each means, and every form with a gap by its first word."""
    whole: dict[str, tuple[str, dict[str, Any]]] = {}
    gaps: defaultdict[str, list[tuple[re.Pattern[str], str, dict[str, Any]]]] = defaultdict(list)
    for row in rows("formal", "word"):
        for form, write in forms_of(row).items():
            if "…" in form:
                gaps[form.split()[0].casefold()].append((pattern([form]), write, row))
            else:
                whole[form.casefold()] = (write, row)
    return pattern(list(whole)), whole, gaps


def _all(text: str) -> list[Hit]:
    every, whole, gaps = _known()
    hits = [Hit(one.start(), one.end(), one[0], *whole[one[0].casefold()]) for one in every.finditer(text)]
    for word in set(re.findall(r"[\w’-]+", text.casefold())):
        for one_gap, write, row in gaps.get(word, ()):
            if one := one_gap.search(text):
                hits.append(Hit(one.start(), one.end(), one[0], write, row))
    return [hit for hit in hits if not _is_preposition(text, hit)]


def _is_preposition(text: str, hit: Hit) -> bool:
    """Whether it ends in what could be the particle of its verb, but a noun follows: "wijst op de" of "opwijzen"."""
    last = hit.found.split()[-1].lower()
    after = re.match(r"\s+([\w’-]+)", text[hit.end :])
    may_be = " " in hit.found and last in PARTICLES and hit.row["formal"].startswith(last)
    return bool(may_be and after and after[1].lower() not in AFTER_PARTICLE)


def _is_silenced(text: str, hit: Hit) -> bool:
    before = re.search(r"([\w’-]+)\W*\Z", text[max(0, hit.start - 40) : hit.start])
    after = re.match(r"\W*([\w’-]+)", text[hit.end : hit.end + 40])
    if (only := hit.row.get("only_after")) and text[: hit.start].rstrip()[-1:] not in only:
        return True
    if before and before[1].lower() in hit.row.get("not_after", ()):
        return True
    if after and after[1].lower() in hit.row.get("not_before", ()):
        return True
    silencers = [pattern([phrase]).finditer(text) for phrase in hit.row.get("not_in", ())]
    return any(one.start() < hit.end and hit.start < one.end() for found in silencers for one in found)
