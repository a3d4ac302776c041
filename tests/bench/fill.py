"""Filling a database with generated entries: through the models in bulk, with the records that publication makes.

`python -m tests.bench.fill 10000 1` (entries, seed) fills the empty database of DATABASE_URL: 300 invented providers
in 60 places whatever the number of entries, 40 entries to a product, no history and no log.
"""

import datetime
import multiprocessing
import os
import sys
from collections.abc import Callable
from typing import Any
from uuid import UUID

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 (Django must be set up first)
from django.db import connection, transaction  # noqa: E402
from django.db.models import F, Model  # noqa: E402

from portal.audit.revision import raise_revision  # noqa: E402
from portal.core.text import sort_key  # noqa: E402
from portal.organisations.models import Organisation, OrganisationKind, Province  # noqa: E402
from tests.bench.entries import content, entry_uuid, rare_word  # noqa: E402
from transparency.fields import ENTRY_FIELDS, SYSTEM_FIELDS  # noqa: E402
from transparency.models import AISystem, Entry, PublicRecord, Shown, SystemVersion, Version  # noqa: E402
from transparency.records import TERM_COLUMNS, entry_values, merge_terms, system_values  # noqa: E402
from transparency.shown import shown_values  # noqa: E402
from transparency.states import Origin, State  # noqa: E402
from transparency.word_counts import refresh_words  # noqa: E402

PROVIDERS, PLACES, ENTRIES_OF_PRODUCT = 300, 60, 40
BATCH = 500
NEWEST = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)

Values = dict[str, Any]  # the columns of one row
Made = tuple[Entry, Values, list[Values]]  # an entry, its record, what readers of each language see

_providers: list[Organisation] = []  # read by the processes that make the records
_systems: list[AISystem] = []
_seed = 0


def _moment(number: int) -> datetime.datetime:
    return NEWEST - datetime.timedelta(minutes=7 * number)


def _uuid(kind: int, number: int) -> UUID:
    return UUID(int=kind << 64 | number)


def _provider(number: int) -> Organisation:
    name, place = f"Voorbeeldziekenhuis {number}", f"Voorbeeldplaats {number % PLACES}"
    province = Province.values[number % PLACES % len(Province.values)]
    return Organisation(
        pk=number + 1, uuid=_uuid(1, number), slug=f"voorbeeldziekenhuis-{number}", name=name, place=place,
        province=province, kind=OrganisationKind.HOSPITAL, sort_key=sort_key(name),
        find_key=sort_key(f"{name} {place} {province}"),
    )  # fmt: skip


def _system(number: int) -> AISystem:
    """A product with its text, as it will be saved."""
    name = f"Voorbeeldproduct {rare_word(7 * number)} {number}"
    said = {"name": name, "summary": "Dit product kijkt mee met de arts.", "use_kind": "DIAGNOSIS_SUPPORT"}
    system = AISystem(pk=number + 1, uuid=_uuid(2, number), slug=f"voorbeeldproduct-{number}")
    system.current_version = SystemVersion(
        pk=number + 1, number=1, content=said, reason="Eerste versie.", responsible="Redactie",
        published_at=_moment(number), system=system,
    )  # fmt: skip
    return system


def _entry(number: int) -> Entry:
    """An entry with its text, as it will be saved."""
    entry = Entry(
        pk=number + 1, uuid=entry_uuid(number), slug=f"voorbeeld-{number}", origin=Origin.PROVIDER,
        organisation=_providers[number * 7 % PROVIDERS], system=_systems[number // ENTRIES_OF_PRODUCT],
        state=State.PUBLISHED, first_published_at=_moment(number),
    )  # fmt: skip
    entry.current_version = Version(
        pk=number + 1, number=1, content=content(_seed, number), reason="Eerste versie.", responsible="Het ziekenhuis",
        published_at=_moment(number), entry=entry,
    )  # fmt: skip
    return entry


def _made(number: int) -> Made:
    entry = _entry(number)
    assert entry.current_version is not None
    values = entry_values(entry)
    content = entry.current_version.content
    return entry, values, shown_values(values["card"], content, ENTRY_FIELDS, entry, [entry.current_version])


def _record(system: AISystem) -> tuple[PublicRecord, list[Values]]:
    assert system.current_version is not None
    values = system_values(system)
    shown = shown_values(values["card"], system.current_version.content, SYSTEM_FIELDS)
    return PublicRecord(system=system, **values), shown


def _save(things: list[Any], model: type[Model], version: type[Model], **state: Any) -> None:
    """`things` with their versions: each points at the other, so the first is saved without."""
    model._default_manager.bulk_create(
        [model(**{f.attname: getattr(t, f.attname) for f in model._meta.concrete_fields} | state) for t in things],
        batch_size=BATCH,
    )
    version._default_manager.bulk_create([thing.current_version for thing in things], batch_size=BATCH)


def _fill_systems() -> None:
    if AISystem.objects.exists():
        return
    _save(_systems, AISystem, SystemVersion, current_version_id=None)
    AISystem.objects.update(current_version_id=F("pk"))
    _save_records([_record(system) for system in _systems])


def _fill_entries(number: int) -> None:
    connection.close()  # each process opens its own
    with multiprocessing.get_context("fork").Pool() as pool:
        waiting: list[Made] = []
        for made in pool.imap(_made, range(Entry.objects.count(), number), chunksize=100):
            waiting.append(made)
            if len(waiting) == 4 * BATCH:
                _save_entries(waiting)
                waiting = []
        _save_entries(waiting)
    Entry.objects.update(current_version_id=F("pk"), state=State.PUBLISHED, first_published_at=NEWEST)


@transaction.atomic
def _save_entries(made: list[Made]) -> None:
    draft = {"current_version_id": None, "state": State.DRAFT, "first_published_at": None}
    _save([entry for entry, _values, _shown in made], Entry, Version, **draft)
    _save_records([(PublicRecord(entry=entry, **values), shown) for entry, values, shown in made])


def _save_records(made: list[tuple[PublicRecord, list[Values]]]) -> None:
    records = PublicRecord.objects.bulk_create([record for record, _shown in made], batch_size=BATCH)
    rows = ((record, row) for record, (_record, rows) in zip(records, made, strict=True) for row in rows)
    shown = [Shown(record=record, **row) for record, row in rows]
    Shown.objects.bulk_create(shown, batch_size=BATCH)


def _fill_search() -> None:
    if connection.vendor != "postgresql":  # there the column makes itself
        columns = ", ".join(TERM_COLUMNS)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO transparency_search (rowid, {columns}) "  # noqa: S608 (names of our own)
                f"SELECT id, {columns} FROM transparency_publicrecord"
            )


def fill(number: int, seed: int, say: Callable[[str], Any] = print) -> None:
    """Make the tables and fill them with `number` entries of `seed`; go on where it was stopped."""
    global _seed  # the processes that make the records inherit it
    _seed = seed
    call_command("migrate", verbosity=0)
    Organisation.objects.bulk_create([_provider(one) for one in range(PROVIDERS)], ignore_conflicts=True)
    _providers[:] = Organisation.objects.prefetch_related("locations").order_by("pk")
    _systems[:] = [_system(one) for one in range(-(-number // ENTRIES_OF_PRODUCT))]
    with transaction.atomic():
        _fill_systems()
    _fill_entries(number)
    with transaction.atomic():
        _fill_search()
        merge_terms()
        refresh_words()
        raise_revision()
    say(f"{PublicRecord.objects.count()} records")


if __name__ == "__main__":
    fill(int(sys.argv[1]), int(sys.argv[2]))
