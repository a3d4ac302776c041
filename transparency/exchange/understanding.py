"""One row of any format as a record of 1.0, the answers it gives us, and all that had to be changed for that."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.core.text import sort_key
from transparency.exchange.cleaning import identifier, is_placeholder, line, plain, url
from transparency.exchange.fitting import Fitting
from transparency.exchange.inward import to_content
from transparency.exchange.markup import shorten, to_line
from transparency.exchange.older import upgrade
from transparency.exchange.readers.row import Row
from transparency.exchange.report import Change, change
from transparency.fields import BY_KEY, ENTRY_FIELDS

ON_ENTRY = {f.key for f in ENTRY_FIELDS}
LONGEST_ORGANISATION, LONGEST_LARS, LONGEST_SOURCE_ID, LONGEST_URL = 200, 100, 200, 500
POORER = frozenset({"snapshot", "csv", "xlsx"})


@dataclass(kw_only=True)
class Understood:
    """What a row says, ready to be found, saved and reported."""

    row: Row
    form: str
    national: dict[str, Any] = field(default_factory=dict)
    content: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    organisation: str = ""
    lars: str = ""
    source_id: str = ""
    url: str = ""
    version: str = ""
    refused: Change | None = None

    @property
    def name(self) -> str:
        """The name of what is recorded."""
        return str(self.content.get("name", ""))

    @property
    def raw_hash(self) -> str:
        """SHA-256 over the record as received."""
        return raw_hash(self.row.raw, self.row.others)

    def received(self) -> dict[str, Any]:
        """The fields of NationalRecord."""
        return {
            "form": self.form, "raw": self.row.raw, "others": self.row.others, "raw_hash": self.raw_hash,
            "standard_version": self.version[:20], "lars": self.lars, "source_id": self.source_id,
            "url": self.url, "national": self.national, "content": self.content,
            "report": [made.as_dict() for made in self.changes],
        }  # fmt: skip


def raw_hash(raw: Any, others: Any) -> str:
    """SHA-256 over a record as received and the others that came with it."""
    text = json.dumps([raw, others], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def understand(row: Row, form: str) -> Understood:
    """What `row`, read by the reader `form`, says. Refused only when unreadable or without name or organisation."""
    done = Understood(row=row, form=form, changes=list(row.changes), refused=row.refused)
    if row.refused:  # only whose it is
        owner = row.record.get("organization") if row.own is None else _owner(row.own)
        done.organisation = _organisation(done, owner)
    elif row.own is not None:
        _own(done, row.own)
    else:
        _national(done, row.record)
    if not done.refused and not done.name:
        name = row.record.get("name") if row.own is None else row.own["content"].get("name")
        done.refused = change("name", name, None, "De naam ontbreekt.")
    elif not done.refused and (not sort_key(done.organisation) or is_placeholder(done.organisation)):
        done.refused = change("organization", done.organisation, None, "De organisatie ontbreekt.")
    return done


def _national(done: Understood, record: Mapping[str, Any]) -> None:
    done.version = to_line(plain(record.get("standard_version")))
    done.national, changes = upgrade(record)
    done.changes += changes
    done.lars = _code(done.national.get("lars"), LONGEST_LARS)
    done.source_id = _code(done.row.source_id or done.national.get("source_id"), LONGEST_SOURCE_ID)
    done.url = _address(done.national.get("url"))
    done.organisation = _organisation(done, done.national.get("organization"))
    _answer(done)


def _code(value: Any, longest: int) -> str:
    """A number or code by which the record is found again; its digest when it is too long for that."""
    code = str(identifier(value)[0] or "")
    return code if len(code) <= longest else hashlib.sha256(code.encode()).hexdigest()


def as_uuid(text: str) -> uuid.UUID | None:
    """`text` as a UUID when it is one."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _address(value: Any) -> str:
    """A web address that fits, or an empty string."""
    address = str(url(value)[0] or "")
    return address if len(address) <= LONGEST_URL else ""


def _answer(done: Understood) -> None:
    """Fill `content` from `national`."""
    done.content, changes = to_content(done.national, done.url)
    done.changes += changes
    if done.row.english is not None:
        _english(done, done.row.english)


def complete(done: Understood, known: Mapping[str, Any]) -> None:
    """Give a record that came in a poorer form back what `known` (of 1.0, from before) already said better.

    The snapshot knows nine columns only; it and cells have no markup. A text with the same words keeps its markup.
    """
    if done.row.own is not None or done.form not in POORER:
        return
    merged = dict(done.national)
    for key, value in known.items():
        if (key not in merged and done.form == "snapshot") or same_words(merged.get(key), value):
            merged[key] = value
    if merged != done.national:
        done.national = merged
        _answer(done)


def same_words(new: Any, old: Any) -> bool:
    """Whether two texts differ in markup and white space only."""
    return isinstance(new, str) and isinstance(old, str) and new != old and to_line(new) == to_line(old)


def _organisation(done: Understood, value: Any) -> str:
    name = line(value)[0] or ""
    if len(name) > LONGEST_ORGANISATION:
        short = shorten(name, LONGEST_ORGANISATION)
        done.changes.append(change("organization", name, short, "De naam van de organisatie was te lang."))
        return short
    return str(name)


def _english(done: Understood, record: Mapping[str, Any]) -> None:
    content, _changes = to_content(upgrade(record)[0])
    english = {key: value for key, value in content.items() if BY_KEY[key].translated and key in done.content}
    if english:
        done.content["translations"] = {"en": english}


def _owner(own: Mapping[str, Any]) -> Any:
    organisation = own.get("organisation")
    return organisation.get("name") if isinstance(organisation, Mapping) else organisation


def _own(done: Understood, own: Mapping[str, Any]) -> None:
    """Our own document: its answers as they are, made to fit."""
    done.version = to_line(plain(own.get("version")))
    code = _code(own.get("id"), LONGEST_SOURCE_ID)
    done.source_id, done.url = str(as_uuid(code) or code), _address(own.get("url"))
    done.organisation = _organisation(done, _owner(own))
    fitting = Fitting(done.url)
    content = own["content"]
    strange = [key for key in content if key not in ON_ENTRY and key not in {"unknown", "translations"}]
    reason = "Deze vraag kennen wij niet. Het antwoord blijft bewaard."
    done.changes += [change(key, content[key], None, reason) for key in strange]
    done.content = _fitted(fitting, {key: content[key] for key in content if key in ON_ENTRY})
    unknown = content.get("unknown")
    if isinstance(unknown, list) and (keys := [key for key in unknown if isinstance(key, str) and key in ON_ENTRY]):
        done.content["unknown"] = keys
    translations = content.get("translations")
    english = translations.get("en") if isinstance(translations, Mapping) else None
    if isinstance(english, Mapping):
        translated = {key: value for key, value in english.items() if key in ON_ENTRY and BY_KEY[key].translated}
        done.content["translations"] = {"en": _fitted(fitting, translated, english=True)}
    done.changes += fitting.changes


def _fitted(fitting: Fitting, values: Mapping[str, Any], *, english: bool = False) -> dict[str, Any]:
    made = {key: fitting.fit(key, value, english=english) for key, value in values.items()}
    return {key: value for key, value in made.items() if value is not None}
