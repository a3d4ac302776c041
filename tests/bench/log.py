"""A publication log of generated acts, and how long it takes to check it.

`python -m tests.bench.log fill 100000` fills the empty database of DATABASE_URL with that many lines: of every twenty
fourteen full texts of entries (two for each), one of a product, four notices and one ending, with no records or pages.
`python -m tests.bench.log verify` checks them and tells what it used.
"""

import datetime
import os
import sys
from collections.abc import Iterator
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 (Django must be set up first)
from django.db import transaction  # noqa: E402

from portal.core.text import sort_key  # noqa: E402
from portal.organisations.models import Organisation, OrganisationKind  # noqa: E402
from tests.bench.entries import content  # noqa: E402
from tests.bench.tasks import tell  # noqa: E402
from transparency.models import (  # noqa: E402
    AISystem,
    Entry,
    LogHead,
    Notice,
    PublicationEvent,
    Seal,
    SystemVersion,
    Version,
)
from transparency.proof.controleer import GENESIS, content_hash, line_hash  # noqa: E402
from transparency.proof.lines import ending_values, line_of, notice_values, sealed, text_values  # noqa: E402
from transparency.proof.verify import verify  # noqa: E402
from transparency.states import EventKind, NoticeKind, Origin, State, SubjectType  # noqa: E402

BATCH = 500
FIRST = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
ROUND = 20  # lines that belong together: seven entries, one product
ENTRIES = 7

Act = tuple[dict[str, Any], dict[str, Any], dict[str, Any]]  # fields of the event, values, fields of the seal


def _round(number: int, owner: Organisation) -> Iterator[Act]:
    """The acts of one round, their things saved."""
    at = FIRST + datetime.timedelta(minutes=number)
    system = AISystem.objects.create(slug=f"product-{number}")
    said = {"name": f"Product {number}", "summary": "Dit product kijkt mee met de arts."}
    product = SystemVersion.objects.create(
        system=system, number=1, content=said, reason="Nieuw.", responsible="Redactie", published_at=at
    )
    about = {"subject": system.uuid, "subject_type": SubjectType.SYSTEM, "version": 1, "happened_at": at}
    yield about | {"kind": EventKind.SYSTEM_PUBLISHED}, text_values(product), {"system_version": product}
    entries = Entry.objects.bulk_create(
        Entry(slug=f"toepassing-{number}-{one}", organisation=owner, system=system, origin=Origin.PROVIDER)
        for one in range(ENTRIES)
    )
    for place, entry in enumerate(entries):
        yield from _texts(entry, ENTRIES * number + place, at)
    for kind, entry in zip(list(NoticeKind)[:4], entries, strict=False):
        notice = Notice.objects.create(entry=entry, kind=kind, text="Let op.", published_at=at)
        yield _about(entry, at) | {"kind": EventKind.NOTICE_PUBLISHED}, notice_values(notice), {}
    ended = entries[0]
    Entry.objects.filter(pk=ended.pk).update(state=State.WITHDRAWN, ended_at=at, ending_reason="Gestopt.")
    ended.ending_reason = "Gestopt."
    yield _about(ended, at) | {"kind": EventKind.ENTRY_WITHDRAWN}, ending_values(ended), {}


def _about(entry: Entry, at: datetime.datetime) -> dict[str, Any]:
    return {"subject": entry.uuid, "subject_type": SubjectType.ENTRY, "happened_at": at}


def _texts(entry: Entry, number: int, at: datetime.datetime) -> Iterator[Act]:
    said = content(1, number)
    versions = Version.objects.bulk_create(
        Version(
            entry=entry, number=one, content=said | {"name": f"{said['name']} {one}"}, reason="Nieuwe tekst.",
            responsible="Het ziekenhuis", published_at=at,
        )
        for one in (1, 2)
    )  # fmt: skip
    Entry.objects.filter(pk=entry.pk).update(
        current_version=versions[1], state=State.PUBLISHED, first_published_at=FIRST
    )
    for version in versions:
        about = _about(entry, at) | {"kind": EventKind.ENTRY_PUBLISHED, "version": version.number}
        yield about, text_values(version), {"version": version}


def fill(lines: int) -> None:
    """Make the tables, and at least `lines` lines."""
    call_command("migrate", verbosity=0)
    name = "Voorbeeldziekenhuis"
    owner = Organisation.objects.create(
        slug="voorbeeld", name=name, kind=OrganisationKind.HOSPITAL, sort_key=sort_key(name)
    )
    number, before = 0, GENESIS
    for start in range(0, -(-lines // ROUND), 25):
        with transaction.atomic():
            events, seals = [], []
            for one in range(start, min(start + 25, -(-lines // ROUND))):
                for about, values, text in _round(one, owner):
                    number += 1
                    fields = sealed(values)
                    event = PublicationEvent(
                        number=number,
                        is_example=False,
                        previous_hash=before,
                        content_hash=content_hash(fields),
                        **about,
                    )
                    before = event.own_hash = line_hash(line_of(event))
                    events.append(event)
                    seals.append(Seal(event=event, fields=fields, told={} if text else values, **text))
            PublicationEvent.objects.bulk_create(events, batch_size=BATCH)
            Seal.objects.bulk_create(seals, batch_size=BATCH)
            LogHead.objects.filter(pk=1).update(number=number, hash=before)
    print(f"{number} lines")


def check() -> int:
    """Check the log; how many lines it has. Raises RuntimeError at the first fault."""
    for fault in verify():
        raise RuntimeError(str(fault))
    return PublicationEvent.objects.count()


if __name__ == "__main__":
    if sys.argv[1] == "fill":
        fill(int(sys.argv[2]))
    else:
        tell(check, database=os.environ["DATABASE_URL"])
