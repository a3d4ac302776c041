"""Making a value fit the table of fields: clean, of the right shape and not too long; what had to give is told."""

from collections.abc import Container, Mapping
from typing import Any

from portal.core.text import hidden_characters
from transparency.exchange.cleaning import contact, url
from transparency.exchange.markup import shorten, tidy
from transparency.exchange.report import Change, change
from transparency.field import Field, Kind
from transparency.fields import BY_KEY
from transparency.shape import problems
from transparency.vocabularies import vocabulary

_NOTHING: tuple[Any, ...] = (None, "", [], {})
_STRANGE_PART = "Dit onderdeel kennen wij niet. Het blijft bewaard."
_TEXTS = {Kind.LINE, Kind.TEXT, Kind.URL, Kind.CONTACT, Kind.MONTH, Kind.DATE}


class Fitting:
    """Fits values one by one and collects what changed. `address` is where a long text can be read whole."""

    def __init__(self, address: str = "") -> None:
        self.address = address
        self.changes: list[Change] = []
        self._filled: dict[str, list[bool]] = {}  # of each list: which of its rows had something good

    def fit(self, key: str, value: Any, *, english: bool = False) -> Any:
        """`value` (or its translation) as our field `key` takes it, or None when it cannot."""
        field, name = BY_KEY[key], f"translations.en.{key}" if english else key
        is_list = field.kind == Kind.ROWS and isinstance(value, list)
        fitted = self._english_rows(field, name, value) if english and is_list else self._fit(field, name, value)
        if fitted in _NOTHING:
            return None
        document = {"translations": {"en": {key: fitted}}} if english else {key: fitted}
        return self._checked(field, name, value, fitted, document)

    def leave_out(self, name: str, row: Mapping[str, Any], known: Container[str], reason: str) -> None:
        """Tell which keys of `row`, all but `known`, are not taken over."""
        for key, value in row.items():
            if key not in known and value not in _NOTHING:
                self._tell(f"{name}.{key}" if name else key, value, None, reason)

    def _checked(self, field: Field, name: str, value: Any, fitted: Any, document: Mapping[str, Any]) -> Any:
        """`fitted` when it has the right shape in `document`; else None, and what is wrong is told."""
        if found := problems(document, (field,)):
            self._tell(name, value, None, f"Dit antwoord past niet in ons register. {found[0].message}")
            return None
        return fitted

    def _tell(self, key: str, raw: Any, cleaned: Any, reason: str) -> None:
        self.changes.append(change(key, raw, cleaned, reason))

    def _fit(self, field: Field, name: str, value: Any) -> Any:
        if field.kind in _TEXTS and isinstance(value, str):
            return self._text(field, name, value)
        if field.kind == Kind.ANSWER and isinstance(value, Mapping):
            return self._answer(field, name, value)
        if field.kind == Kind.CHOICES and isinstance(value, list):
            return self._codes(field, name, value)
        if field.kind in {Kind.ROWS, Kind.GROUP} and isinstance(value, list):
            rows = [self._row(field, name, row) for row in value]
            self._filled[name] = [bool(row) for row in rows]
            return [row for row in rows if row]
        return value

    def _english_rows(self, field: Field, name: str, value: list[Any]) -> list[dict[str, Any]]:
        """The rows in the places of the Dutch ones, empty where nothing is translated, without those that went."""
        rows = [self._row(field, name, row) for row in value]
        stay = self._filled.get(field.key, [])
        if len(stay) == len(rows):
            for row, stays in zip(rows, stay, strict=True):
                if row and not stays:
                    self._tell(name, row, None, "De Nederlandse regel hierbij viel weg.")
            rows = [row for row, stays in zip(rows, stay, strict=True) if stays]
        return rows if any(rows) else []

    def _answer(self, field: Field, name: str, value: Mapping[str, Any]) -> dict[str, Any]:
        self.leave_out(name, value, {"answer", "text"}, _STRANGE_PART)
        text = value.get("text")
        if text is not None and not isinstance(text, str):
            self._tell(f"{name}.text", text, None, "Dit is geen tekst.")
        chosen = {"answer": value["answer"]} if "answer" in value else {}
        return {**chosen, "text": self._text(field, name, text) if isinstance(text, str) else ""}

    def _codes(self, field: Field, name: str, value: list[Any]) -> list[str]:
        terms = vocabulary(field.vocabulary).terms
        known = [code for code in value if isinstance(code, str) and code in terms]
        if strange := [code for code in value if code not in known and code not in _NOTHING]:
            self._tell(name, strange, known, "Dit staat niet in onze lijst van keuzes.")
        return known

    def _row(self, field: Field, name: str, row: Any) -> dict[str, Any]:
        """What is good of one row; every part that does not fit is told, the others stay."""
        if not isinstance(row, Mapping):
            if row not in _NOTHING:
                self._tell(name, row, None, "Dit is een losse waarde. Hier hoort een regel met onderdelen.")
            return {}
        parts = {part.key: part for part in field.parts}
        self.leave_out(name, row, parts, _STRANGE_PART)
        made = {key: self._part(parts[key], f"{name}.{key}", value) for key, value in row.items() if key in parts}
        return {key: value for key, value in made.items() if value is not None}

    def _part(self, part: Field, name: str, value: Any) -> Any:
        fitted = self._fit(part, name, value)
        return None if fitted in _NOTHING else self._checked(part, name, value, fitted, {part.key: fitted})

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
