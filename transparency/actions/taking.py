"""Writing what the rows of a file say, as drafts of the organisation; and taking that back. All of it or nothing."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from portal.audit.record import record, record_many
from portal.organisations.models import Organisation
from portal.organisations.permissions import can_write
from transparency.actions.upload_work import finished_near, near, still_mine
from transparency.actions.uploads import take, target_of
from transparency.exchange.exporting import content_of
from transparency.exchange.newcomers import slugs_of_entries
from transparency.exchange.slugs import Slugs
from transparency.models import Draft, Entry, Upload, UploadLine
from transparency.states import WRITABLE, DraftPurpose, Origin, State
from transparency.uploads.states import LineOutcome

BATCH = 200
WRITTEN = (LineOutcome.NEW, LineOutcome.CHANGED, LineOutcome.CONFLICT)


class ChangedMeanwhile(Exception):
    """The register is no longer as it was when the rows were looked at."""


def take_over(*, upload: Upload, now: datetime.datetime) -> None:
    """Write every row that changes something, in one transaction, and finish the upload.

    Raises Lost, ChangedMeanwhile, and PermissionDenied when who accepted it may not write here any more; nothing is
    written then.
    """
    by = upload.accepted_by
    if by is None:
        raise PermissionDenied
    can_write(by, upload.organisation)
    try:
        with transaction.atomic():
            still_mine(upload, now)
            _alone(upload)
            slugs = slugs_of_entries()
            for lines in _batches(upload.lines.filter(outcome__in=WRITTEN).exclude(values={})):
                known = [line for line in lines if line.entry_id is not None]
                _write_new([line for line in lines if line.entry_id is None], slugs, by=by, now=now)
                _write_known(upload, known, by=by, now=now)
            _remember_what_was_made(upload)
            take(upload, "finish", taken_at=now, total=0, done=0)
            counts = {outcome.lower(): number for outcome, number in upload.counts.items()}
            record("upload.taken_over", by=by, target=target_of(upload), now=now, upload=str(upload.uuid), **counts)
    except IntegrityError as error:  # an address or an open draft that was not there before
        raise ChangedMeanwhile from error


def _alone(upload: Upload) -> None:
    """Let no other file of the same organisations be taken over now. Raises ChangedMeanwhile when one just was."""
    locked = Organisation.objects.filter(pk__in=near(upload.organisation)).order_by("pk").select_for_update()
    list(locked.values_list("pk"))
    if finished_near(upload.organisation) != upload.finished_before:
        raise ChangedMeanwhile


def _batches(lines: models.QuerySet[UploadLine]) -> Iterator[list[UploadLine]]:
    """The lines in their order, a few at a time; what is done with one does not change which come after."""
    last = 0
    while found := list(
        lines.select_related("organisation", "draft").filter(position__gt=last).order_by("position")[:BATCH]
    ):
        yield found
        last = found[-1].position


def _stamps(upload: Upload, keys: Iterable[str], revision: int, *, by: Any, now: datetime.datetime) -> dict[str, Any]:
    """That the file wrote these answers in a draft that was there; in one that it began, no stamp says so."""
    stamp = {"revision": revision, "by": by.pk, "at": now.isoformat(), "upload": str(upload.uuid)}
    return dict.fromkeys(keys, stamp)


def _write_new(lines: list[UploadLine], slugs: Slugs, *, by: Any, now: datetime.datetime) -> None:
    """An entry with a draft for each of `lines`."""
    entries = [
        Entry(
            uuid=line.key, organisation=line.organisation, system_id=line.system_id, origin=Origin.PROVIDER,
            slug=slugs.free(f"{line.name} {line.organisation.name}"),
        )
        for line in lines
        if line.organisation is not None  # a row that is not bad has one
    ]  # fmt: skip
    Entry.objects.bulk_create(entries)
    drafts = [
        Draft(
            uuid=line.key, entry=entry, content=line.says,
            started_by=by, started_at=now, edited_by=by, edited_at=now,
        )
        for entry, line in zip(entries, lines, strict=True)
    ]  # fmt: skip
    _begin(drafts, by=by, now=now)


def _begin(drafts: list[Draft], *, by: Any, now: datetime.datetime) -> None:
    Draft.objects.bulk_create(drafts)
    told = [(f"entry:{draft.entry.uuid}", {"draft": str(draft.uuid)}) for draft in drafts if draft.entry]
    record_many("draft.started", told, by=by, now=now)


def _remember_what_was_made(upload: Upload) -> None:
    """Note on each line which draft it began, and a new one's entry; one statement, for there may be 50,000."""
    entry, draft = (Subquery(model.objects.filter(uuid=OuterRef("key")).values("pk")[:1]) for model in (Entry, Draft))
    upload.lines.filter(outcome__in=WRITTEN, draft__isnull=True).exclude(values={}).update(
        entry_id=Coalesce("entry_id", entry), draft_id=draft, revision=1, is_started=True
    )


