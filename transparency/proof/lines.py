"""A line of the publication log as data: how it is written, sealed and chained."""

import datetime
import secrets
from collections.abc import Mapping
from typing import Any

from transparency.proof.controleer import field_hash, values_of_text

SALT = 16  # bytes


def exact_moment(moment: datetime.datetime) -> str:
    """A moment in UTC to the microsecond, always written the same way."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def line_of(event: Any) -> dict[str, Any]:
    """The line of a PublicationEvent (or of what a migration knows of one) as it is hashed, without its own hash."""
    return {
        "content_hash": event.content_hash,
        "example": event.is_example,
        "kind": str(event.kind),
        "moment": exact_moment(event.happened_at),
        "number": event.number,
        "previous_hash": event.previous_hash,
        "subject": str(event.subject),
        "subject_type": str(event.subject_type),
        "version": event.version,
    }


def sealed(values: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """{place: {"salt", "hash"}} of {place: value}, each with a random salt. Raises ValueError for a float in it."""
    found = {}
    for place, value in values.items():
        salt = secrets.token_hex(SALT)
        found[place] = {"salt": salt, "hash": field_hash(salt, place, value)}
    return found


def text_values(text: Any) -> dict[str, Any]:
    """{place: value} of a Version or SystemVersion."""
    return values_of_text(
        {
            "content": text.content,
            "reason": text.reason,
            "reason_en": text.reason_en,
            "responsible": text.responsible,
        }
    )


def ending_values(entry: Any) -> dict[str, Any]:
    """{place: value} of the withdrawal or replacement of an entry."""
    return {
        "reason": entry.ending_reason,
        "reason_en": entry.ending_reason_en,
        "successor": str(entry.successor.uuid) if entry.successor else None,
    }


def notice_values(notice: Any) -> dict[str, Any]:
    """{place: value} of a notice as it is published."""
    return {**notice_name(notice), "text": notice.text, "text_en": notice.text_en, "link": notice.link}


def notice_name(notice: Any) -> dict[str, Any]:
    """Which notice of its entry it is."""
    return {"notice_kind": str(notice.kind), "notice_published_at": exact_moment(notice.published_at)}
