"""Reading pages in tests, and doing to a page what htmx does with an answer."""

import re
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag

HTMX = {"HX-Request": "true"}
INLINE = {"a", "abbr", "b", "del", "em", "i", "ins", "mark", "span", "strong"}


def soup(response: Any) -> BeautifulSoup:
    """The page of a response, parsed as browsers do."""
    return BeautifulSoup(response.content.decode(), "html5lib")


def fill(page: BeautifulSoup, name: str, value: str) -> None:
    """Type `value` into the field `name` of `page`, or choose it there."""
    field = page.select_one(f'[name="{name}"]')
    assert field is not None, f"no field {name}"
    if field.name == "input":
        field["value"] = value
        return
    for option in field.select("option"):
        option.attrs.pop("selected", None)
        if option["value"] == value:
            option["selected"] = ""


def swap(page: BeautifulSoup, answer: Any, target: str) -> BeautifulSoup:
    """`page` after htmx swapped `answer` into it: the out-of-band parts by their id, the rest in place of `target`.

    Fails when a part has no place in the page: htmx would drop it without a word.
    """
    fragment = BeautifulSoup(answer.content.decode(), "html5lib")
    assert fragment.body is not None
    for part in fragment.select("[hx-swap-oob], [data-hx-swap-oob]"):
        part.extract()
        for name in ("hx-swap-oob", "data-hx-swap-oob"):
            part.attrs.pop(name, None)
        _place(page, f"#{part['id']}").replace_with(part)
    rest = [child for child in fragment.body.children if isinstance(child, Tag)]
    _place(page, target).replace_with(*rest)
    return page


def _place(page: BeautifulSoup, selector: str) -> Tag:
    found = page.select(selector)
    assert len(found) == 1, f"{len(found)} elements {selector} in the page"
    return found[0]


def main(page: BeautifulSoup) -> str:
    """The main part of a page as text to compare: white space that no reader sees is levelled."""
    found = page.select_one("main")
    assert found is not None
    return re.sub(r"\s*(<[^>]+>)\s*", r"\1", re.sub(r"\s+", " ", str(found)))


def words(tag: Tag | None) -> str:
    """What a reader reads in `tag`, with single spaces; a space between blocks, none around parts of a line."""
    assert tag is not None, "not on the page"
    return " ".join("".join(_pieces(tag)).split())


def _pieces(tag: Tag) -> Iterator[str]:
    for child in tag.children:
        if isinstance(child, Tag):
            space = "" if child.name in INLINE else " "
            yield from (space, *_pieces(child), space)
        elif type(child) is NavigableString:  # no comments
            yield str(child)


def links(page: Tag) -> list[str]:
    """Every address that `page` leads to."""
    return [str(link["href"]) for link in page.select("a[href]")]
