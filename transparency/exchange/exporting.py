"""An entry as a record of the national standard 1.0 and as our own document."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from portal.core.text import sort_key
from transparency.document import living
from transparency.exchange.cleaning import line
from transparency.exchange.identity import is_own, permalink
from transparency.exchange.markup import has_tags, length, shorten, to_html, to_line, to_text
from transparency.exchange.national import BY_KEY, FIELDS, LINK_LENGTH, VERSION, NationalField, Shape
from transparency.exchange.outward import recompose, to_national
from transparency.exchange.report import Change, change
from transparency.field import Content
from transparency.models import Entry, NationalRecord


@dataclass
class Exported:
    """One national record with what had to be said about it."""

    record: dict[str, Any]
    changes: list[Change] = field(default_factory=list)


def public_entries(*, organisations: Iterable[str] = (), with_examples: bool = False) -> QuerySet[Entry]:
    """The entries that stand in the register now, without the invented ones unless asked; `organisations` are slugs."""
    entries = (
        Entry.objects.listed().select_related("organisation", "system", "current_version", "national").order_by("pk")
    )
    if not with_examples:
        entries = entries.filter(organisation__is_example=False)
    slugs = list(organisations)
    return entries.filter(organisation__slug__in=slugs) if slugs else entries


def received_of(entry: Entry) -> NationalRecord | None:
    """What another register sent about `entry`, or None."""
    return getattr(entry, "national", None)


def content_of(entry: Entry) -> dict[str, Any]:
    """The text of `entry`: as published, or as received while it is a draft."""
    if entry.current_version is not None:
        return living(entry.current_version.content)
    received = received_of(entry)
    return dict(received.content) if received else {}


# --- The national record ---------------------------------------------------------------------------------------------


def national_record(entry: Entry, content: Content | None = None) -> Exported:
    """`entry` in the national standard 1.0: an answer nobody changed as it came, everything within the limits.

    `content` is the text to take instead of what `content_of` gives: that of a draft.
    """
    received = received_of(entry)
    content = content_of(entry) if content is None else dict(content)
    if received is not None and not is_own(entry) and received.national:
        record = recompose(received.national, received.content, content)
        if sort_key(str(line(record.get("organization"))[0] or "")) != entry.organisation.sort_key:
            record["organization"] = entry.organisation.name
    else:
        record = _new_record(entry, received, content)
    exported = Exported(record=record)
    for key in list(record):
        if key in BY_KEY:
            _fit(exported, BY_KEY[key], str(record.get("url") or permalink(entry)))
    exported.changes += [
        change(f.key, None, None, "Dit veld is verplicht in de standaard, maar het is leeg.")
        for f in FIELDS
        if f.required and record.get(f.key) in (None, "", [])
    ]
    return exported


def _new_record(entry: Entry, received: NationalRecord | None, content: dict[str, Any]) -> dict[str, Any]:
    """A record made from our own answers, every key of the standard in its order."""
    elsewhere = received is not None and not is_own(entry)
    known = received.national if received is not None else {}
    made = {
        **to_national(content),
        "organization": entry.organisation.name,
        "url": received.url if elsewhere and received else permalink(entry),
        "source_id": received.source_id if elsewhere and received else str(entry.uuid),
        "lang": "nld",
        "standard_version": VERSION,
        "lars": known.get("lars"),
        "publication_dt": known.get("publication_dt"),
    }
    return {f.key: made[f.key] or ([] if f.shape in {Shape.ENUMS, Shape.LINKS} else None) for f in FIELDS}


def _fit(exported: Exported, f: NationalField, address: str) -> None:
    """Shorten what the standard has no room for, at a sentence, and say so."""
    value = exported.record[f.key]
    if isinstance(value, str) and f.max_length and length(value) > f.max_length:
        text = to_text(value) if f.shape == Shape.HTML else to_line(value)
        short = shorten(text, f.max_length, address)
        if f.shape in {Shape.URL, Shape.CONTACT, Shape.MONTH}:
            short = ""
        exported.record[f.key] = to_html(short) if has_tags(value) else short or None
        reason = f"De tekst was {length(value)} tekens. In de standaard passen er {f.max_length}."
        exported.changes.append(change(f.key, value, short, reason))
    elif f.shape == Shape.LINKS and isinstance(value, list):
        fitted = [_fit_link(exported, f, row) for row in value if isinstance(row, dict)]
        if fitted != value:
            exported.record[f.key] = fitted


def _fit_link(exported: Exported, f: NationalField, row: dict[str, Any]) -> dict[str, Any]:
    title, link = str(row.get("title") or ""), str(row.get("link") or "")
    if length(title) <= f.max_length and len(link) <= LINK_LENGTH:
        return row
    made = {**row, "title": shorten(title, f.max_length), "link": link if len(link) <= LINK_LENGTH else ""}
    exported.changes.append(change(f.key, row, made, "De titel of de link was te lang voor de standaard."))
    return made


# --- Our own document ------------------------------------------------------------------------------------------------


def own_document(entry: Entry, *, with_versions: bool = False, content: Content | None = None) -> dict[str, Any]:
    """Our own document of `entry`: identity, state and the whole content, or `content` instead."""
    version, organisation, received = entry.current_version, entry.organisation, received_of(entry)
    elsewhere = received is not None and not is_own(entry)
    document: dict[str, Any] = {
        "id": str(entry.uuid),
        "slug": entry.slug,
        "url": (received.url if elsewhere and received else "") or permalink(entry),
        "organisation": {"id": str(organisation.uuid), "slug": organisation.slug, "name": organisation.name,
                         "kind": organisation.kind},
        "system": {"id": str(entry.system.uuid), "slug": entry.system.slug} if entry.system else None,
        "origin": entry.origin,
        "state": entry.state,
        "version": version.number if version else None,
        "published_at": version.published_at.isoformat() if version else None,
        "content": content_of(entry) if content is None else dict(content),
    }  # fmt: skip
    if with_versions:
        document["versions"] = [
            {"version": old.number, "published_at": old.published_at.isoformat(), "reason": old.reason,
             "responsible": old.responsible, "content": old.content}
            for old in entry.versions.order_by("number")
        ]  # fmt: skip
    return document
