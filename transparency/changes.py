"""What is different between two versions of a text, question by question."""

import difflib
import html
import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from transparency.answers import sections
from transparency.field import Content, Field
from transparency.glossary import Explainer


@dataclass(frozen=True, kw_only=True)
class Change:
    """One question whose answer became different. `kind`: new, gone or changed."""

    label: str | Promise
    kind: str
    before: SafeString
    after: SafeString
    before_language: str
    after_language: str


def changes(before: Content, after: Content, fields: tuple[Field, ...], language: str) -> list[Change]:
    """The changed questions in the order of the page."""
    old, new = (_plain_answers(content, fields, language) for content in (before, after))
    found = []
    for f in fields:
        (was, was_in), (becomes, becomes_in) = (texts.get(f.key, ("", language)) for texts in (old, new))
        if was == becomes:
            continue
        kind = "new" if not was else "gone" if not becomes else "changed"
        left, right = _compared(was, becomes)
        found.append(
            Change(
                label=f.label,
                kind=kind,
                before=left,
                after=right,
                before_language=was_in,
                after_language=becomes_in,
            )
        )
    return found


_LINK = re.compile(r'<a href="([^"#]+)"[^>]*>(.*?)</a>')


def _link_in_words(match: re.Match[str]) -> str:
    """A link as its words with its address behind them, so that another address is a change that one sees."""
    return match[2] if match[1] == match[2] else f"{match[2]} ({match[1]})"


def _plain_answers(content: Content, fields: tuple[Field, ...], language: str) -> dict[str, tuple[str, str]]:
    """{key: (text, language)} as a reader sees it; "weten we nog niet" is an answer too."""
    answers = {}
    for section in sections(content, fields, Explainer(language=language)).values():
        for answer in section.answers:
            words = _as_lines(_LINK.sub(_link_in_words, answer.html))
            text = f"{answer.choice}.\n{words}" if answer.choice else words
            answers[answer.field.key] = text, answer.language
        for f in section.open:
            answers[f.key] = _("Dat weten we nog niet."), language
    return answers


def _as_lines(markup: str) -> str:
    """The text of `markup`: a paragraph or list item is a line, an item has a bullet."""
    bulleted = re.sub(r"<li>", "\n• ", re.sub(r"</?(?:p|ul|ol)>|</li>", "\n", markup))
    lines = (" ".join(html.unescape(re.sub(r"<[^>]+>", " ", line)).split()) for line in bulleted.splitlines())
    return "\n".join(line for line in lines if line).replace("•\n", "• ")


_SENTENCE = re.compile(r"(?<=[.!?])[ ]+|(\n)")


def _sentences(text: str) -> list[str]:
    """Sentences and line ends, in order."""
    return [piece for piece in _SENTENCE.split(text) if piece]


def _compared(was: str, becomes: str) -> tuple[SafeString, SafeString]:
    """Both texts, the sentences that went in <del> and those that came in <ins>.

    Whole sentences: single words struck out in the middle of a sentence are hard to read.
    """
    left, right = _sentences(was), _sentences(becomes)
    before: list[SafeString] = []
    after: list[SafeString] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes():
        before += _shown(left[a:b], "{}" if tag == "equal" else "<del>{}</del>")
        after += _shown(right[c:d], "{}" if tag == "equal" else "<ins>{}</ins>")
    return _joined(before), _joined(after)


def _shown(pieces: list[str], form: str) -> list[SafeString]:
    return [SafeString(piece) if piece == "\n" else format_html(form, piece) for piece in pieces]


def _joined(pieces: list[SafeString]) -> SafeString:
    text = " ".join(pieces)
    return mark_safe(re.sub(r" ?\n ?", "\n", text))  # noqa: S308 (every piece is escaped)
