"""Pages by cursor: where the page before ended, so that what comes or goes in between moves nothing.

A cursor is two whole numbers, "after-id"; what they mean is the list's own. Every cursor of that form is taken.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from rest_framework.request import Request

from portal.api.parameters import Parameter

PATTERN = r"^[0-9]{1,17}-[0-9]{1,17}$"
SIZE = Parameter(
    name="aantal", description="Hoeveel op één bladzijde; zonder deze sleutel 20.", smallest=1, largest=100
)
CURSOR = Parameter(
    name="cursor", description="Waar de vorige bladzijde ophield: neem het adres in `next`.", pattern=PATTERN
)
PAGING = (SIZE, CURSOR)
USUAL_SIZE = 20


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """The place after which a page begins."""

    after: int
    id: int

    def __str__(self) -> str:
        return f"{self.after}-{self.id}"


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a list: the items as JSON texts, how many there are in all, and where the next page begins."""

    items: list[str]
    total: int
    next: Cursor | None


def size_of(asked: dict[str, list[str]]) -> int:
    """How many items the page has."""
    return int(asked.get("aantal", [USUAL_SIZE])[0])


def cursor_of(asked: dict[str, list[str]]) -> Cursor | None:
    """The cursor of a question that `read` took, or None for the first page."""
    if "cursor" not in asked:
        return None
    after, _, key = asked["cursor"][0].partition("-")
    return Cursor(after=int(after), id=int(key))


def next_address(request: Request, asked: dict[str, list[str]], cursor: Cursor) -> str:
    """The address of the next page of the same question."""
    query = urlencode({**asked, "cursor": [str(cursor)]}, doseq=True)
    return f"{settings.PUBLIC_URL}{request.path}?{query}"
