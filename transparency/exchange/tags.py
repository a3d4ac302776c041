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
    LOOKALIKE = "lookalike"  # words between < and > that are no tag: `<vul in>`
    OTHER = "other"  # what is no text for a reader: a comment, a declaration, what stands in a script


@dataclass(frozen=True)
class Piece:
    """A piece of HTML: its words for text and what looks like a tag, its name for a tag."""

    kind: Kind
    value: str
    has_attributes: bool = False  # others than `class`


# What stands between these is never text for a reader.
SILENT = frozenset({"script", "style", "template", "iframe", "noscript"})
_ELEMENTS = SILENT | frozenset(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body "
    "br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em "
    "embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i "
    "img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noframes object ol "
    "optgroup option output p param picture plaintext pre progress q rp rt ruby s samp search section select slot "
    "small source span strike strong sub summary sup svg table tbody td textarea tfoot th thead time title tr track tt "
    "u ul var video wbr xml xmp "
    "circle clippath defs desc ellipse g lineargradient mfrac mi mn mo mrow msqrt msub msup path polygon polyline rect "
    "text tspan".split()  # in a drawing or formula
)
_OFFICE = re.compile(r"(?:o|w|v|m|x|st1):\w+")  # what a word processor adds
_SWITCHES = frozenset(
    "allowfullscreen async autofocus autoplay checked compact controls default defer disabled download hidden inert "
    "ismap itemscope loop multiple muted nohref noresize noshade novalidate nowrap open readonly required reversed "
    "selected".split()
)  # attributes without a value
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)  # str.lower makes some letters two
_NAME = re.compile(r"/?([a-zA-Z][^\s/<>]*)")
_CLASS = re.compile(r"""\s*(?:class\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'=<>`/]+))?\s*/?""", re.IGNORECASE)


class Reader:
    """Walks through one text; what was not found once is not looked for again."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lower = text.translate(_LOWER)
        self.absent: set[str] = set()
        self.bracket = -1  # where the next ">" stands

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
            if position > end:
                yield Piece(Kind.OTHER, piece.value)
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
        if self.bracket < position:
            self.bracket = self._find(">", position)
        if (end := self.bracket) < 0:
            return None
        if self.text[position + 1 : position + 2] in {"!", "?"}:
            return Piece(Kind.OTHER, self.text[position + 1]), end + 1
        name = _NAME.match(self.text, position + 1, end)
        if name is None:
            return None
        is_close = self.text[position + 1] == "/"
        other = self.text.find("<", name.end(), end)  # where in these words another tag may begin
        rest = self.text[name.end() : end if other < 0 else other]
        if not self._is_tag(name[1].lower(), rest, is_whole=other < 0):
            if other >= 0:
                return None
            return Piece(Kind.LOOKALIKE, html.unescape(self.text[position : end + 1])), end + 1
        strange = not is_close and not _CLASS.fullmatch(self.text, name.end(), end)
        return Piece(Kind.CLOSE if is_close else Kind.OPEN, name[1].lower(), strange), end + 1

    @staticmethod
    def _is_tag(name: str, rest: str, *, is_whole: bool) -> bool:
        """Whether `name` with `rest` behind it is a tag rather than words: `<b>` is, `<b en c>` is not."""
        if name not in _ELEMENTS and not _OFFICE.fullmatch(name):
            return False
        if name in SILENT or "=" in rest:
            return True
        return is_whole and _SWITCHES.issuperset(rest.replace("/", " ").lower().split())

    def _after(self, piece: Piece, end: int) -> int:
        """Where reading goes on after `piece`: past what is silent."""
        if piece.kind != Kind.OPEN or piece.value not in SILENT:
            return end
        close = self._find(f"</{piece.value}", end)
        return end if close < 0 else close


def pieces(text: str) -> Iterator[Piece]:
    """Every piece of `text` in order."""
    return Reader(text).pieces()
