"""Tags and text of HTML one after the other, in time that grows with its length: no text can make it slow."""

import html
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a piece of HTML is."""

    TEXT = "text"
    OPEN = "open"
    CLOSE = "close"
    OTHER = "other"  # a comment, declaration or instruction


@dataclass(frozen=True)
class Piece:
    """A piece of HTML: its words for text, its name for a tag."""

    kind: Kind
    value: str
    has_attributes: bool = False  # others than `class`


# What stands between these is never text for a reader.
SILENT = frozenset({
    "script", "style", "template", "iframe", "object", "noscript", "title", "textarea", "svg", "math",
})  # fmt: skip
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)  # str.lower makes some letters two
_NAME = re.compile(r"/?([a-zA-Z][^\s/<>]*)")
_CLASS = re.compile(r"""\s*(?:class\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'=<>`/]+))?\s*/?""", re.IGNORECASE)


class Reader:
    """Walks through one text; what was not found once is not looked for again."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lower = text.translate(_LOWER)
        self.absent: set[str] = set()

    def pieces(self) -> Iterator[Piece]:
        """Every piece in order; a "<" that starts no tag is text."""
        position, start = 0, 0  # `start` of text not yet given
        while (position := self.text.find("<", position)) >= 0:
            found = self._tag(position)
            if found is None:
                position += 1
                continue
            piece, end = found
            if position > start:
                yield Piece(Kind.TEXT, html.unescape(self.text[start:position]))
            yield piece
            position = start = self._after(piece, end)
        if start < len(self.text):
            yield Piece(Kind.TEXT, html.unescape(self.text[start:]))

    def _find(self, wanted: str, start: int) -> int:
        if wanted in self.absent:
            return -1
        found = self.lower.find(wanted, start)
        if found < 0:
            self.absent.add(wanted)
        return found

    def _tag(self, position: int) -> tuple[Piece, int] | None:
        """The tag that starts at `position` and where it ends, or None when that is no tag."""
        if self.text.startswith("<!--", position) and (end := self._find("-->", position + 4)) >= 0:
            return Piece(Kind.OTHER, "!"), end + 3
        end = self._find(">", position)
        if end < 0:
            return None
        if self.text[position + 1 : position + 2] in {"!", "?"}:
            return Piece(Kind.OTHER, self.text[position + 1]), end + 1
        name = _NAME.match(self.text, position + 1, end)
        if name is None:
            return None
        is_close = self.text[position + 1] == "/"
        strange = not is_close and not _CLASS.fullmatch(self.text, name.end(), end)
        return Piece(Kind.CLOSE if is_close else Kind.OPEN, name[1].lower(), strange), end + 1

    def _after(self, piece: Piece, end: int) -> int:
        """Where reading goes on after `piece`: past what is silent."""
        if piece.kind != Kind.OPEN or piece.value not in SILENT:
            return end
        close = self._find(f"</{piece.value}", end)
        return end if close < 0 else close


def pieces(text: str) -> Iterator[Piece]:
    """Every piece of `text` in order."""
    return Reader(text).pieces()
