"""What is different between two versions of a text, question by question."""

import difflib
import html
import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
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
            with_links = _LINK.sub(_link_in_words, answer.html)
            words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", with_links)).strip()
            text = f"{answer.choice}. {_unescaped(words)}" if answer.choice else _unescaped(words)
            answers[answer.field.key] = text, answer.language
        for f in section.open:
            answers[f.key] = _("Dat weten we nog niet."), language
    return answers


def _unescaped(text: str) -> str:
    return html.unescape(text)


def _compared(was: str, becomes: str) -> tuple[SafeString, SafeString]:
    """Both texts, the words that went in <del> and the words that came in <ins>."""
    left, right = was.split(), becomes.split()
    before: list[SafeString] = []
    after: list[SafeString] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes():
        if tag == "equal":
            before.append(conditional_escape(" ".join(left[a:b])))
            after.append(conditional_escape(" ".join(right[c:d])))
            continue
        if a < b:
            before.append(format_html("<del>{}</del>", " ".join(left[a:b])))
        if c < d:
            after.append(format_html("<ins>{}</ins>", " ".join(right[c:d])))
    return mark_safe(" ".join(before)), mark_safe(" ".join(after))  # noqa: S308 (every piece is escaped)
