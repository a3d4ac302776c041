"""Whether any care provider may be called so, from memory: most searches name none, and need not ask the database."""

from functools import lru_cache

from portal.core.text import sort_key
from portal.organisations.models import MOST_WORDS, Organisation


@lru_cache(maxsize=1)
def _names(revision: int) -> str:
    """Names, places and provinces of all that give care, folded, each word after a space."""
    return "".join(f" {key}\n" for key in Organisation.objects.giving_care().values_list("find_key", flat=True))


def may_name_a_provider(text: str, revision: int) -> bool:
    """Whether every word of `text` begins a word of some care provider's name, place or province at `revision`."""
    typed = sort_key(text).split()[:MOST_WORDS]
    return bool(typed) and all(f" {word}" in _names(revision) for word in typed)


def forget() -> None:
    """Drop the names (tests go back in time; nothing else does)."""
    _names.cache_clear()
