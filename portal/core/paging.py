"""Addresses of lists: the query string of what was asked, and links to the pages around this one."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True, kw_only=True)
class PageLink:
    """One link; one without a label marks a gap."""

    label: str
    url: str
    is_here: bool


def query_string(asked: Iterable[tuple[str, str]], page: int = 1) -> str:
    """ "?q=hart&pagina=2" of (key, value): what is not asked and the first page stay out; empty without any."""
    params = [(key, value) for key, value in asked if value] + ([("pagina", str(page))] if page > 1 else [])
    return f"?{urlencode(params)}" if params else ""


def page_links(here: int, last: int, address: Callable[[int], str]) -> list[PageLink]:
    """The links of page `here` of `last`; `address` gives the address of a page. One page needs no links."""
    if last <= 1:
        return []
    near = sorted({1, last, *range(max(1, here - 2), min(last, here + 2) + 1)})
    links: list[PageLink] = []
    for before, number in zip([0, *near], near, strict=False):
        if before and number > before + 1:
            links.append(PageLink(label="", url="", is_here=False))
        links.append(PageLink(label=str(number), url=address(number), is_here=number == here))
    return links
