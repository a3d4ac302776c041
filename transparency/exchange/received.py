"""What another register sent about an entry, as far as everybody may see it, and what we made of it.

A record of a register is public there, the contact address of its organisation too. Three things are not, and stay with
us: a list in our own form (a hospital's inventory), a column that no register knows (a note of whoever kept the file),
and a version that the register itself did not publish. An entry that is no longer listed shows nothing.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from transparency.exchange.identity import is_own
from transparency.exchange.national import SYSTEM_KEYS, key_of
from transparency.exchange.own import ON_ENTRY
from transparency.exchange.readers import columns, snapshot
from transparency.exchange.report import ExchangeError
from transparency.models import Entry, NationalRecord

CELLS = frozenset({"csv", "xlsx"})
# What the register adds to its JSON. In a file that people fill in, these columns may mean anything.
_ADMINISTRATION = SYSTEM_KEYS - {"org_id"}


class Source(models.TextChoices):
    """Where a record came from."""

    REGISTER = "REGISTER", _("Het Algoritmeregister van de overheid")
    NATIONAL_FILE = "NATIONAL_FILE", _("Een bestand in de vorm van het Algoritmeregister")
    TEMPLATE = "TEMPLATE", _("Een voorbeeldtekst van de leverancier")


@dataclass(frozen=True, kw_only=True)
class Received:
    """One record as it came, without what is not for everybody."""

    form: str  # which reader read it (`detect.FORMS`)
    standard_version: str  # as the record says; empty when it does not
    received_at: datetime.datetime
    raw: dict[str, Any]
    others: list[dict[str, Any]]  # the same record again in that file: other languages, older versions
    withheld: list[str]  # the names of the columns that are not shown
    report: list[dict[str, str]]  # every value that we changed: field, raw, cleaned, reason


def record_of(entry: Entry) -> NationalRecord | None:
    """The record of another register that `entry` came from, if everybody may see it."""
    if is_own(entry) or not entry.is_listed:
        return None
    kept = NationalRecord.objects.filter(entry=entry).first()
    return kept if kept is not None and kept.national and _was_public(kept.raw) else None


def source_of(kept: NationalRecord) -> Source:
    """Where `kept` came from: only the register itself gives a number (lars)."""
    if kept.form == "templates":
        return Source.TEMPLATE
    return Source.REGISTER if kept.lars else Source.NATIONAL_FILE


def newest(kept: NationalRecord) -> Received:
    """The record that counts now."""
    return _received(
        {"form": kept.form, "standard_version": kept.standard_version, "raw": kept.raw, "others": kept.others,
         "report": kept.report},
        kept.received_at,
    )  # fmt: skip


def earlier(kept: NationalRecord) -> list[Received]:
    """What came before it, newest first."""
    return [
        _received(old, datetime.datetime.fromisoformat(old["received_at"]))
        for old in reversed(kept.earlier)
        if _is_national(old["form"], old["raw"]) and _was_public(old["raw"])
    ]


def _received(record: Mapping[str, Any], at: datetime.datetime) -> Received:
    form, raw = record["form"], record["raw"]
    others = [other for other in record["others"] if isinstance(other, dict) and _was_public(other)]
    names = dict.fromkeys(name for one in (raw, *others) for name in one if not is_known(form, name))
    return Received(
        form=form,
        standard_version=record.get("standard_version", ""),
        received_at=at,
        raw=_without(raw, names),
        others=[_without(other, names) for other in others],
        withheld=list(names),
        report=[_told(form, line) for line in record.get("report", [])],
    )


def is_known(form: str, name: str) -> bool:
    """Whether `name`, in a file that the reader `form` read, is a column or key of a register or a question of ours."""
    key = key_of(name)
    if name.partition(".")[0] in ON_ENTRY or (form == "snapshot" and name in snapshot.COLUMNS):
        return True
    return bool(key) and not (form in CELLS and key in _ADMINISTRATION)


def _without(raw: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    left_out = set(names)
    return {name: value for name, value in raw.items() if name not in left_out}


def _told(form: str, line: Mapping[str, str]) -> dict[str, str]:
    """A line of the report; of a column that is not shown only the reason."""
    return dict(line) if is_known(form, line["field"]) else {**line, "raw": "", "cleaned": ""}


def _is_national(form: str, raw: Any) -> bool:
    """Whether a record from before was one of a register."""
    if form not in CELLS:
        return form != "own-json"
    try:
        return columns.is_national(raw)
    except ExchangeError:
        return False


def _was_public(raw: Any) -> bool:
    """Whether the register had published it; its site data holds drafts too."""
    return isinstance(raw, dict) and raw.get("state") in (None, "", "PUBLISHED") and raw.get("published") is not False
