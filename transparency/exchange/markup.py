"""National HTML to our plain text (blank line = paragraph, "- " = list) and back; no tag of others passes through."""

import html
import re
from collections.abc import Iterator

from portal.core.text import clean
from transparency.exchange.tags import Kind, Piece, pieces

ALLOWED = frozenset({"div", "br", "p", "ul", "ol", "li"})
_ITEM = "\n\0"  # starts an item of a list while HTML becomes text
_BLOCK = frozenset(
    "address article aside blockquote caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 "
    "h5 h6 header hr legend main nav ol p pre section summary table textarea title tr ul".split()
)
_CELL = frozenset({"td", "th", "option"})
_BULLET = re.compile(r"^[ \t]*[•●▪·*–][ \t]+", re.MULTILINE)
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+)>")
_TIDY = re.compile(r"[!-~]+( [!-~]+)*")  # most texts are: a line of ASCII with single spaces
_WORDS = frozenset({Kind.TEXT, Kind.LOOKALIKE})
_SURROGATE = re.compile("[\ud800-\udfff]")


def has_tags(text: str) -> bool:
    """Whether `text` holds a tag of HTML or a comment."""
    return any(piece.kind not in _WORDS for piece in _pieces(text))


def _pieces(text: str) -> Iterator[Piece]:
    return pieces(_AUTOLINK.sub(r"\1", text.replace("\0", "")))


def strange_tags(text: str) -> set[str]:
    """The tags in `text` that the standard does not allow, or that carry attributes; `<vul in>` for what is no tag."""
    return {
        piece.value
        for piece in _pieces(text)
        if piece.kind in {Kind.OTHER, Kind.LOOKALIKE}
        or (piece.kind in {Kind.OPEN, Kind.CLOSE} and (piece.value not in ALLOWED or piece.has_attributes))
    }


def has_unseen(text: str) -> bool:
    """Whether `text` holds what is no text for a reader, such as a comment or a script."""
    return any(piece.kind == Kind.OTHER for piece in _pieces(text))


def _words(text: str) -> str:
    """The text of HTML with a line end where a block starts or ends; NUL stands before an item of a list."""
    found: list[str] = []
    for piece in _pieces(text):
        starts_item = bool(found) and found[-1] == _ITEM
        if piece.kind in _WORDS:
            words = re.sub(r"\s+", " ", piece.value.replace("\0", ""))
            if not starts_item or words.strip():
                found.append(words)
        elif piece.value == "li" and piece.kind == Kind.CLOSE and starts_item:
            found.pop()  # an empty item
        elif not starts_item:  # a paragraph inside an item starts no line of its own
            found.append(_break(piece))
    return "".join(found)


def _break(piece: Piece) -> str:
    if piece.value == "li":
        return _ITEM if piece.kind == Kind.OPEN else "\n"
    if piece.value in _CELL:
        return " "
    return "\n" if piece.value == "br" else "\n\n" if piece.value in _BLOCK else ""


def without_surrogates(text: str) -> str:
    """`text` with the sign of the unknown for half a character, which no encoding can write."""
    return _SURROGATE.sub("\ufffd", text)


def tidy(text: str) -> str:
    """Plain text as we keep it: clean, single plain spaces, none around a line, at most one blank line."""
    if _TIDY.fullmatch(text):
        return text
    text = re.sub(r"[^\S\n]+", " ", clean(without_surrogates(text)))
    lines = [line.strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def to_text(value: str) -> str:
    """The plain text of national HTML, or of text that never was HTML."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    if not has_tags(value):
        return tidy(_BULLET.sub("- ", html.unescape(_AUTOLINK.sub(r"\1", value))))
    return tidy(_with_lists([line.strip(" ") for line in _words(value).split("\n")]).replace("\0", "- "))


def _with_lists(lines: list[str]) -> str:
    """The items of a list right under each other, and a blank line between a paragraph and a list."""
    made: list[str] = []
    for line in lines:
        if line.startswith("\0"):
            while made and not made[-1]:
                made.pop()
            if made and not made[-1].startswith("\0"):
                made.append("")
            line = f"\0{line[1:].strip()}"
        made.append(line)
    return "\n".join(made)


def to_line(value: str) -> str:
    """The text of `value` on one line."""
    return " ".join(to_text(value).split())


def to_html(text: str) -> str:
    """Our plain text as national HTML: paragraphs, line breaks and lists."""
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block]
    return "".join(_block(block) for block in blocks)


def _block(block: str) -> str:
    parts: list[str] = []
    for is_list, lines in _runs(block.split("\n")):
        escaped = [html.escape(line.removeprefix("- ") if is_list else line, quote=False) for line in lines]
        if is_list:
            parts.append("<ul>" + "".join(f"<li>{line}</li>" for line in escaped) + "</ul>")
        else:
            parts.append(f"<p>{'<br>'.join(escaped)}</p>")
    return "".join(parts)


def _runs(lines: list[str]) -> list[tuple[bool, list[str]]]:
    runs: list[tuple[bool, list[str]]] = []
    for line in lines:
        is_list = line.startswith("- ")
        if runs and runs[-1][0] == is_list:
            runs[-1][1].append(line)
        else:
            runs.append((is_list, [line]))
    return runs


def length(value: str) -> int:
    """How long `value` is without its tags: what the national limits count."""
    return sum(len(piece.value) for piece in _pieces(value) if piece.kind in _WORDS)


def shorten(text: str, limit: int, address: str = "") -> str:
    """`text` in at most `limit` characters: cut after a sentence, and it says where to read on."""
    if len(text) <= limit:
        return text
    tail = f"… (lees verder op {address})" if address else "…"
    tail = tail if len(tail) + 1 < limit else "…"
    room = text[: limit - len(tail) - 1]
    ends = [m.end() for m in re.finditer(r"[.!?](?=\s)|\n", room + " ")]
    end = ends[-1] if ends and ends[-1] > len(room) // 3 else room.rfind(" ")
    return f"{room[: end if end > 0 else len(room)].rstrip()} {tail}"[:limit]
