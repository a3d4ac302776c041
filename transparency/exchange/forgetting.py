"""Taking a value that the law says must go out of what another register sent."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

from portal.core.text import fold
from transparency.exchange.mapping import RULES
from transparency.exchange.national import key_of
from transparency.models import Entry, NationalRecord

SHORTEST = 4  # letters and digits; shorter words stand everywhere
_TAG = re.compile(r"<[^>]*>")


def forget_received(entry: Entry, key: str, value: tuple[Any, Any], words: str) -> bool:
    """Put `words` where the answer `key` with `value` (Dutch, English) stands in a record that was received.

    A national value of which the answer is a part goes as a whole. `raw_hash` stays, so that the same record is known
    when it comes again and is not taken over. Returns whether there was a record.
    """
    kept = NationalRecord.objects.filter(entry=entry).first()
    if kept is None:
        return False
    forget = _Forgetting(frozenset(rule.key for rule in RULES if key in rule.ours), frozenset(_needles(value)), words)
    names = ("raw", "others", "earlier", "national")
    columns = {name: forget(getattr(kept, name)) for name in names}
    columns["report"] = [forget.line(line, key) for line in kept.report]
    columns["content"] = forget(_content_without(kept.content, key))
    NationalRecord.objects.filter(pk=kept.pk).update(**columns)
    return True


def _content_without(content: dict[str, Any], key: str) -> dict[str, Any]:
    left = {name: answer for name, answer in content.items() if name != key}
    english = left.get("translations", {}).get("en")
    if english is not None:
        left["translations"] = {"en": {name: answer for name, answer in english.items() if name != key}}
    return left


def _needles(value: Any) -> Iterator[str]:
    """The letters of every text in `value` that is long enough to know it by."""
    if isinstance(value, str):
        if len(letters := _letters(value)) >= SHORTEST:
            yield letters
    elif isinstance(value, dict):
        yield from _all(value.values())
    elif isinstance(value, list | tuple):
        yield from _all(value)


def _all(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        yield from _needles(value)


def _letters(text: str) -> str:
    """Only the letters and digits of `text`, without markup: cleaning changes nothing else."""
    return "".join(re.findall(r"[a-z0-9]+", fold(html.unescape(_TAG.sub(" ", text)))))


class _Forgetting:
    """A value with `words` in every text under one of the national `keys`, or in which one of `needles` stands."""

    def __init__(self, keys: frozenset[str], needles: frozenset[str], words: str) -> None:
        self.keys, self.needles, self.words = keys, needles, words

    def __call__(self, value: Any, *, all_of_it: bool = False) -> Any:
        if isinstance(value, dict):
            return {
                name: self(part, all_of_it=all_of_it or key_of(str(name)) in self.keys) for name, part in value.items()
            }
        if isinstance(value, list):
            return [self(part, all_of_it=all_of_it) for part in value]
        if isinstance(value, str) and value and (all_of_it or self._holds(value)):
            return self.words
        return value

    def line(self, line: dict[str, str], key: str) -> dict[str, str]:
        """A line of the report."""
        field = str(line.get("field", ""))
        is_about = key_of(field) in self.keys or field.partition(".")[0] == key
        return {name: text if name == "field" else self(text, all_of_it=is_about and name != "reason")
                for name, text in line.items()}  # fmt: skip

    def _holds(self, text: str) -> bool:
        letters = _letters(text)
        return any(needle in letters for needle in self.needles)
