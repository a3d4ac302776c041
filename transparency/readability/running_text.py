"""The running text of a page: its HTML as headings, paragraphs and list items for the language check.

What is no sentence is left out: navigation, code, tables of figures, names and labels. A list of short labels would
make a page look easier than it is.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from html.parser import HTMLParser

from transparency.readability.tokens import sentences

Attributes = Mapping[str, str | None]
LeaveOut = Callable[[str, Attributes], bool]

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "summary", "legend"))
_BLOCKS = _HEADINGS | frozenset(
    """address article aside blockquote caption dd details div dl dt fieldset figcaption figure footer form header hr
    label li main ol p section table tbody td tfoot th thead tr ul br""".split()
)
_NEVER = frozenset("button code del nav noscript option pre script select style svg template textarea".split())
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_STOP = re.compile(r"[.!?…:;][\"”’'»)\]]*\Z")
_MOST_LABEL_WORDS = 10


def running_text(html: str, *, leave_out: LeaveOut = lambda _tag, _attributes: False) -> str:
    """The sentences of <main> as plain text: "## " before a heading, "- " before a list item, blank lines between.

    `leave_out` says of an element whether to skip it with all that is in it. Text in another language than Dutch is
    skipped. `html` is a whole page with closed elements, as our templates make them.
    """
    reader = _Reader(leave_out)
    reader.feed(html)
    reader.close()
    return "\n\n".join(reader.units)


class _Reader(HTMLParser):
    """Gathers the units of a page while its tags go by."""

    def __init__(self, leave_out: LeaveOut) -> None:
        super().__init__(convert_charrefs=True)
        self.units: list[str] = []
        self._leave_out = leave_out
        self._open: list[str] = []  # the elements we are in, from <main> on
        self._skipped_at: int | None = None  # how deep the element is that is left out
        self._pieces: list[tuple[str, bool]] = []  # of this unit, each with whether it stands in a link

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._open and tag != "main":
            return
        if tag in _BLOCKS:
            self._flush()
        if tag in _VOID:
            return
        self._open.append(tag)
        if self._skipped_at is None and self._is_left_out(tag, dict(attrs)):
            self._skipped_at = len(self._open)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        if tag in _BLOCKS:
            self._flush()
        while self._open and self._open.pop() != tag:
            pass
        if self._skipped_at is not None and len(self._open) < self._skipped_at:
            self._skipped_at = None

    def handle_data(self, data: str) -> None:
        if not self._open or self._skipped_at is not None:
            return
        self._pieces.append((data, "a" in self._open))

    def _is_left_out(self, tag: str, attributes: Attributes) -> bool:
        return (
            tag in _NEVER
            or "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or attributes.get("lang", "nl") != "nl"
            or self._leave_out(tag, attributes)
        )

    def _flush(self) -> None:
        pieces, self._pieces = self._pieces, []
        text = _joined(pieces)
        if not _has_letter(text):
            return
        block = next((tag for tag in reversed(self._open) if tag in _BLOCKS), "")
        if block in _HEADINGS:
            self.units.append(f"## {text}")
        elif sentences_only := _without_label(_without_links(pieces)):
            self.units.append(f"- {sentences_only}" if block == "li" else sentences_only)


def _joined(pieces: Iterable[tuple[str, bool]]) -> str:
    return " ".join("".join(text for text, _in_link in pieces).split())


def _has_letter(text: str) -> bool:
    return any(letter.isalpha() for letter in text)


def _without_links(pieces: list[tuple[str, bool]]) -> str:
    """The text without the links behind its last sentence; "" when it is links only: that is navigation."""
    before = list(pieces)
    while before and (before[-1][1] or before[-1][0].isspace()):
        before.pop()
    text = _joined(before)
    return text if _STOP.search(text) or not text else _joined(pieces)


def _without_label(text: str) -> str:
    """`text` without the label behind its last sentence ("… Bekijk de bronnen"); "" when it is a label or a name."""
    if not _has_letter(text):
        return ""
    last = sentences(text)[-1]
    if _STOP.search(text) or len(last.words) > _MOST_LABEL_WORDS:
        return text
    return text[: last.start].rstrip()