def _write_known(upload: Upload, lines: list[UploadLine], *, by: Any, now: datetime.datetime) -> None:
    """The answers of each of `lines` in the draft of its entry. Raises ChangedMeanwhile."""
    entries = Entry.objects.select_related("current_version", "national").in_bulk(
        {line.entry_id for line in lines if line.entry_id}
    )
    begun: list[Draft] = []
    for line in lines:
        entry = entries.get(line.entry_id or 0)
        if entry is None or entry.state not in {State.DRAFT, State.PUBLISHED} or _number(entry) != line.base_number:
            raise ChangedMeanwhile
        if line.draft_id is not None:
            _write_in_draft(upload, line, by=by, now=now)
        else:
            begun.append(_correction(line, entry, by=by, now=now))
    _begin(begun, by=by, now=now)


def _number(entry: Entry) -> int | None:
    return entry.current_version.number if entry.current_version else None


def _without_nothing(content: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if value is not None}


def _correction(line: UploadLine, entry: Entry, *, by: Any, now: datetime.datetime) -> Draft:
    return Draft(
        uuid=line.key, entry=entry, base_number=line.base_number,
        content=_without_nothing({**content_of(entry), **line.values}),
        purpose=DraftPurpose.CORRECTION if entry.current_version else DraftPurpose.FIRST,
        started_by=by, started_at=now, edited_by=by, edited_at=now,
    )  # fmt: skip


def _write_in_draft(upload: Upload, line: UploadLine, *, by: Any, now: datetime.datetime) -> None:
    """By compare-and-set on the revision that was looked at."""
    draft = line.draft
    if draft is None or draft.revision != line.revision:
        raise ChangedMeanwhile
    revision = draft.revision + 1
    _save_text(
        draft, _without_nothing({**draft.content, **line.values}),
        {**draft.stamps, **_stamps(upload, line.values, revision, by=by, now=now)}, by=by, now=now,
    )  # fmt: skip
    UploadLine.objects.filter(pk=line.pk).update(revision=revision)


def _save_text(draft: Draft, content: Any, stamps: Any, *, by: Any, now: datetime.datetime) -> None:
    there = Draft.objects.filter(pk=draft.pk, revision=draft.revision, state__in=WRITABLE)
    changed = there.update(
        content=content, stamps=stamps, revision=draft.revision + 1, edited_by=by, edited_at=now
    )  # fmt: skip
    if not changed:
        raise ChangedMeanwhile


# --- Taking it back --------------------------------------------------------------------------------------------------

_WRITTEN_IN = "Iemand schreef daarna in deze tekst. Wij lieten hem staan."
_USED = "Deze toepassing wordt al ergens gebruikt. Wij lieten haar staan."


