"""Whether a value is what the national standard 1.0 asks: type, length, choice and tags."""

import re
from collections.abc import Mapping
from typing import Any

from transparency.exchange.markup import length, strange_tags
from transparency.exchange.national import FIELDS, LINK_LENGTH, NationalField, Shape

_OTHER_SCHEME = re.compile(r"\s*(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def is_valid(field: NationalField, value: Any) -> bool:
    """Whether `value` may stand in `field` as it is; a field that is not required may be empty."""
    if value in (None, "", []):
        return not field.required
    if field.shape == Shape.ENUM:
        return value in field.values
    if field.shape == Shape.ENUMS:
        return isinstance(value, list) and all(isinstance(one, str) and one in field.values for one in value)
    if field.shape == Shape.LINKS:
        return isinstance(value, list) and all(_is_link(field, row) for row in value)
    return isinstance(value, str) and length(value) <= field.max_length and _is_text(field.shape, value)


def _is_text(shape: Shape, value: str) -> bool:
    if shape == Shape.HTML:
        return not strange_tags(value)
    return shape not in {Shape.URL, Shape.CONTACT} or not _OTHER_SCHEME.match(value)


def _is_link(field: NationalField, row: Any) -> bool:
    if not isinstance(row, Mapping) or set(row) - {"title", "link"}:
        return False
    title, link = row.get("title"), row.get("link")
    if not isinstance(title, str) or not title or length(title) > field.max_length:
        return False
    if link in (None, ""):
        return not field.link_needed
    return isinstance(link, str) and len(link) <= LINK_LENGTH and not _OTHER_SCHEME.match(link)


def faults(record: Mapping[str, Any]) -> list[str]:
    """The keys of `record` whose value the standard refuses, required ones that are missing included."""
    return [field.key for field in FIELDS if not is_valid(field, record.get(field.key))]
