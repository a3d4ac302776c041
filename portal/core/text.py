"""Text as the portal keeps it: NFC, no characters that hide or reorder, one ASCII form to sort and search by."""

import re
import unicodedata

# Control characters but tab and newline; bidirectional controls; zero-width characters (standards.md, security).
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_FOLDED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l"}
    | dict.fromkeys("'’‘ʼ", "")  # foto’s and fotos are one word
    | dict.fromkeys("–—−…“”„«»•·\u00a0\u202f", " ")  # no letters, so a break between words
)


def hidden_characters(text: str) -> list[str]:
    """The characters of `text` that a reader cannot see, as "U+200B"."""
    return [f"U+{ord(character):04X}" for character in _HIDDEN.findall(text)]


def clean(text: str) -> str:
    """`text` in NFC with "\\n" line ends and without hidden characters."""
    return unicodedata.normalize("NFC", _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def one_line(text: str, most: int) -> str:
    """What somebody typed on one line: clean, single spaces, at most `most` characters."""
    return " ".join(clean(text).split())[:most]


def fold(text: str) -> str:
    """Lower-case ASCII letters of `text`: "Röntgen" and "rontgen" become the same."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_FOLDED)
    return decomposed.encode("ascii", "ignore").decode()


def sort_key(text: str) -> str:
    """The folded words of `text` with one space between: sorts the same on every database."""
    return " ".join(re.findall(r"[a-z0-9]+", fold(text)))