def take_back(*, upload: Upload, now: datetime.datetime) -> None:
    """Undo what every row did where nobody wrote in it since; a row that stays as it is says why. One transaction.

    Raises Lost, ChangedMeanwhile and PermissionDenied; nothing is undone then.
    """
    by = upload.undone_by
    if by is None:
        raise PermissionDenied
    can_write(by, upload.organisation)
    with transaction.atomic():
        still_mine(upload, now)
        upload.lines.update(kept="")
        for lines in _batches(upload.lines.filter(outcome__in=WRITTEN).exclude(values={})):
            _undo(upload, lines, by=by, now=now)
        kept = upload.lines.exclude(kept="").count()
        take(upload, "finish", undone_at=now)
        record("upload.undone", by=by, target=target_of(upload), now=now, upload=str(upload.uuid), kept=kept)


def _undo(upload: Upload, lines: list[UploadLine], *, by: Any, now: datetime.datetime) -> None:
    """Undo each of `lines`, and note on those that stay as they are why."""
    found = Draft.objects.select_related("entry").annotate(
        remarks=models.Count("comments", distinct=True), drafts=models.Count("entry__drafts", distinct=True)
    )
    drafts = found.in_bulk({line.draft_id for line in lines if line.draft_id})
    untouched: list[tuple[UploadLine, Draft]] = []
    for line in lines:
        draft = drafts.get(line.draft_id or 0)
        if draft is None or not _is_as_left(line, draft):
            line.kept = _WRITTEN_IN
        elif not line.is_started:
            line.kept = _put_back(upload, line, draft, by=by, now=now)
        else:
            untouched.append((line, draft))
    _remove_entries([pair for pair in untouched if pair[0].outcome == LineOutcome.NEW], by=by, now=now)
    _remove_drafts([draft for line, draft in untouched if line.outcome != LineOutcome.NEW], by=by, now=now)
    UploadLine.objects.bulk_update([line for line in lines if line.kept], ["kept"])


def _is_as_left(line: UploadLine, draft: Any) -> bool:
    """Whether nobody did anything with the draft since; in one that was there already, each answer is looked at."""
    if draft.state not in WRITABLE or not line.is_started:
        return draft.state in WRITABLE
    is_alone = line.outcome != LineOutcome.NEW or (draft.entry.state == State.DRAFT and draft.drafts == 1)
    return is_alone and draft.revision == line.revision and not draft.remarks and draft.submitted_at is None


def _remove_entries(pairs: list[tuple[UploadLine, Draft]], *, by: Any, now: datetime.datetime) -> None:
    """Take away entries that were never public, with their drafts; one that something leans on stays."""
    try:
        with transaction.atomic():
            Entry.objects.filter(pk__in=[draft.entry_id for _line, draft in pairs]).delete()
    except models.ProtectedError:
        if len(pairs) == 1:
            pairs[0][0].kept = _USED
            return
        for pair in pairs:
            _remove_entries([pair], by=by, now=now)
        return
    removed: list[tuple[str, dict[str, str]]] = [
        (f"entry:{draft.entry.uuid}", {}) for _line, draft in pairs if draft.entry
    ]
    record_many("entry.removed", removed, by=by, now=now)


def _remove_drafts(drafts: list[Draft], *, by: Any, now: datetime.datetime) -> None:
    """The text that was public before is the newest again."""
    Draft.objects.filter(pk__in=[draft.pk for draft in drafts]).delete()
    told = [(f"entry:{draft.entry.uuid}", {"draft": str(draft.uuid)}) for draft in drafts if draft.entry]
    record_many("draft.discarded", told, by=by, now=now)


def _put_back(upload: Upload, line: UploadLine, draft: Draft, *, by: Any, now: datetime.datetime) -> str:
    """Give the answers of a draft that was there already back what they were."""
    ours = {key for key in line.values if draft.stamps.get(key, {}).get("upload") == str(upload.uuid)}
    if ours != set(line.values):
        return _WRITTEN_IN
    stamps = {key: stamp for key, stamp in draft.stamps.items() if key not in ours}
    stamp = {"revision": draft.revision + 1, "by": by.pk, "at": now.isoformat()}
    _save_text(
        draft, _without_nothing({**draft.content, **line.before}), {**stamps, **dict.fromkeys(ours, stamp)},
        by=by, now=now,
    )  # fmt: skip
    return ""
