"""What another register sent about an entry, and the entry in that register's own form, as JSON."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from transparency.api.documents import ENTRIES, address_of, moment, page_of
from transparency.exchange.exporting import national_record, public_entries
from transparency.exchange.received import Received, earlier, newest, record_of, source_of
from transparency.models import Entry


def received_document(entry: Entry) -> dict[str, Any]:
    """The record as it came, what we changed of it, and what came before. Raises Http404 when nothing may be seen."""
    kept = record_of(entry)
    if kept is None:
        raise Http404(entry.slug)
    return {
        "entry": address_of(ENTRIES, entry),
        "page": f"{page_of(entry)}aanlevering/",
        "is_example": entry.organisation.is_example,
        "source": source_of(kept),
        "lars": kept.lars,
        **_record(newest(kept)),
        "earlier": [_record(old) for old in earlier(kept)],
    }


def _record(received: Received) -> dict[str, Any]:
    return {
        "form": received.form,
        "standard_version": received.standard_version,
        "received_at": moment(received.received_at),
        "raw": received.raw,
        "others": received.others,
        "withheld": received.withheld,
        "report": received.report,
    }


def national_document(key: Any) -> dict[str, Any]:
    """The listed entry `key` as a record of the national standard 1.0. Raises Http404.

    An example has none: the standard has no place to say that something is invented.
    """
    return national_record(get_object_or_404(public_entries(), uuid=key)).record
