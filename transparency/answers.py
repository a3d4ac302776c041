"""A content document as the patient's questions with their answers, ready for a page, a leaflet or reading aloud."""

import html as entities
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.core.dates import long_date, long_month, number
from portal.ui.templatetags.ui import link_text, prose
from transparency.document import gone, has_value, is_unknown, translated
from transparency.field import Content, Field, Kind
from transparency.fields import SECTIONS
from transparency.glossary import Explainer, Term
from transparency.vocabularies import vocabulary


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One question with its answer."""

    field: Field
    label: str | Promise
    html: SafeString  # paragraphs, lists or one line, terms marked
    choice: str = ""  # the words of a choice ("Ja"), shown before the text
    code: str = ""
    language: str = "nl"
    from_system: bool = False  # what is known of the product, not of its use here
    is_block: bool = True


@dataclass(kw_only=True)
class AnsweredSection:
    """A section of the page with what is answered, and which needed questions are not."""

    key: str
    label: str | Promise
    answers: list[Answer] = field(default_factory=list)
    open: list[Field] = field(default_factory=list)

    @property
    def public(self) -> list[Answer]:
        """The answers every patient reads."""
        return [answer for answer in self.answers if not answer.field.is_expert()]

    @property
    def expert(self) -> list[Answer]:
        """The answers for who wants to know more."""
        return [answer for answer in self.answers if answer.field.is_expert()]


def sections(
    content: Content, fields: tuple[Field, ...], explainer: Explainer, *, product: Content | None = None
) -> dict[str, AnsweredSection]:
    """Every section by key. Where `content` is silent, `product` (the text of its AI system) may speak."""
    found = {s.key: AnsweredSection(key=s.key, label=s.label) for s in SECTIONS}
    taken = gone(content)
    for f in fields:
        section = found[f.section]
        if f.key in taken:
            section.answers.append(_taken_away(f, taken[f.key]))
        elif has_value(content, f.key):
            section.answers.append(_answer(f, content, explainer, from_system=False))
        elif product is not None and f.on_system and has_value(product, f.key):
            section.answers.append(_answer(f, product, explainer, from_system=True))
        elif is_unknown(content, f.key) or f.needed_when(content):
            section.open.append(f)
    return found


def _taken_away(f: Field, mark: Mapping[str, str]) -> Answer:
    """What stands where the law took an answer away."""
    language = get_language() or "nl"
    reason = mark.get("reason_en") if language == "en" else ""
    words = _("Deze tekst is weggehaald: %(reason)s") % {"reason": reason or mark["reason"]}
    return Answer(field=f, label=f.label, html=format_html("<p>{}</p>", words), language=language)


def _answer(f: Field, content: Content, explainer: Explainer, *, from_system: bool) -> Answer:
    value, language = translated(content, f.key)
    text, choice, code = value, "", ""
    if f.kind == Kind.ANSWER:
        code, text = value["answer"], value.get("text", "")
        choice = vocabulary(f.vocabulary).label(code)
        text = _once(text, choice)
    elif f.kind == Kind.CHOICE:
        code, text = value, vocabulary(f.vocabulary).label(value)
    explained = explainer if language == (get_language() or "nl") else Explainer(language=language, is_active=False)
    return Answer(
        field=f, label=f.label, html=_html(f, text, explained), choice=choice, code=code, language=language,
        from_system=from_system, is_block=f.kind in {Kind.TEXT, Kind.ANSWER, Kind.ROWS, Kind.GROUP},
    )  # fmt: skip


def _once(text: str, choice: str) -> str:
    """`text` without the choice at its start: "Ja. Zeg het …" under a large "Ja" says it twice."""
    for mark in (". ", ", "):
        if text.startswith(choice + mark):
            rest = text.removeprefix(choice + mark)
            return rest[:1].upper() + rest[1:]
    return text


def _html(f: Field, value: Any, explainer: Explainer) -> SafeString:
    if f.kind in {Kind.TEXT, Kind.ANSWER}:
        return _marked_prose(value, explainer)
    if f.kind in {Kind.ROWS, Kind.GROUP}:
        rows = value if isinstance(value, list) else [value]
        return mark_safe("<ul>" + "".join(f"<li>{_row(f, row, explainer)}</li>" for row in rows) + "</ul>")  # noqa: S308
    return _line(f, value)


def _marked_prose(text: str, explainer: Explainer) -> SafeString:
    # Terms are marked in the finished paragraphs: no tag or entity of `prose` looks like a term.
    return _mark_between_tags(prose(text), explainer)


def _mark_between_tags(markup: str, explainer: Explainer) -> SafeString:
    pieces = re.split(r"(<[^>]+>)", markup)
    marked = [piece if piece.startswith("<") else explainer.mark(entities.unescape(piece)) for piece in pieces]
    return mark_safe("".join(marked))  # noqa: S308 (escaped by mark)


def _line(f: Field, value: Any) -> SafeString:
    if f.kind in {Kind.URL, Kind.CONTACT}:
        return _link(value)
    if f.key == "contact_phone":
        return _phone(value)
    if f.kind == Kind.CHOICES:
        words = [vocabulary(f.vocabulary).label(code) for code in value]
        return format_html_join(", ", "{}", ((word,) for word in words))
    if f.kind == Kind.DATE:
        return conditional_escape(long_date(value))
    if f.kind == Kind.MONTH:
        return conditional_escape(long_month(value))
    if f.kind == Kind.NUMBER:
        return conditional_escape(number(value))
    return conditional_escape(value)


def _link(value: str) -> SafeString:
    """An address on the web or of mail as a link in words that people read."""
    if value.lower().startswith(("http://", "https://")):
        return format_html('<a href="{}" rel="nofollow noopener">{}</a>', value, link_text(value))
    return format_html('<a href="mailto:{}">{}</a>', value, value)


_PHONE = re.compile(r"\+?\(?\d(?:[ ()-]*\d){7,14}")


def _phone(value: str) -> SafeString:
    """A line with a telephone number: one can press the number, also with "on working days" behind it."""
    found = _PHONE.search(value)
    if found is None:
        return conditional_escape(value)
    digits = re.sub(r"\(0\)|[^\d+]", "", found[0])
    whole = found[0].replace(" ", "\u00a0").replace("-", "\u2011")  # a number never breaks over two lines
    link = format_html('<a href="tel:{}">{}</a>', digits, whole)
    return format_html("{}{}{}", value[: found.start()], link, value[found.end() :])


def _row(f: Field, row: dict[str, Any], explainer: Explainer) -> str:
    """One row: a title that is a link when there is one, then each part with its label, then a link without a title."""
    shown = {part.key: row[part.key] for part in f.parts if row.get(part.key) not in (None, "", [])}
    pieces = []
    title = shown.pop("title", "") or shown.pop("group", "")
    link = shown.pop("link", "")
    if title:
        pieces.append(
            format_html('<strong><a href="{}" rel="nofollow noopener">{}</a></strong>', link, title)
            if link else format_html("<strong>{}</strong>", title)
        )  # fmt: skip
    elif link and not shown:
        pieces.append(_link(link))
    for part in f.parts:
        if part.key not in shown:
            continue
        if part.kind == Kind.TEXT:
            pieces.append(_marked_prose(shown[part.key], explainer))
        elif part.kind == Kind.CHOICE:
            pieces.append(format_html("<p>{}: {}</p>", part.label, vocabulary(part.vocabulary).label(shown[part.key])))
        else:
            pieces.append(format_html("<p>{}: {}</p>", part.label, _line(part, shown[part.key])))
    if link and shown and not title:
        words = _("Lees meer op %(site)s") % {"site": link_text(link).partition("/")[0]}
        pieces.append(format_html('<p><a href="{}" rel="nofollow noopener">{}</a></p>', link, words))
    return "".join(pieces)


def words_in(answers: Iterable[Answer], words: list[Term]) -> list[Term]:
    """Those of `words` that these answers use: a page that shows less explains less."""
    shown = "".join(str(answer.html) for answer in answers)
    return [term for term in words if f'"#woord-{term.slug}"' in shown]


def plain_answer(f: Field, value: Any) -> SafeString:
    """One answer of the right shape as a reader sees it, without its question and without terms marked."""
    silent = Explainer(language=get_language() or "nl", is_active=False)
    if f.kind == Kind.ANSWER:
        choice = vocabulary(f.vocabulary).label(value["answer"]) if value.get("answer") else ""
        chosen = format_html("<p><strong>{}</strong></p>", choice) if choice else SafeString("")
        return chosen + _marked_prose(value.get("text", ""), silent)
    if f.kind == Kind.CHOICE:
        return format_html("<p>{}</p>", vocabulary(f.vocabulary).label(value))
    shown = _html(f, value, silent)
    return shown if f.kind in {Kind.TEXT, Kind.ROWS, Kind.GROUP} else format_html("<p>{}</p>", shown)
