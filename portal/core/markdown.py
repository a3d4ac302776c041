"""Help pages: Markdown files of our own to HTML with anchors on the headings."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from portal.core.text import sort_key

MOST_STACKED = 3  # columns


@dataclass(frozen=True, kw_only=True)
class Page:
    """A help page: title, one line that sums it up, the HTML below it and its headings (anchor, text)."""

    slug: str
    title: str
    description: str
    html: SafeString
    headings: tuple[tuple[str, str], ...]
    language: str


def _with_anchors(html: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    headings: list[tuple[str, str]] = []

    def anchor(match: re.Match[str]) -> str:
        text = re.sub(r"<[^>]+>", "", match[1])
        name = sort_key(text).replace(" ", "-") or f"deel-{len(headings) + 1}"
        same = sum(1 for other, _text in headings if other == name or other.startswith(f"{name}--"))
        name = f"{name}--{same + 1}" if same else name
        headings.append((name, text))
        return f'<h2 id="{name}">{match[1]}</h2>'

    return re.sub(r"<h2>(.*?)</h2>", anchor, html), tuple(headings)


def _fitting(html: str, language: str) -> str:
    """`html` with every table made to fit a narrow screen.

    Rows of a few columns become blocks there, each cell under its own label. More columns are figures to compare: they
    stand in a box that scrolls sideways, also by keyboard.
    """
    label = {"nl": "Tabel", "en": "Table"}[language]
    first, *others = html.split("<table>")
    shown = [first]
    for number, rest in enumerate(others, 1):
        table, after = rest.split("</table>", 1)
        heads = re.findall(r"<th>(.*?)</th>", table)
        if len(heads) <= MOST_STACKED:
            shown.append(f'<table class="stacked">{_labelled(table, heads)}</table>{after}')
        else:
            box = f'<div class="wide" role="group" aria-label="{label} {number}" tabindex="0">'
            shown.append(f"{box}<table>{table}</table></div>{after}")
    return "".join(shown)


def _labelled(table: str, heads: list[str]) -> str:
    """`table` with the head of its column at each cell; a row of Markdown has a cell for each column."""
    labels = cycle(re.sub(r"<[^>]+>", "", head).replace('"', "&quot;") for head in heads)
    return re.sub(r"<td>", lambda _cell: f'<td data-label="{next(labels)}">', table)


@lru_cache(maxsize=200)
def help_page(slug: str, language: str) -> Page | None:
    """The page `slug` of templates/uitleg in `language`, or None when there is no such file.

    The first line is the title ("# …"), the next paragraph the description, the rest the text.
    """
    folder = Path(settings.BASE_DIR) / "templates" / "uitleg"
    path = (folder if language == "nl" else folder / language) / f"{slug}.md"
    if not re.fullmatch(r"[a-z0-9-]+", slug) or not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    for name, value in (("contact", settings.CONTACT_EMAIL), ("url", settings.PUBLIC_URL)):
        text = text.replace(f"{{{{{name}}}}}", value)
    title, _, rest = text.partition("\n")
    description, _, body = rest.strip().partition("\n\n")
    html, headings = _with_anchors(MarkdownIt("commonmark", {"html": False}).enable("table").render(body))
    return Page(slug=slug, title=title.removeprefix("# ").strip(), description=" ".join(description.split()),
                html=mark_safe(_fitting(html, language)), headings=headings, language=language)  # fmt: skip  # noqa: S308 (our own files)
