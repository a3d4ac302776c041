"""Components and formatting for templates; every argument is by keyword, a mistyped one is an error."""

import re
from html import escape
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.core import dates, money
from portal.core.paging import PageLink

register = template.Library()

register.filter("long_date", dates.long_date)
register.filter("long_month", dates.long_month)
register.filter("number", dates.number)
register.filter("euros", money.euros)


@register.filter
def prose(text: str) -> SafeString:
    """Plain text as paragraphs and lists: a blank line is a new paragraph, lines with "- " are a list."""
    blocks = []
    for block in re.split(r"\n\s*\n", text.strip()):
        run: list[str] = []
        items: list[str] = []
        for line in block.splitlines():
            if line.lstrip().startswith("- "):
                if run:
                    blocks.append(format_html("<p>{}</p>", " ".join(run)))
                    run = []
                items.append(line.lstrip()[2:])
            elif items:
                items[-1] += f" {line.strip()}"
            else:
                run.append(line.strip())
        if run:
            blocks.append(format_html("<p>{}</p>", " ".join(run)))
        if items:
            blocks.append(format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((i,) for i in items))))
    return mark_safe("".join(blocks))  # noqa: S308 (every piece is escaped)


@register.simple_tag
def page_items(*, pages: list[PageLink]) -> SafeString:
    """The links to the pages of a list as items; a template takes five times as long for those of a long one."""
    word = escape(_("Pagina"))
    before = f'<span class="visually-hidden">{word}</span> '
    return mark_safe("".join(f"<li>{_page_item(page, before)}</li>" for page in pages))  # noqa: S308 (escaped)


def _page_item(page: PageLink, before: str) -> str:
    if not page.label:
        return '<span aria-hidden="true">…</span>'
    if page.is_here:
        return f'<span aria-current="page" class="utrecht-pagination__here">{before}{page.label}</span>'
    return f'<a href="{escape(page.url)}">{before}{page.label}</a>'


@register.simple_block_tag
def alert(content: str, *, kind: str = "info", title: str = "") -> SafeString:
    """A box that asks for attention. `kind`: info, warning, ok or error."""
    return mark_safe(render_to_string("ui/alert.html", {"content": content, "kind": kind, "title": title}))  # noqa: S308


@register.inclusion_tag("ui/mark.html")
def mark(*, label: str, kind: str = "neutral", symbol: str = "●") -> dict[str, Any]:
    """A small mark: a shape and a word, never colour alone. `kind`: neutral, ok, warning, stop, example."""
    return {"label": label, "kind": kind, "symbol": symbol}


@register.inclusion_tag("ui/breadcrumb.html")
def breadcrumb(*steps: str) -> dict[str, Any]:
    """Where this page stands: label, address, label, address, …, own label."""
    pairs = [{"label": steps[i], "url": steps[i + 1]} for i in range(0, len(steps) - 1, 2)]
    return {"steps": pairs, "here": steps[-1]}


@register.inclusion_tag("ui/fact.html")
def fact(*, label: str, value: Any) -> dict[str, Any]:
    """One row of a list of facts; nothing at all when there is no value."""
    return {"label": label, "value": value}


@register.filter
def link_text(url: str) -> str:
    """An address as people read it: without https:// and the last slash."""
    return re.sub(r"^https?://(www\.)?", "", url, flags=re.IGNORECASE).rstrip("/")
