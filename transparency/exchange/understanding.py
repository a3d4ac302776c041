"""One row of any format as a record of 1.0, the answers it gives us, and all that had to be changed for that."""

import hashlib
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.core.text import sort_key
from transparency.exchange.cleaning import identifier, is_placeholder, line, plain, url
from transparency.exchange.inward import to_content
from transparency.exchange.markup import shorten, to_line
from transparency.exchange.national import BY_KEY as STANDARD
from transparency.exchange.national import SYSTEM_KEYS, VERSION, key_of
from transparency.exchange.older import upgrade
from transparency.exchange.own import ON_ENTRY, aside, content_of_own, may_be_public, silent_explanations
from transparency.exchange.readers.row import Row
from transparency.exchange.report import Change, change
from transparency.fields import BY_KEY

LONGEST_ORGANISATION, LONGEST_LARS, LONGEST_SOURCE_ID, LONGEST_URL = 200, 100, 200, 500
_POINT = re.compile(r"(?:^|\s)[•*–-]\s")
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
    may_be_public: bool = True  # a file of ours may say that this has ended, or was invented

    @property
    def name(self) -> str:
        """The name of what is recorded."""
        return str(self.content.get("name", ""))

    @property
    def said(self) -> frozenset[str]:
        """The keys (of an own document its questions, else the national ones) of which the file says something.

        An empty cell or null under a key of the national standard says that there is no answer; a missing column or
        key, and a key that the version of the record does not have, say nothing.
        """
        if (own := self.row.own) is not None:  # an answer that does not fit says nothing
            return frozenset(key for key, value in own["content"].items() if key in self.content or not value)
        if self.form == "snapshot" or self.version not in {"", VERSION} or not isinstance(self.row.raw, Mapping):
            return frozenset(self.row.record)
        return frozenset(key_of(name) or name for name in self.row.raw)

    def tell(self, *changes: Change) -> None:
        """Say more about the row; what is said already is not said again."""
        self.changes += [made for made in changes if made not in self.changes]

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
    _numbers(done)
    done.organisation = _organisation(done, done.national.get("organization"))
    _answer(done)


def _numbers(done: Understood) -> None:
    """Fill in by what the record is found again."""
    done.lars = _code(done.national.get("lars"), LONGEST_LARS)
    done.source_id = _code(done.row.source_id or done.national.get("source_id"), LONGEST_SOURCE_ID)
    done.url = _address(done.national.get("url"))


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


def complete(done: Understood, known: Mapping[str, Any], content: Mapping[str, Any]) -> None:
    """Give a record back what an earlier one, `known` (of 1.0) and its `content`, said and this one is silent about.

    The snapshot knows nine columns only, and a list of one's own may have even fewer. Cells have no markup: a text
    with the same words keeps the markup that it had.
    """
    if done.row.own is not None:
        _complete_own(done, content)
        return
    merged = dict(done.national)
    silent = [key for key, value in known.items() if key not in done.said and value not in (None, "", [])]
    for key, value in known.items():
        if key in silent or (done.form in POORER and same_words(merged.get(key), value)):
            merged[key] = value
    _tell_kept(done, [key for key in silent if key not in {"lang", "standard_version", *SYSTEM_KEYS}])
    if merged != done.national:
        done.national = merged
        _numbers(done)
        _answer(done)


def _complete_own(done: Understood, known: Mapping[str, Any]) -> None:
    silent = [key for key in known if key in ON_ENTRY and key not in done.said]
    done.content |= {key: known[key] for key in silent}
    open_ones = [key for key in known.get("unknown", ()) if key not in done.content]
    if open_ones and "unknown" not in done.said:
        done.content["unknown"] = open_ones
    english = {**known.get("translations", {}).get("en", {}), **done.content.get("translations", {}).get("en", {})}
    if english:
        done.content["translations"] = {"en": english}
    _tell_kept(done, silent)


def _tell_kept(done: Understood, keys: list[str]) -> None:
    reason = "Hierover zegt het bestand niets. Wat wij al wisten, blijft staan."
    done.tell(*([change("", ", ".join(keys), None, reason)] if keys else []))


def same_words(new: Any, old: Any) -> bool:
    """Whether two texts differ in markup, white space and the sign before a point of a list only."""
    return isinstance(new, str) and isinstance(old, str) and new != old and _words(new) == _words(old)


def _words(text: str) -> str:
    return to_line(_POINT.sub(" ", to_line(text)))


def words_in(national: Mapping[str, Any]) -> str:
    """SHA-256 over what a record of 1.0 says, whatever its markup; numbers that a register gives do not count."""
    left_out = {"lang", "standard_version", "lars", "publication_dt"}
    said = {key: national[key] for key in national if key in STANDARD and key not in left_out}
    words = {key: _words(value) if isinstance(value, str) else value for key, value in said.items()}
    return raw_hash({key: value for key, value in words.items() if value not in (None, "", [])}, [])


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
    done.may_be_public = may_be_public(own)
    done.changes += aside(own)
    done.content, changes = content_of_own(own["content"], done.url)
    done.changes += changes


def keep_explanations(done: Understood, known: Mapping[str, Any]) -> None:
    """Let an answer whose explanation an own file does not give keep that of `known`; with another answer that is told.

    An empty cell says nothing, so it takes nothing away.
    """
    for key in silent_explanations(done.row.own["content"]) if done.row.own is not None else ():
        before = known.get(key)
        if key not in done.content or not isinstance(before, Mapping):
            continue
        answer = done.content[key]["answer"]
        done.content[key] = {**before, "answer": answer}
        if before.get("text") and answer != before.get("answer"):
            reason = "Het antwoord is nu anders. De uitleg van eerder blijft staan. Kijk of die nog klopt."
            done.tell(change(f"{key}.text", None, before["text"], reason))
