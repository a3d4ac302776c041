"""Addresses for what comes in: readable, and never one that is taken."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.text import slugify

from portal.core.text import fold
from transparency.models import Entry


def free_slug(text: str, *, longest: int = 120) -> str:
    """A slug for an entry called `text` that nobody has now."""
    base = slugify(fold(text))[: longest - 10].strip("-") or "toepassing"
    taken = set(Entry.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return Slugs(taken=taken, longest=longest, fallback="toepassing").free(text)


@dataclass
class Slugs:
    """Gives a new slug of at most `longest` characters; remembers which are taken."""

    taken: set[str]
    longest: int
    fallback: str
    last: Counter[str] = field(default_factory=Counter)  # the number that a base has reached

    def free(self, text: str) -> str:
        """A slug for `text`, with a number behind it when it is taken."""
        base = slugify(fold(text))[: self.longest - 10].strip("-") or self.fallback
        slug = base
        while slug in self.taken:
            self.last[base] = max(self.last[base], 1) + 1
            slug = f"{base}-{self.last[base]}"
        self.taken.add(slug)
        return slug
