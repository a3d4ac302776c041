"""A record of any version of the national standard as one of version 1.0, with a line for every value that changed."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from portal.core.text import sort_key
from transparency.exchange import cleaning, cleaning_lists, cleaning_status
from transparency.exchange.markup import has_tags, to_html, to_line, to_text
from transparency.exchange.moved import KIND_HEADING, KINDS, MOVED, TEXT_OF, TO_TAGS
from transparency.exchange.national import BY_KEY, OLDER, SYSTEM_KEYS, VERSION, Shape
from transparency.exchange.report import Change, change
from transparency.exchange.valid import is_valid

_GONE = "Versie 1.0 heeft dit veld niet."
_LINK = re.compile(r"https?://(?:(?![,;]https?://)[^\s;])+", re.IGNORECASE)
_CURRENT = re.compile(r"1(?:\.0)*")  # a spreadsheet makes 1 of 1.0
_UNKNOWN = "Dit veld kennen wij niet. Het blijft bewaard in de oorspronkelijke registratie."
_CLEANERS: dict[str, Callable[[Any], cleaning.Cleaned]] = {
    "status": cleaning_status.status,
    "publication_category": cleaning.publication_category,
    "lang": cleaning.language,
    "provider": cleaning.provider,
    "lars": cleaning.identifier,
    "source_id": cleaning.identifier,
}
_BY_SHAPE: dict[Shape, Callable[[Any], cleaning.Cleaned]] = {
    Shape.LINE: cleaning.line,
    Shape.HTML: cleaning.markup,
    Shape.URL: cleaning.url,
    Shape.CONTACT: cleaning.contact,
    Shape.MONTH: cleaning.month,
}


def clean_value(key: str, value: Any) -> cleaning.Cleaned:
    """`value` made right for a field of 1.0 that holds one value, with the reason."""
    return (_CLEANERS.get(key) or _BY_SHAPE[BY_KEY[key].shape])(value)


class Upgrade:
    """One record on its way to 1.0."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw
        self.record: dict[str, Any] = {}
        self.changes: list[Change] = []
        version = cleaning.plain(raw.get("standard_version")).strip()
        has_old = any(raw.get(key) not in (None, "", [], {}) for key in OLDER)
        self.is_current = bool(_CURRENT.fullmatch(version)) or (not version and not has_old)

    def run(self) -> "Upgrade":
        """Fill `record` and `changes`."""
        for key, value in self.raw.items():
            if key in BY_KEY:
                self._take(key, value)
            elif key in SYSTEM_KEYS and self.is_current:
                self.record[key] = value
            elif key not in OLDER and key not in SYSTEM_KEYS and value not in (None, "", [], {}):
                self._tell(key, value, None, _UNKNOWN)
        self._old_fields()
        if "lang" not in self.raw:
            self.record["lang"] = "nld"
        return self

    def _tell(self, key: str, raw: Any, cleaned: Any, reason: str) -> None:
        self.changes.append(change(key, raw, cleaned, reason))

    def _take(self, key: str, value: Any) -> None:
        field = BY_KEY[key]
        if key == "standard_version":
            self.record[key] = value if self.is_current and not value else VERSION
            if not self.is_current:
                self._tell(key, value, VERSION, "Deze registratie is omgezet naar versie 1.0.")
            elif value and value != VERSION:
                self._tell(key, value, VERSION, "De versie schrijven wij als 1.0.")
        elif is_valid(field, value) and (self.is_current or not self._is_loose(field.shape)):
            self.record[key] = value
        elif field.shape == Shape.ENUMS:
            self._take_themes(value)
        elif field.shape == Shape.LINKS:
            self._take_links(key, value)
        else:
            cleaned, reason = clean_value(key, value)
            self.record[key] = cleaned
            if reason:
                self._tell(key, value, cleaned, reason)

    @staticmethod
    def _is_loose(shape: Shape) -> bool:
        return shape in {Shape.URL, Shape.CONTACT, Shape.MONTH, Shape.LINE, Shape.HTML}

    def _take_themes(self, value: Any) -> None:
        known, unknown, reason = cleaning_lists.categories(value)
        self.record["category"] = known
        self._add_tags(unknown)
        if reason:
            self._tell("category", value, known, reason)

    def _take_links(self, key: str, value: Any) -> None:
        field = BY_KEY[key]
        rows, left, reason = cleaning_lists.links(value, link_needed=field.link_needed)
        self.record[key] = rows
        self._add_text(TEXT_OF[key], field.label, "\n".join(f"- {title}" for title in left))
        if reason:
            self._tell(key, value, rows, reason)

    def _add_tags(self, words: list[str]) -> None:
        there = [word.strip() for word in (cleaning.plain(self.record.get("tags")) or "").split(",") if word.strip()]
        added = [part.strip() for word in words for part in word.split(",") if part.strip()]
        if added:
            self.record["tags"] = ", ".join(dict.fromkeys([*there, *added]))

    def _add_text(self, key: str, heading: str, text: str) -> None:
        """`text` under `heading` after what `key` holds; as HTML when that is HTML."""
        if not text:
            return
        there = cleaning.plain(self.record.get(key) or "")
        if has_tags(there):
            self.record[key] = there + to_html(f"{heading}\n\n{text}")
        else:
            self.record[key] = "\n\n".join(part for part in (there.rstrip(), heading, text) if part)

    def _old_fields(self) -> None:
        old = {key: self.raw[key] for key in OLDER if self.raw.get(key) not in (None, "", [], {})}
        for key, value in old.items():
            if not sort_key(to_line(cleaning.plain(value))):
                self._tell(key, value, None, "Hier stond geen antwoord.")
            elif key in TO_TAGS:
                self._add_tags([to_line(cleaning.plain(value))])
                self._tell(key, value, self.record.get("tags"), f"{_GONE} Het is nu een zoekwoord.")
            elif key in MOVED:
                self._move(key, value)
            else:
                getattr(self, f"_old_{key}")(value)

    def _move(self, key: str, value: Any) -> None:
        target, heading = MOVED[key]
        text = to_text(cleaning.plain(value))
        if key == "documentation" and not self.record.get("website") and (address := cleaning.url(value)[0]):
            self.record["website"] = address
            self._tell(key, value, address, f"{_GONE} Het is nu de link naar de publiekspagina.")
            return
        self._add_text(target, heading, text)
        self._tell(key, value, f"{target}: {heading}", f"{_GONE} De tekst staat nu onder een kopje.")

    def _old_type(self, value: Any) -> None:
        folded = sort_key(to_line(cleaning.plain(value)))
        kind = next((label for label, words in KINDS.items() if folded in words), "")
        if self.is_current:  # a leftover column of a supplier's template
            self._tell("type", value, None, f"{_GONE} Het blijft bewaard in de oorspronkelijke registratie.")
            return
        heading = KIND_HEADING if kind else OLDER["type"]
        self._add_text("methods_and_models", heading, kind or to_text(cleaning.plain(value)))
        self._tell("type", value, kind or value, f"{_GONE} Het staat nu bij de technische werking.")

    def _old_uuid(self, value: Any) -> None:
        code, reason = cleaning.identifier(value)
        if code and not self.record.get("source_id"):
            self.record["source_id"] = code
            reason = f"{_GONE} Het is nu het Bron-ID."
        self._tell("uuid", value, code, reason or "Er is al een Bron-ID.")

    def _old_lawful_basis_link(self, value: Any) -> None:
        self._links_from("lawful_basis_link", "lawful_basis_grouping", value)

    def _old_source_data_link(self, value: Any) -> None:
        self._links_from("source_data_link", "source_data_grouping", value)

    def _links_from(self, key: str, target: str, value: Any) -> None:
        text = to_text(cleaning.plain(value))
        rows, start = [], 0
        for match in _LINK.finditer(text):
            title = re.split(r"[\n,;]", text[start : match.start()].rstrip())[-1].strip(" :-")
            rows.append({"title": title or BY_KEY[target].label, "link": cleaning.without_end(match[0])})
            start = match.end()
        if rows:
            there = list(self.record.get(target) or [])
            self.record[target] = there + [row for row in rows if row["link"] not in {r["link"] for r in there}]
        else:
            self._add_text(TEXT_OF[target], OLDER[key], text)
        self._tell(key, value, rows, f"{_GONE} Het staat nu bij de verwijzingen.")


def upgrade(raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[Change]]:
    """`raw` (of any version) as a record of 1.0, with every change. A valid record of 1.0 comes back as it is."""
    done = Upgrade(raw).run()
    return done.record, done.changes
