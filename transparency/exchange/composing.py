"""Several of our answers as one national text with Dutch sub-headings in a fixed order, and back."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.utils import translation

from transparency.document import has_value
from transparency.field import Content, Field, Kind
from transparency.fields import BY_KEY
from transparency.vocabularies import vocabulary

# Sub-headings that older versions of the standard knew as fields.
_ALSO = {
    "Impact": "effect_on_you",
    "Monitoring": "monitoring",
    "Prestatienormen": "performance_plain",
    "Bezwaarprocedure": "object_how",
    "Omschrijving": "how_it_works",
}
_DONE_WITH_TITLES = frozenset({"data_sources", "legal_basis_links"})  # rows that a list of titles says in full


@cache
def label(key: str) -> str:
    """The Dutch question of our field `key`: its sub-heading."""
    with translation.override("nl"):
        return str(BY_KEY[key].label)


def word(name: str, code: str) -> str:
    """The Dutch words of a code of the vocabulary `name`."""
    terms = vocabulary(name).terms
    return terms[code].label_nl if code in terms else code


def code_of(name: str, text: str) -> str:
    """The code of the vocabulary `name` that `text` (words or a code) stands for, or an empty string."""
    wanted = text.strip().rstrip(".").casefold()
    terms = vocabulary(name).terms.values()
    return next((t.code for t in terms if wanted in {t.label_nl.casefold(), t.code.casefold()}), "")


def as_text(key: str, value: Any) -> str:
    """An answer of ours as plain text with its codes written out."""
    field = BY_KEY[key]
    if field.kind == Kind.ANSWER:
        answer = word(field.vocabulary, value.get("answer", ""))
        rest = value.get("text", "").removeprefix(f"{answer}. ")
        return f"{answer}. {rest}" if rest else f"{answer}."
    if field.kind == Kind.CHOICE:
        return word(field.vocabulary, value)
    if field.kind == Kind.CHOICES:
        return ", ".join(word(field.vocabulary, code) for code in value)
    if field.kind == Kind.ROWS:
        return "\n".join(f"- {_row(field, row)}" for row in value)
    return str(value)


def _row(field: Field, row: Mapping[str, Any]) -> str:
    pieces = []
    for part in field.parts:
        value = row.get(part.key)
        if value in (None, "", []):
            continue
        text = word(part.vocabulary, value) if part.kind == Kind.CHOICE else " ".join(str(value).split())
        pieces.append(text if part is field.parts[0] or part.key in {"title", "text", "summary", "link"} else
                      f"{_part_label(part)} {text}")  # fmt: skip
    rest = ". ".join(piece.rstrip(".") for piece in pieces[1:])
    return f"{pieces[0]}: {rest}" if rest else "".join(pieces)


def _part_label(part: Field) -> str:
    with translation.override("nl"):
        return f"{part.label}:" if not str(part.label).endswith("?") else str(part.label)


def compose(content: Content, keys: Iterable[str]) -> str:
    """The answers under `keys`, each under its own sub-heading, as plain text."""
    found = [f"{label(key)}\n\n{as_text(key, content[key])}" for key in keys if has_value(content, key)]
    return "\n\n".join(found)


def take_apart(text: str, main: str, keys: Iterable[str]) -> dict[str, Any]:
    """`text` as {our key: value}: what stands under a sub-heading we know goes to its field, the rest to `main`."""
    headings = {label(key): key for key in keys}
    headings |= {heading: key for heading, key in _ALSO.items() if key in headings.values()}
    found: dict[str, Any] = {}
    rest: list[str] = []
    for heading, body in _parts(text, headings):
        key = headings.get(heading, "")
        value = _value(BY_KEY[key], body) if key and key not in found else None
        if value:
            found[key] = value
        else:
            rest += [heading, body]
    remaining = "\n\n".join(part for part in rest if part)
    return {main: remaining, **found} if remaining else found


def _parts(text: str, headings: Mapping[str, str]) -> list[tuple[str, str]]:
    parts: list[tuple[str, list[str]]] = [("", [])]
    for block in re.split(r"\n\s*\n", text):
        if block.strip() in headings:
            parts.append((block.strip(), []))
        else:
            parts[-1][1].append(block)
    return [(heading, "\n\n".join(blocks).strip()) for heading, blocks in parts]


def _value(field: Field, body: str) -> Any:
    """The answer that `body` is, or None when it is not one we can read back."""
    if field.kind in {Kind.TEXT, Kind.LINE}:
        return body or None
    if field.kind == Kind.CHOICE:
        return code_of(field.vocabulary, body) or None
    if field.kind == Kind.ANSWER:
        answer, _, rest = body.partition(".")
        code = code_of(field.vocabulary, answer)
        return {"answer": code, "text": rest.strip()} if code else None
    if field.kind == Kind.DATE:
        return body if re.fullmatch(r"\d{4}-\d\d-\d\d", body) else None
    if field.key in _DONE_WITH_TITLES and all(line.startswith("- ") for line in body.split("\n")):
        return [{"title": line.removeprefix("- ")} for line in body.split("\n")]
    return None
