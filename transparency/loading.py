"""Bringing the content files of the repository into the database; running it again changes only what changed."""

import datetime
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from portal.core.text import clean
from portal.organisations.actions import save_organisation
from portal.organisations.models import Organisation
from transparency.actions.proposals import follow_law
from transparency.actions.publishing import end_entry, publish_entry, publish_notice, publish_system, save_imported
from transparency.applying import touching
from transparency.document import gone, living
from transparency.exchange.readers.row import Row
from transparency.exchange.understanding import understand
from transparency.field import Kind
from transparency.fields import BY_KEY
from transparency.models import AISystem, ContentLoad, Entry, SystemVersion, Version
from transparency.records import OFFICE_USES, refresh_entry
from transparency.states import EDITORS, DraftState, MergeState, NoticeKind
from transparency.word_counts import refresh_words

FOLDER = Path(__file__).parent / "content"
UPDATED = "De redactie heeft de tekst bijgewerkt."
UPDATED_EN = "The editors updated the text."
FIRST = "Eerste versie."
FIRST_EN = "First version."


@dataclass
class Loaded:
    """What one load changed."""

    organisations: int = 0
    systems: int = 0
    versions: int = 0
    notices: int = 0
    problems: list[str] = field(default_factory=list)


def read(path: Path) -> dict[str, Any]:
    """One content file. Raises ValueError that names the file when it is not valid TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name}: {error}") from error


def plain(value: Any) -> Any:
    """TOML as the content document keeps it: dates as text, texts clean and without space around them."""
    if isinstance(value, Mapping):
        return {key: plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return clean(value).strip() if isinstance(value, str) else value


# --- Dates of examples: "-30d" and "-14m" count from the first load ------------------------------------------------


def moment(text: str, start: datetime.datetime) -> datetime.datetime:
    """The moment that `text` ("-30d", "+200d") means, counted from `start`."""
    match = re.fullmatch(r"([+-]\d+)d", text)
    if not match:
        raise ValueError(f"not a relative date: {text}")
    return start + datetime.timedelta(days=int(match[1]))


def month(text: str, start: datetime.datetime) -> str:
    """The month "YYYY-MM" that `text` ("-14m") means, counted from `start`."""
    months = start.year * 12 + start.month - 1 + int(text.removesuffix("m"))
    return f"{months // 12}-{months % 12 + 1:02d}"


def with_dates(content: dict[str, Any], start: datetime.datetime) -> dict[str, Any]:
    """`content` with its relative dates and months made real."""

    def resolve(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: resolve(part) for key, part in value.items()}
        if isinstance(value, list):
            return [resolve(part) for part in value]
        if isinstance(value, str) and re.fullmatch(r"[+-]\d+d", value):
            return moment(value, start).date().isoformat()
        if isinstance(value, str) and re.fullmatch(r"[+-]\d+m", value):
            return month(value, start)
        return value

    return {key: resolve(value) if _may_hold_date(key) else value for key, value in content.items()}


def _may_hold_date(key: str) -> bool:
    return key not in BY_KEY or BY_KEY[key].kind in {Kind.DATE, Kind.MONTH, Kind.ROWS, Kind.GROUP}


# --- Organisations -------------------------------------------------------------------------------------------------


def load_organisations(path: Path, loaded: Loaded, *, now: datetime.datetime, is_example: bool) -> None:
    """Every `[[organisation]]` of a file. A source for the whole file may stand at its top."""
    data = plain(read(path))
    shared = {
        "title": data.get("source_title", ""),
        "date": data.get("source_date", ""),
        "note": data.get("source_note", ""),
    }
    for row in data["organisation"]:
        fields = {key: row.get(key, "") for key in ("slug", "name", "kind", "place", "province", "website")}
        source = {key: value for key, value in {**shared, **row.get("source", {})}.items() if value}
        fields |= {key: row[key] for key in ("national_export",) if key in row}  # else it stays what was chosen
        changed = save_organisation(
            fields={
                **fields, "uuid": row["uuid"], "is_example": is_example, "source": source,
                "also_known_as": row.get("also_known_as", []),
            },
            locations=[
                {"name": row["name"], "address": "", "postcode": "", **place} for place in row.get("locations", [])
            ],
            by=None,
            now=now,
        )  # fmt: skip
        loaded.organisations += changed
        if changed:
            of_it = touching(Organisation.objects.get(uuid=row["uuid"]))
            for entry in _full_entries().filter(pk__in=of_it):
                with transaction.atomic():
                    refresh_entry(entry)


def _full_entries() -> Any:
    needed = ("organisation", "current_version__system_version", "system__current_version")
    return Entry.objects.select_related(*needed)


# --- Systems and entries -------------------------------------------------------------------------------------------


def load_system(path: Path, loaded: Loaded, *, now: datetime.datetime) -> None:
    """One product; a new version only when its text changed. What our editors wrote in the workspace is left alone."""
    data = plain(read(path))
    names = data.get("also_known_as", [])
    system, _ = AISystem.objects.get_or_create(
        uuid=data["uuid"], defaults={"slug": data["slug"], "also_known_as": names}
    )
    if system.merged_into_id is not None or is_taken_over(system):
        return
    content = _without_redacted(data["content"], system.current_version)
    names = [*names, *(name for name in _gained(system) if name not in names)]
    renamed = sorted(system.also_known_as) != sorted(names)
    if renamed:
        AISystem.objects.filter(pk=system.pk).update(also_known_as=names)
        system.refresh_from_db()
    if is_taken_over(system):
        return
    if system.current_version is None or living(system.current_version.content) != content or renamed:
        reason = FIRST if system.current_version is None else data.get("change_reason", UPDATED)
        publish_system(system=system, content=content, reason=reason, responsible=EDITORS, by=None, now=now)
        loaded.systems += 1


def _without_redacted(content: dict[str, Any], there: Version | SystemVersion | None) -> dict[str, Any]:
    """`content` of a file without the answers that were taken away by law: a file never brings them back.

    The name of the thing stays as it stands now.
    """
    marks = gone(there.content) if there is not None else {}
    kept = {key: value for key, value in content.items() if key not in marks}
    return kept | ({"name": there.content["name"]} if there is not None and "name" in marks else {})


def is_taken_over(thing: Entry | AISystem) -> bool:
    """Whether people published a text of it in the workspace: from then on its file says nothing any more."""
    return thing.drafts.filter(state=DraftState.PUBLISHED).exists()


def _gained(system: AISystem) -> list[str]:
    """The names that `system` got from others that went on under its own."""
    joined = system.merges_into.filter(state__in=[MergeState.DONE, MergeState.UNDO_ASKED]).order_by("pk")
    return [name for merge in joined for name in merge.names]


def _entry(data: Mapping[str, Any]) -> Entry:
    system = AISystem.objects.get(slug=data["system"]).living if data.get("system") else None
    entry, _ = Entry.objects.get_or_create(
        uuid=data["uuid"],
        defaults={
            "slug": data["slug"],
            "organisation": Organisation.objects.get(slug=data["organisation"]),
            "system": system,
            "origin": data["origin"],
        },
    )
    return _full_entries().get(pk=entry.pk)


def load_entry(path: Path, loaded: Loaded, *, now: datetime.datetime) -> None:
    """One editorial entry; a new version only when its text changed.

    An entry that ended, that its provider took over, or whose text was written in the workspace is left alone.
    """
    data = plain(read(path))
    entry = _entry(data)
    if entry.ended_at is not None or entry.origin != data["origin"]:
        return
    content = _without_redacted(data["content"], entry.current_version)
    is_there = entry.current_version is not None and living(entry.current_version.content) == content
    if is_taken_over(entry) or is_there:
        return
    first = entry.current_version is None
    publish_entry(
        entry=entry, content=content, responsible=EDITORS, by=None, now=now,
        reason=FIRST if first else data.get("change_reason", UPDATED),
        reason_en=FIRST_EN if first else data.get("change_reason_en", UPDATED_EN),
    )  # fmt: skip
    loaded.versions += 1


def example_contents(
    data: Mapping[str, Any], start: datetime.datetime
) -> Iterator[tuple[Mapping[str, Any], dict[str, Any]]]:
    """(version row, its whole content) for every `[[version]]` of an example, each built on the one before."""
    content: dict[str, Any] = {}
    for row in data.get("version", []):
        changes = row.get("content") or row.get("changes", {})
        english = {
            **content.get("translations", {}).get("en", {}),
            **changes.get("translations", {}).get("en", {}),
        }
        content = {**content, **changes, **({"translations": {"en": english}} if english else {})}
        for key in row.get("removed", []):
            content.pop(key, None)
        yield row, with_dates(content, start)


def _receive(entry: Entry, data: Mapping[str, Any], start: datetime.datetime) -> None:
    """Take over the invented records of another register, oldest first, and publish what the newest says."""
    for row in data["record"]:
        raw = {key: value for key, value in row.items() if key != "received"}
        received = understand(Row(number=1, raw=raw, record=dict(raw)), data["form"]).received()
        kept = save_imported(entry=entry, received=received, by=None, now=moment(row["received"], start))
    publish_entry(
        entry=entry, content=kept.content, reason=data["reason"], reason_en=data.get("reason_en", ""),
        responsible=entry.organisation.name, by=None, now=kept.received_at,
    )  # fmt: skip


def load_example_entry(path: Path, loaded: Loaded, *, start: datetime.datetime, now: datetime.datetime) -> Entry:
    """An example with its history: versions, notices. What is there already is left alone."""
    data = plain(read(path))
    entry = _entry(data)
    if "received" in data and entry.current_version is None:
        _receive(entry, data["received"], start)
        loaded.versions += 1
    done = entry.current_version.number if entry.current_version else 0
    is_theirs = is_taken_over(entry)
    for number, (row, content) in enumerate(example_contents(data, start), start=1):
        is_last = number == len(data["version"])
        content = _without_redacted(content, entry.current_version) if is_last else content
        edited = (
            not is_theirs
            and is_last
            and done >= number
            and entry.current_version
            and living(entry.current_version.content) != content
        )
        if number > done or (edited and entry.is_listed):
            publish_entry(
                entry=entry, content=content, reason=row["reason"], reason_en=row.get("reason_en", ""), by=None,
                responsible=entry.organisation.name, now=now if edited else moment(row["published"], start),
            )  # fmt: skip
            loaded.versions += 1
    there = {(notice.kind, notice.published_at) for notice in entry.notices.all()}
    for row in data.get("notice", []):
        at = moment(row["published"], start)
        if (row["kind"], at) not in there:
            publish_notice(
                entry=entry, kind=NoticeKind(row["kind"]), text=row["text"], text_en=row.get("text_en", ""),
                link=row.get("link", ""), by=None, now=at,
            )  # fmt: skip
            loaded.notices += 1
    return entry


def end_example(path: Path, start: datetime.datetime) -> None:
    """Withdraw or replace an example that has an `[ending]`; runs when all entries are there."""
    data = plain(read(path))
    entry = _entry(data)
    if "ending" in data and entry.is_listed:
        row = data["ending"]
        end_entry(
            entry=entry, reason=row["reason"], reason_en=row.get("reason_en", ""), by=None,
            successor=Entry.objects.get(slug=row["successor"]) if row.get("successor") else None,
            now=moment(row["published"], start),
        )  # fmt: skip


# --- The two sets ----------------------------------------------------------------------------------------------------


def files(*parts: str) -> list[Path]:
    """The TOML files of one folder of the content, by name."""
    return sorted(FOLDER.joinpath(*parts).glob("*.toml"))


@transaction.atomic
def load_content(*, now: datetime.datetime) -> Loaded:
    """Load the real content: organisations, systems and entries from public sources. All of it or nothing."""
    loaded = Loaded()
    for path in files("organisations"):
        load_organisations(path, loaded, now=now, is_example=False)
    for path in files("systems"):
        load_system(path, loaded, now=now)
    # Lists show the newest first: what patients meet stands above what offices use.
    for path in sorted(
        files("entries"), key=lambda path: plain(read(path))["content"].get("use_kind") not in OFFICE_USES
    ):
        load_entry(path, loaded, now=now)
    follow_law(now=now)
    refresh_words()
    return loaded


@transaction.atomic
def load_examples(*, now: datetime.datetime) -> Loaded:
    """Load the invented, marked examples. All of them or nothing."""
    loaded = Loaded()
    start = ContentLoad.objects.get_or_create(name="examples", defaults={"first_loaded_at": now})[0].first_loaded_at
    for path in sorted((FOLDER / "examples").glob("*.toml")):
        load_organisations(path, loaded, now=now, is_example=True)
    for path in files("examples", "entries"):
        load_example_entry(path, loaded, start=start, now=now)
    for path in files("examples", "entries"):
        end_example(path, start)
    refresh_words()
    return loaded
