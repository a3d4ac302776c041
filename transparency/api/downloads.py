"""Files of the whole register, made piece by piece from what publication stored: JSON, CSV and every version."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from portal.api.views import as_json
from portal.core.cells import escape
from transparency.api.documents import (
    act_document,
    organisation_document,
    system_version_document,
    version_document,
)
from transparency.api.lists import public_organisations
from transparency.exchange.flat import cells, headers
from transparency.models import Entry, PublicationEvent, PublicRecord, Seal, SystemVersion, Version
from transparency.proof.controleer import canonical
from transparency.proof.lines import line_of

LICENCE = "CC0-1.0"
FORMAT_VERSION = "1.0"
BATCH = 200


# --- JSON ------------------------------------------------------------------------------------------------------------


def _file(name: str, items: Iterable[str]) -> Iterator[str]:
    """A JSON object that says what it is, with `items` (JSON texts) in the list `entries`, one a line."""
    head = as_json({"format": name, "format_version": FORMAT_VERSION, "licence": LICENCE})
    start = f'{head[:-1]},"entries":[\n'
    for item in items:
        yield start + item
        start = ",\n"
    yield "\n]}\n" if start == ",\n" else f"{start}]}}\n"


def _stored(**which: Any) -> Iterator[str]:
    texts = PublicRecord.objects.listed().filter(**which).exclude(api="").order_by("pk").values_list("api", flat=True)
    return texts.iterator(chunk_size=BATCH)


def _entries() -> Iterator[str]:
    return _stored(entry__isnull=False, entry__organisation__is_example=False)


def entries_json() -> Iterator[str]:
    """Every entry that stands in the register now."""
    return _file("toepassingen", _entries())


def systems_json() -> Iterator[str]:
    """Every product."""
    return _file("ai-systemen", _stored(system__isnull=False))


def organisations_json() -> Iterator[str]:
    """Every organisation."""
    every = public_organisations().order_by("pk").iterator(chunk_size=BATCH)
    return _file("organisaties", (as_json(organisation_document(organisation)) for organisation in every))


def versions_json() -> Iterator[str]:
    """Every published text of every entry that the public may read, ended ones too, oldest first."""
    public = Entry.objects.public().filter(organisation__is_example=False)
    every = (
        Version.objects.filter(entry__in=public)
        .select_related("entry", "readability", "seal")
        .order_by("entry_id", "number")
    )
    return _file("versies", (as_json(version_document(v.entry, v)) for v in every.iterator(chunk_size=BATCH)))


# --- The publication log ---------------------------------------------------------------------------------------------


def log_lines() -> Iterator[str]:
    """Every line of the publication log, exactly as it is hashed, with its own hash; of invented examples too."""
    for event in PublicationEvent.objects.order_by("number").iterator(chunk_size=BATCH):
        yield canonical({**line_of(event), "hash": event.own_hash}).decode() + "\n"


def system_versions_json() -> Iterator[str]:
    """Every published text of every product, oldest first."""
    every = SystemVersion.objects.select_related("system", "seal").order_by("system_id", "number")
    return _file("systeemversies", (as_json(system_version_document(v)) for v in every.iterator(chunk_size=BATCH)))


def acts_json() -> Iterator[str]:
    """Every public act that is no text of an entry or a product, with what it said; none of invented examples."""
    acts = Seal.objects.filter(version__isnull=True, system_version__isnull=True, event__is_example=False)
    every = acts.select_related("event").order_by("pk").iterator(chunk_size=BATCH)
    return _file("handelingen", (as_json(act_document(seal)) for seal in every))


# --- CSV -------------------------------------------------------------------------------------------------------------


def _line(row: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerow(escape(cell) for cell in row)
    return buffer.getvalue()


def entries_csv() -> Iterator[str]:
    """Every entry that stands in the register now, a row each, safe to open in a spreadsheet (standards.md)."""
    yield "\ufeff" + _line(headers())
    for text in _entries():
        yield _line(cells(json.loads(text)))
