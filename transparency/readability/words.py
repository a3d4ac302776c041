"""What one word can be: a verb form (also with a particle before it), a noun (also as the end of a compound)."""

import re
from functools import lru_cache
from typing import NamedTuple

from transparency.readability.closed_classes import FUNCTION_WORDS, VERB_PREFIXES
from transparency.readability.lexicon import UNKNOWN_ZIPF, Is, look_up

_DIMINUTIVE = re.compile(r"(?:etje|tje|pje|kje|je)s?$")
_LIKE_PARTICIPLE = re.compile(r"(?:[a-z]{2,8})?ge[a-zë]{2,}(?:d|t|en)|(?:be|ver|ont|her|er)[a-zë]{3,}(?:d|t|en)")
_GE_PARTICIPLE = re.compile(r"(?:[a-z]{2,8})?ge[a-zë]{2,}(?:d|t|en)")
# They look like participles, or once were, but say how someone is.
_NO_PARTICIPLE = frozenset(
    """geen gemeente gebied gevolg gewoon genoeg geval gebeurd geweest gehad geworden gezond ongezond verkouden
    bekend onbekend verlegen bereid geschikt ongeschikt gemiddeld beleefd beroemd ervaren bevoegd onbevoegd benieuwd
    bezorgd verantwoord gerust gewend geneigd bewust geduldig verstandig erheen getrouwd bejaard begaafd
    gehandicapt gespannen vermoeid gebeuren geleden gegevens""".split()
)
_LONG_ENOUGH = 9  # letters of the shortest compound we take apart
_COMMON_HEAD, _COMMON_MODIFIER = 3.5, 3.2  # Zipf


class Noun(NamedTuple):
    """The class of a noun (Is.CONCRETE, ABSTRACT or UNDECIDED; DYNAMIC), and its head when it is a compound."""

    flags: Is
    head: str


@lru_cache(maxsize=20_000)
def verb_forms(form: str) -> Is:
    """Which verb forms `form` can be; "aanvraagt" is what "vraagt" is."""
    found = look_up(form).flags
    for prefix in VERB_PREFIXES:
        if form.startswith(prefix) and len(form) > len(prefix) + 3:
            found |= look_up(form[len(prefix) :]).flags
    return found & Is.VERB


@lru_cache(maxsize=20_000)
def noun(form: str) -> Noun | None:
    """`form` as a noun: from the lexicon, without its diminutive ending, or by the longest end that is a noun."""
    if found := _listed(form):
        return found
    if "-" in form and (found := _listed(last := form.rpartition("-")[2])):
        return Noun(found.flags, found.head or last)
    bare = _DIMINUTIVE.sub("", form)
    if bare != form and (found := _listed(bare)):
        return Noun(found.flags, found.head or bare)
    return _by_end(form) if _LONG_ENOUGH <= len(form) <= 60 else None


def is_noun(form: str) -> bool:
    """Whether the lexicon itself has `form` as a noun."""
    return bool(look_up(form).flags & Is.NOUN)


@lru_cache(maxsize=20_000)
def is_participle(form: str) -> bool:
    """Whether `form` is, or looks like, a past participle."""
    if form in FUNCTION_WORDS or form in _NO_PARTICIPLE:
        return False
    verb = verb_forms(form)
    if verb & (Is.PARTICIPLE | Is.OWN_PARTICIPLE):
        return True
    if is_noun(form) or form.endswith("end") or not _LIKE_PARTICIPLE.fullmatch(form):
        return False
    return bool(_GE_PARTICIPLE.fullmatch(form)) or not verb & Is.INFINITIVE


def counted_zipf(form: str, *, as_noun: bool) -> float:
    """The frequency that counts in the score: of the head of a compound, else of the word."""
    found = noun(form) if as_noun else None
    return (look_up(found.head).zipf if found and found.head else 0) or look_up(form).zipf or UNKNOWN_ZIPF


@lru_cache(maxsize=20_000)
def best_zipf(form: str, *, as_noun: bool) -> float:
    """How common the word is in its most common form: plural, inflected, conjugated, head of a compound."""
    found = noun(form) if as_noun else None
    candidates = [form]
    if found and found.head:
        candidates.append(found.head)
    if form.endswith("e") and len(form) > 4:
        candidates.append(form[:-1])
        if form[-2] == form[-3]:
            candidates.append(form[:-2])
    if form.endswith(("st", "ste")) and not is_noun(form):  # "vaakst", "zwaarste"
        candidates.append(form.removesuffix("e").removesuffix("st"))
    return max(look_up(candidate).family for candidate in candidates) or UNKNOWN_ZIPF


def _listed(form: str) -> Noun | None:
    word = look_up(form)
    return Noun(word.flags & (Is.NOUN | Is.DYNAMIC), word.head) if word.flags & Is.NOUN else None


def _by_end(form: str) -> Noun | None:
    for cut in range(3, len(form) - 3):
        end = look_up(form[cut:])
        if end.flags & Is.NOUN and (not end.head or end.zipf > _COMMON_HEAD) and _may_modify(form[:cut]):
            return Noun(end.flags & (Is.NOUN | Is.DYNAMIC), form[cut:])
    return None


def _may_modify(form: str) -> bool:
    """Whether a compound may begin with `form`: a noun, a verb or a common word, with or without an s."""
    for candidate in {form, form.removesuffix("s")}:
        word = look_up(candidate)
        if word.flags & Is.NOUN or word.zipf > _COMMON_MODIFIER:
            return True
    return bool(look_up(form).flags & (Is.INFINITIVE | Is.FIRST_PERSON))
