"""What an entry takes over from the page of its product, and what of that changes when the product gets a new text."""

from collections.abc import Iterable, Mapping
from typing import Any

from transparency.document import has_value
from transparency.field import Content
from transparency.fields import ENTRY_FIELDS
from transparency.models import SystemVersion, Version

# What the page of an entry shows of its product where the entry is silent; what a reader must know whose words are.
SHARED = tuple(f.key for f in ENTRY_FIELDS if f.on_system and f.key not in {"name", "sources", "tags"})


def product_of(version: Version) -> SystemVersion | None:
    """The text of the product that the page of `version` shows where it is silent: for ever the same one.

    A version from before this was kept has that of its day, or the first that there was; a text that is not
    published yet, and so has no day, the newest.
    """
    if version.system_version is not None:
        return version.system_version
    if version.entry.system is None:
        return None
    there = version.entry.system.versions.order_by("number")
    if version.published_at is None:
        return there.last()
    return there.filter(published_at__lte=version.published_at).last() or there.first()


def inherited(key: str, content: Content, product: Content, credited: Iterable[str] = ()) -> bool:
    """Whether the answer to `key` of an entry comes from `product`: not said, said in the same words, or credited."""
    return not has_value(content, key) or content.get(key) == product.get(key) or key in set(credited)


def changed_keys(
    content: Content, shown: Mapping[str, Any], before: Mapping[str, Any], after: Content, credited: Iterable[str] = ()
) -> list[str]:
    """The questions in which `after` differs from `before` and whose answer an entry with `content` takes over.

    `shown` is the text of the product that the page of the entry shows.
    """
    credited = set(credited)
    return [
        key for key in SHARED
        if before.get(key) != after.get(key)
        and (content if has_value(content, key) else shown).get(key) != after.get(key)
        and inherited(key, content, shown, credited)
    ]  # fmt: skip
