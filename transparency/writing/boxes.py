"""A question as controls of a form: one Box each, with the name under which it is sent.

The name of a control begins with the place of its question (see `places.py`): "summary", "en.summary"; parts come
behind it: "can_refuse.answer", "can_refuse.text", "evidence.0.title". `posted` says what a browser sends for a value;
`read` makes the value of what was sent.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from transparency.field import Field, Kind
from transparency.vocabularies import vocabulary
from transparency.writing.places import ENGLISH
from transparency.writing.typed import as_typed

MOST_RADIOS = 8  # a longer list is a select
SHORT_TEXT = 400  # characters: a small box
ONE_LINE = frozenset({Kind.LINE, Kind.URL, Kind.CONTACT, Kind.MONTH, Kind.DATE, Kind.NUMBER})
HINTS: dict[Kind, str | Promise] = {
    Kind.DATE: _("Bijvoorbeeld: 22-11-2026"),
    Kind.MONTH: _("Bijvoorbeeld: 11-2026"),
    Kind.URL: _("Begint met https://"),
    Kind.CONTACT: _("Een e-mailadres of een webadres"),
    Kind.NUMBER: _("Een heel getal"),
}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One answer of a list."""

    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Box:
    """One control. `widget`: line, text, radios, select or checkboxes."""

    name: str
    widget: str
    label: str | Promise
    value: str = ""
    choices: tuple[Choice, ...] = ()
    most: int = 0  # characters; 0: no limit to tell
    hint: str | Promise = ""
    mode: str = ""  # of the keyboard on a phone
    language: str = ""

    @property
    def id(self) -> str:
        """The name as an id that a style sheet can speak of."""
        return self.name.replace(".", "-")

    @property
    def is_answered(self) -> bool:
        """Whether one of the choices is made."""
        return any(choice.is_chosen for choice in self.choices)

    @property
    def height(self) -> int:
        """How many lines of text a box shows."""
        return 3 if 0 < self.most <= SHORT_TEXT else 6

    @property
    def used(self) -> int:
        """How many characters are there."""
        return len(self.value)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a list of things; `is_new` when nothing of it is kept yet."""

    number: int
    name: str  # of the row: "evidence.0"
    boxes: tuple[Box, ...]
    is_new: bool = False

    @property
    def id(self) -> str:
        """The name as an id that a style sheet can speak of."""
        return self.name.replace(".", "-")


@dataclass(frozen=True, kw_only=True)
class Controls:
    """All controls of a question: boxes, or rows of them."""

    boxes: tuple[Box, ...] = ()
    rows: tuple[Row, ...] = field(default=())


def controls(f: Field, place: str, value: Any) -> Controls:
    """The controls of the question `f` at `place` with what is kept there; a row for one more at the end of rows."""
    language = "en" if place.startswith(ENGLISH) else "nl"
    if f.kind not in {Kind.ROWS, Kind.GROUP}:
        return Controls(boxes=tuple(_boxes(f, place, value, language)))
    kept = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
    if f.kind == Kind.GROUP:
        kept = [value] if isinstance(value, Mapping) else [{}]
    rows = [_row(f, place, number, row, language) for number, row in enumerate(kept)]
    if f.kind == Kind.ROWS and language == "nl":
        rows.append(_row(f, place, len(kept), {}, language, is_new=True))
    return Controls(rows=tuple(rows))


def _row(
    f: Field, place: str, number: int, row: Mapping[str, Any], language: str, *, is_new: bool = False
) -> Row:  # fmt: skip
    name = f"{place}.{number}"
    parts = [part for part in f.parts if language == "nl" or part.kind in {Kind.LINE, Kind.TEXT}]
    boxes = [box for part in parts for box in _boxes(part, f"{name}.{part.key}", row.get(part.key), language)]
    boxes = [replace(box, widget="select") if box.widget == "radios" else box for box in boxes]  # a row stays short
    return Row(number=number, name=name, boxes=tuple(boxes), is_new=is_new)


def _boxes(f: Field, name: str, value: Any, language: str) -> Iterator[Box]:
    if f.kind == Kind.ANSWER:
        said = value if isinstance(value, Mapping) else {}
        if language == "nl":
            yield _choice_box(f, f"{name}.answer", said.get("answer"), _("Uw antwoord"))
        yield _text_box(f, f"{name}.text", _text(said.get("text")), _("Uitleg"), language)
    elif f.kind == Kind.CHOICE:
        yield _choice_box(f, name, value, f.label)
    elif f.kind == Kind.CHOICES:
        chosen = [code for code in value if isinstance(code, str)] if isinstance(value, list) else []
        yield Box(name=name, widget="checkboxes", label=f.label, choices=_choices(f, chosen))
    elif f.kind in ONE_LINE:
        mode = {Kind.URL: "url", Kind.NUMBER: "numeric"}.get(f.kind, "")
        most = f.max_length if f.kind == Kind.LINE and f.section else 0  # the lines of a row are short anyway
        yield Box(name=name, widget="line", label=f.label, value=as_typed(f.kind, value), most=most,
                  hint=HINTS.get(f.kind, ""), mode=mode, language=language if f.kind == Kind.LINE else "")  # fmt: skip
    else:
        yield _text_box(f, name, _text(value), f.label, language)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _text_box(f: Field, name: str, value: str, label: str | Promise, language: str) -> Box:
    return Box(name=name, widget="text", label=label, value=value, most=f.max_length, language=language)


def _choice_box(f: Field, name: str, value: Any, label: str | Promise) -> Box:
    chosen = [value] if isinstance(value, str) and value else []
    choices = _choices(f, chosen)
    return Box(name=name, widget="radios" if len(choices) <= MOST_RADIOS else "select", label=label, choices=choices)


def _choices(f: Field, chosen: list[str]) -> tuple[Choice, ...]:
    """The answers of the list, and those that are kept but stand on no list: what somebody wrote is never dropped."""
    terms = vocabulary(f.vocabulary).terms
    found = [Choice(code=code, label=term.label, is_chosen=code in chosen) for code, term in terms.items()]
    return (*found, *(Choice(code=code, label=code, is_chosen=True) for code in chosen if code not in terms))


# --- What a browser sends, and what it means -------------------------------------------------------------------------


def posted(f: Field, place: str, value: Any) -> dict[str, list[str]]:
    """What a browser sends for the question `f` when nobody touches it: {name: texts}."""
    shown = controls(f, place, value)
    found: dict[str, list[str]] = {}
    for box in (*shown.boxes, *(box for row in shown.rows for box in row.boxes)):
        if box.widget in {"line", "text"}:
            found[box.name] = [box.value]
        else:
            found[box.name] = [choice.code for choice in box.choices if choice.is_chosen]
    return {name: texts for name, texts in found.items() if texts}


def digest(place: str, sent: Mapping[str, list[str]]) -> str:
    """A short mark of all that was sent for `place`; what is empty does not count, nor how lines end."""
    told = {
        name: [text.replace("\r\n", "\n").replace("\r", "\n").strip() for text in texts if text.strip()]
        for name, texts in sent.items()
        if name == place or name.startswith(f"{place}.")
    }
    whole = json.dumps(sorted((name, texts) for name, texts in told.items() if texts), ensure_ascii=False)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:16]
