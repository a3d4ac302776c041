"""Our own JSON document of an entry, a version, a product and an organisation: one form for API and downloads."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation

from portal.api.version import PATH
from portal.organisations.models import CARE_KINDS, Location, Organisation
from transparency.around import Around, around
from transparency.claimed import confirmation, disputes
from transparency.models import AISystem, Claim, Entry, Notice, Seal, SystemVersion, Version
from transparency.plain_language import readability_of
from transparency.readability.score import MARGIN
from transparency.states import SubjectType
from transparency.taken_part import COUNTS, taken_part_of

ENTRIES, SYSTEMS, ORGANISATIONS = "toepassingen", "ai-systemen", "organisaties"


def address_of(collection: str, thing: Any) -> str:
    """The address of a thing in the API."""
    return f"{settings.PUBLIC_URL}{PATH}/{collection}/{thing.uuid}"


def page_of(thing: Any) -> str:
    """The address of the page that people read, in Dutch whatever the language of the moment."""
    with translation.override("nl"):
        return f"{settings.PUBLIC_URL}{thing.get_absolute_url()}"


def moment(value: datetime.datetime | None) -> str | None:
    """A moment in UTC (ADR, date-time/timezone)."""
    if value is None:
        return None
    return value.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


def organisation_reference(organisation: Organisation | None) -> dict[str, Any] | None:
    """An organisation in short, and where its document is."""
    if organisation is None:
        return None
    return {
        "id": str(organisation.uuid),
        "slug": organisation.slug,
        "name": organisation.name,
        "kind": organisation.kind,
        "url": address_of(ORGANISATIONS, organisation),
    }


def entry_reference(entry: Entry) -> dict[str, Any] | None:
    """An entry in short, and where its document is; None without a text."""
    if entry.current_version is None:
        return None
    return {
        "id": str(entry.uuid),
        "slug": entry.slug,
        "name": entry.current_version.content["name"],
        "url": address_of(ENTRIES, entry),
    }


def system_reference(system: AISystem | None) -> dict[str, Any] | None:
    """A product in short, and where its document is; None without a text."""
    if system is None or system.current_version is None:
        return None
    return {
        "id": str(system.uuid),
        "slug": system.slug,
        "name": system.current_version.content["name"],
        "url": address_of(SYSTEMS, system),
    }


def _notice(notice: Notice) -> dict[str, Any]:
    return {
        "id": str(notice.uuid),
        "kind": notice.kind,
        "published_at": moment(notice.published_at),
        "text": notice.text,
        "text_en": notice.text_en,
        "link": notice.link,
        "corrected_at": moment(notice.corrected_at) if notice.corrected_at else None,
        "earlier": [{name: text[name] for name in ("text", "text_en", "link")} for text in notice.earlier],
        "closed": _closed(notice),
    }


def _closed(notice: Notice) -> dict[str, Any] | None:
    """Since when and why it is over; None while it stands on top of its entry."""
    if notice.closed_at is None:
        return None
    at = moment(notice.closed_at)
    return {"at": at, "reason": notice.closing_reason, "reason_en": notice.closing_reason_en}


def _ending(entry: Entry) -> dict[str, Any] | None:
    if entry.ended_at is None:
        return None
    return {
        "at": moment(entry.ended_at),
        "reason": entry.ending_reason,
        "reason_en": entry.ending_reason_en,
        "successor": address_of(ENTRIES, entry.successor) if entry.successor else None,
    }


def entry_document(entry: Entry, notices: Iterable[Notice], known: Around | None = None) -> dict[str, Any]:
    """Everything that is public of an entry; `notices` are its own, newest first; `known`: what stands around its text.

    Raises AttributeError on a draft.
    """
    version = entry.current_version
    assert version is not None and entry.first_published_at is not None  # noqa: S101, PT018 (the database says so)
    known = known or around(entry)
    return {
        "id": str(entry.uuid),
        "slug": entry.slug,
        "url": address_of(ENTRIES, entry),
        "page": page_of(entry),
        "organisation": organisation_reference(entry.organisation),
        "system": system_reference(entry.system),
        "origin": entry.origin,
        "confirmed": _confirmed(entry, known.claims),
        "disputes": [_dispute(claim) for claim in disputes(known.claims)],
        "applies_to": [organisation_reference(one) for one in known.others],
        "state": entry.state,
        "is_example": entry.organisation.is_example,
        "version": version.number,
        "published_at": moment(version.published_at),
        "first_published_at": moment(entry.first_published_at),
        "ended": _ending(entry),
        "notices": [_notice(notice) for notice in notices],
        "readability": _readability(version),
        "participation": _participation(entry),
        "content": version.content,
    }


def _confirmed(entry: Entry, claims: Iterable[Claim]) -> dict[str, Any] | None:
    """When the provider confirmed a text of our editors, and which version; None when it did not."""
    found = confirmation(entry, claims)
    if found is None or found.decided_at is None:
        return None
    return {"at": moment(found.decided_at), "version": found.version.number}


def _dispute(claim: Claim) -> dict[str, Any]:
    """What is wrong according to the provider, and what our editors answered."""
    assert claim.filed_at is not None and claim.shown_at is not None  # noqa: S101, PT018 (it was shown)
    is_answered = claim.answered_at is not None
    return {
        "version": claim.version.number,
        "text": claim.text,
        "filed_at": moment(claim.filed_at),
        "shown_at": moment(claim.shown_at),
        "withdrawn_at": moment(claim.withdrawn_at) if claim.withdrawn_at else None,
        "outcome": claim.outcome if is_answered else None,
        "answer": claim.answer if is_answered else "",
        "answered_at": moment(claim.answered_at) if claim.answered_at else None,
    }


def _participation(entry: Entry) -> dict[str, Any]:
    """What the portal itself knows of patients who took part; what the provider says stands in the content."""
    found = taken_part_of(entry)
    if found is None:
        return {"answer": None, "projects": []}
    projects = [
        {
            "slug": project["slug"],
            "page": f"{settings.PUBLIC_URL}{project['path']['nl']}",
            "name": project["name"]["nl"],
            **{key: project[key] for key in ("state", "phase", *COUNTS)},
        }
        for project in found.projects
    ]
    return {"answer": found.answer or None, "projects": projects}


def _readability(version: Version) -> dict[str, Any] | None:
    """What the language check says of the text of `version`; None when it was not asked."""
    found = readability_of(version)
    if found is None:
        return None
    return {
        "score": found.score,
        "margin": MARGIN,
        "colour": found.colour or None,
        "hardest": found.hardest or None,
        "reason": found.reason,
        "model": found.model,
        "checked_at": moment(found.checked_at),
    }


def version_document(entry: Entry, version: Version) -> dict[str, Any]:
    """One published text of `entry`."""
    return {
        "entry": address_of(ENTRIES, entry),
        "page": f"{page_of(entry)}versies/{version.number}/",
        "version": version.number,
        "published_at": moment(version.published_at),
        "reason": version.reason,
        "reason_en": version.reason_en,
        "responsible": version.responsible,
        "readability": _readability(version),
        "content": version.content,
        **_proof(version),
    }


def _proof(text: Version | SystemVersion) -> dict[str, Any]:
    """The line of the publication log that tells of `text`, and the salted hash of each value (docs/adr/0017)."""
    seal: Seal | None = getattr(text, "seal", None)  # always there, unless somebody took it away: verify_log tells
    return {"log_number": seal.pk if seal else None, "proof": seal.fields if seal else {}}


def system_version_document(version: SystemVersion) -> dict[str, Any]:
    """One published text of a product."""
    return {
        "system": address_of(SYSTEMS, version.system),
        "page": page_of(version.system),
        "version": version.number,
        "published_at": moment(version.published_at),
        "reason": version.reason,
        "reason_en": version.reason_en,
        "responsible": version.responsible,
        "content": version.content,
        **_proof(version),
    }


def act_document(seal: Seal) -> dict[str, Any]:
    """A public act that is no text of an entry or a product: a notice, an ending, a text that was taken away."""
    event = seal.event
    is_entry = event.subject_type == SubjectType.ENTRY
    collection = ENTRIES if is_entry else SYSTEMS
    return {
        "kind": event.kind,
        "entry" if is_entry else "system": f"{settings.PUBLIC_URL}{PATH}/{collection}/{event.subject}",
        "version": event.version,
        "published_at": moment(event.happened_at),
        "values": seal.told,
        "log_number": event.number,
        "proof": seal.fields,
    }


def system_document(system: AISystem) -> dict[str, Any]:
    """Everything that is public of a product. Raises AttributeError when it has no text."""
    version = system.current_version
    assert version is not None  # noqa: S101 (callers take public ones)
    return {
        "id": str(system.uuid),
        "slug": system.slug,
        "url": address_of(SYSTEMS, system),
        "page": page_of(system),
        "also_known_as": system.also_known_as,
        "merged_into": system_reference(system.merged_into),
        "version": version.number,
        "published_at": moment(version.published_at),
        "content": version.content,
    }


def _location(location: Location) -> dict[str, Any]:
    names = ("name", "address", "postcode", "place", "province", "latitude", "longitude")
    return {name: getattr(location, name) for name in names}


def organisation_document(organisation: Organisation) -> dict[str, Any]:
    """Everything that is public of an organisation; its parent, successor and places are read too."""
    return {
        **(organisation_reference(organisation) or {}),
        "page": page_of(organisation) if organisation.kind in CARE_KINDS else None,
        "place": organisation.place,
        "province": organisation.province,
        "website": organisation.website,
        "is_example": organisation.is_example,
        "parent": organisation_reference(organisation.parent),
        "successor": organisation_reference(organisation.successor),
        "locations": [_location(location) for location in organisation.locations.all()],
        "source": organisation.source,
    }
