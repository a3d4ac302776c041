"""Reading a content document: which answers are there, which are missing, what a reader sees."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import get_language

from transparency.field import Content, Field, Kind
from transparency.fields import BY_KEY
from transparency.vocabularies import vocabulary

EXTRA_KEYS = {"unknown", "translations"}
REDACTED = "redacted"  # {key: {"reason", "date"}} of a published text: what was taken away by law


def living(content: Content) -> dict[str, Any]:
    """`content` without the marks of what was taken away: what a new text begins with."""
    return {key: value for key, value in content.items() if key != REDACTED}


def gone(content: Content) -> Mapping[str, Mapping[str, str]]:
    """{key: mark} of what was taken away by law from a published text."""
    marks: Mapping[str, Mapping[str, str]] = content.get(REDACTED, {})
    return marks


def is_unknown(content: Content, key: str) -> bool:
    """Whether the question is honestly answered with "weten we (nog) niet"."""
    listed = content.get("unknown")
    return isinstance(listed, list) and key in listed


def has_value(content: Content, key: str) -> bool:
    """Whether there is an answer that says something."""
    return _says_something(content.get(key))


def _says_something(value: Any) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, Mapping):
        return any(_says_something(part) for part in value.values())
    if isinstance(value, list):
        return any(_says_something(part) for part in value)
    return value is not None


def missing(content: Content, fields: Iterable[Field]) -> list[Field]:
    """The needed fields of `fields` without an answer; "we do not know yet" counts as an answer."""
    return [
        f for f in fields if f.needed_when(content) and not has_value(content, f.key) and not is_unknown(content, f.key)
    ]


def translated(content: Content, key: str) -> tuple[Any, str]:
    """The value of `key` in the language of the page, and the language it is really in ("nl" or "en")."""
    return _in_language(content, key, get_language() or "nl")


def _in_language(content: Content, key: str, language: str) -> tuple[Any, str]:
    value = content.get(key)
    if language != "en" or not BY_KEY[key].translated:
        return value, language
    english = content.get("translations", {}).get("en", {}).get(key)
    if english in (None, "", [], {}):
        return value, "nl"
    return _merge(BY_KEY[key], value, english), "en"


def _merge(field: Field, dutch: Any, english: Any) -> Any:
    """`english` over `dutch`, but only its texts: codes, links and numbers need no translation."""
    if isinstance(dutch, Mapping) and isinstance(english, Mapping):
        parts = (
            {"text"} if field.kind == Kind.ANSWER else {p.key for p in field.parts if p.kind in {Kind.LINE, Kind.TEXT}}
        )
        return {**dutch, **{key: text for key, text in english.items() if text and key in parts}}
    if isinstance(dutch, list) and isinstance(english, list) and len(dutch) == len(english):
        return [_merge(field, a, b) for a, b in zip(dutch, english, strict=True)]
    return english if isinstance(english, type(dutch)) else dutch


def texts(content: Content, fields: Iterable[Field]) -> Iterator[tuple[str, str]]:
    """Every (key, text) a reader sees in the fields `fields`, codes written out in the language of the page."""
    language = get_language() or "nl"  # asked once: it costs more than an answer
    for field in fields:
        value, _language = _in_language(content, field.key, language)
        for text in _texts_of(field, value):
            yield field.key, text


def _texts_of(field: Field, value: Any) -> Iterator[str]:
    if value in (None, "", [], {}):
        return
    if field.kind in {Kind.LINE, Kind.TEXT}:
        yield value
    elif field.kind == Kind.CHOICE:
        yield vocabulary(field.vocabulary).label(value)
    elif field.kind == Kind.CHOICES:
        yield from (vocabulary(field.vocabulary).label(code) for code in value)
    elif field.kind == Kind.ANSWER:
        yield value.get("text", "")
    elif field.kind in {Kind.ROWS, Kind.GROUP}:
        for row in value if isinstance(value, list) else [value]:
            for part in field.parts:
                yield from _texts_of(part, row.get(part.key))


def plain_texts(content: Content, fields: Iterable[Field]) -> Iterator[tuple[str, str]]:
    """Every (place, text) in Dutch that must be plain: the sentences in the public ones of `fields`, no names or codes.

    The place is the key, with the number of the row and the part where there are rows: "sources 1 states".
    """
    for field in fields:
        value = content.get(field.key)
        if field.is_expert() or not _says_something(value):
            continue
        if field.kind == Kind.TEXT:
            yield field.key, str(value)
        elif field.kind == Kind.ANSWER and isinstance(value, Mapping) and value.get("text"):
            yield field.key, value["text"]
        elif field.kind in {Kind.ROWS, Kind.GROUP}:
            for number, row in enumerate(value if isinstance(value, list) else [value], 1):
                for place, text in plain_texts(row, field.parts):
                    yield f"{field.key} {number} {place}", text
