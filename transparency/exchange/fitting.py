"""Making a value fit the table of fields: clean, of the right shape and not too long; what had to give is told."""

from collections.abc import Mapping
from typing import Any

from portal.core.text import hidden_characters
from transparency.exchange.cleaning import contact, url
from transparency.exchange.markup import shorten, tidy
from transparency.exchange.report import Change, change
from transparency.field import Field, Kind
from transparency.fields import BY_KEY
from transparency.shape import problems

_TEXTS = {Kind.LINE, Kind.TEXT, Kind.URL, Kind.CONTACT, Kind.MONTH, Kind.DATE}


class Fitting:
    """Fits values one by one and collects what changed. `address` is where a long text can be read whole."""

    def __init__(self, address: str = "") -> None:
        self.address = address
        self.changes: list[Change] = []

    def fit(self, key: str, value: Any, *, english: bool = False) -> Any:
        """`value` (or its translation) as our field `key` takes it, or None when it cannot."""
        field = BY_KEY[key]
        fitted = self._fit(field, key, value)
        if fitted in (None, "", [], {}):
            return None
        document = {"translations": {"en": {key: fitted}}} if english else {key: fitted}
        if found := problems(document, (field,)):
            self._tell(key, value, None, f"Dit antwoord past niet in ons register. {found[0].message}")
            return None
        return fitted

    def _tell(self, key: str, raw: Any, cleaned: Any, reason: str) -> None:
        self.changes.append(change(key, raw, cleaned, reason))

    def _fit(self, field: Field, name: str, value: Any) -> Any:
        if field.kind in _TEXTS and isinstance(value, str):
            return self._text(field, name, value)
        if field.kind == Kind.ANSWER and isinstance(value, Mapping):
            text = value.get("text")
            chosen = {"answer": value["answer"]} if "answer" in value else {}
            return {**chosen, "text": self._text(field, name, text) if isinstance(text, str) else ""}
        if field.kind in {Kind.ROWS, Kind.GROUP} and isinstance(value, list):
            return self._rows(field, value)
        return value

    def _rows(self, field: Field, rows: list[Any]) -> list[dict[str, Any]]:
        parts = {part.key: part for part in field.parts}
        made = []
        for row in rows:
            fitted = {
                key: done
                for key, value in (row.items() if isinstance(row, Mapping) else ())
                if key in parts and (done := self._fit(parts[key], f"{field.key}.{key}", value)) not in (None, "", [])
            }
            if fitted:
                made.append(fitted)
        return made

    def _text(self, field: Field, name: str, value: str) -> str:
        text = tidy(value)
        if field.kind != Kind.TEXT and field.kind != Kind.ANSWER:
            text = " ".join(text.split())
        if hidden_characters(value.replace("\r", "")):
            self._tell(name, value, text, "Onzichtbare tekens zijn weggehaald.")
        if field.kind in {Kind.URL, Kind.CONTACT} and text:
            return self._address(field, name, text)
        if field.max_length and len(text) > field.max_length:
            short = shorten(text, field.max_length, self.address)
            self._tell(name, text, short, f"De tekst was {len(text)} tekens. Er passen er {field.max_length}.")
            return short
        return text

    def _address(self, field: Field, name: str, text: str) -> str:
        cleaned, reason = (contact if field.kind == Kind.CONTACT else url)(text)
        if cleaned is not None and (len(cleaned) > 500 or problems({"x": cleaned}, (_as(field),))):
            cleaned, reason = None, "Dit is geen goed webadres."
        if cleaned != text:
            self._tell(name, text, cleaned, reason)
        return cleaned or ""


def _as(field: Field) -> Field:
    return Field(key="x", section="", label="", kind=field.kind, max_length=500)
