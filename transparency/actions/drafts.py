"""Everything that writes a draft: begin, change, submit, return, take back, throw away; approving publishes it."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from portal.accounts.permissions import can_edit_for_portal
from portal.audit.record import record
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Organisation
from portal.organisations.permissions import can_write
from transparency.actions.following import reopen_proposals, take_over
from transparency.actions.publishing import check_publishable, lock_entry, publish_entry, publish_system
from transparency.document import has_value
from transparency.field import Field
from transparency.fields import ENTRY_FIELDS, SYSTEM_FIELDS
from transparency.models import AISystem, Draft, DraftComment, Entry, SystemVersion, Version
from transparency.permissions import (
    can_claim,
    can_decide_draft,
    can_see_draft,
    can_take_back,
    can_write_draft,
    can_write_entry,
)
from transparency.plain_language import judged, too_hard
from transparency.states import DRAFT, EDITORS, WRITABLE, DraftPurpose, DraftState, Origin

MOST_TRIES = 5  # of saving, when others save at the same moment


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A question that somebody else changed meanwhile: what stands there now, and what was to be saved."""

    key: str
    theirs: Any
    yours: Any
    by: int | None  # the user who changed it
    at: str  # ISO


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What came of a save: the revision of the draft now, and the questions that were not saved."""

    revision: int
    conflicts: tuple[Conflict, ...] = ()


def fields_of(draft: Draft) -> tuple[Field, ...]:
    """The questions that a draft may answer."""
    return SYSTEM_FIELDS if draft.entry_id is None else ENTRY_FIELDS


def target_of(draft: Draft) -> str:
    """What a draft is of, as the log names it."""
    if draft.entry is not None:
        return f"entry:{draft.entry.uuid}"
    assert draft.system is not None  # noqa: S101 (a constraint of the database says so)
    return f"system:{draft.system.uuid}"


# --- Beginning -------------------------------------------------------------------------------------------------------


@transaction.atomic
def start_entry(
    *,
    organisation: Organisation,
    slug: str,
    content: Mapping[str, Any],
    by: Any,
    now: datetime.datetime,
    system: AISystem | None = None,
    credit: Iterable[Mapping[str, Any]] = (),
) -> Draft:
    """Begin a new entry of `organisation` with a draft of `content`. Raises PermissionDenied, ValidationError."""
    can_write(by, organisation)
    try:
        with transaction.atomic():
            entry = Entry.objects.create(organisation=organisation, slug=slug, system=system, origin=Origin.PROVIDER)
    except IntegrityError as error:
        raise ValidationError(_("Dit adres bestaat al. Kies een andere naam.")) from error
    return _start(Draft(entry=entry, content=dict(content), credit=list(credit)), by=by, now=now)


@transaction.atomic
def start_correction(
    *, entry: Entry, by: Any, now: datetime.datetime, purpose: DraftPurpose = DraftPurpose.CORRECTION
) -> Draft:
    """The open draft of `entry`, or a new one with what its newest version says. Raises PermissionDenied."""
    can_write_entry(by, entry)
    if there := entry.drafts.open().exclude(purpose=DraftPurpose.CLAIM).first():
        return there
    version = entry.current_version
    if version is None:
        return _start(Draft(entry=entry), by=by, now=now)
    if not entry.is_listed:
        raise StepNotAllowed(f"correct: {entry.slug} has ended")
    begun = Draft(entry=entry, purpose=purpose, content=version.content, base_number=version.number)
    return _start(begun, by=by, now=now)


@transaction.atomic
def start_claim(*, entry: Entry, by: Any, now: datetime.datetime) -> Draft:
    """The provider's open draft of what our editors wrote about it, or a new one; once approved the text is theirs.

    Raises PermissionDenied, and StepNotAllowed when the entry is not our editors' (any more) or has ended.
    """
    can_claim(by, entry)
    if there := entry.drafts.open().filter(purpose=DraftPurpose.CLAIM).first():
        return there
    version = entry.current_version
    if version is None or not entry.is_listed or entry.origin != Origin.EDITORIAL:
        raise StepNotAllowed(f"claim: {entry.slug} is not a living text of the editors")
    begun = Draft(
        entry=entry, purpose=DraftPurpose.CLAIM, content=version.content, base_number=version.number,
    )  # fmt: skip
    return _start(begun, by=by, now=now)


@transaction.atomic
def start_system(*, system: AISystem, by: Any, now: datetime.datetime) -> Draft:
    """The open draft of `system`, or a new one with what its newest version says.

    Raises PermissionDenied, and StepNotAllowed when the system went on under another name.
    """
    if system.merged_into_id is not None:
        can_edit_for_portal(by)
        raise StepNotAllowed(f"write: {system.slug} went on under another name")
    if there := system.drafts.open().first():
        can_write_draft(by, there)
        return there
    version = system.current_version
    purpose = DraftPurpose.CORRECTION if version else DraftPurpose.FIRST
    begun = Draft(
        system=system, purpose=purpose,
        content=version.content if version else {}, base_number=version.number if version else None,
    )  # fmt: skip
    can_write_draft(by, begun)
    return _start(begun, by=by, now=now)


def _start(draft: Draft, *, by: Any, now: datetime.datetime) -> Draft:
    draft.started_by = draft.edited_by = by
    draft.started_at = draft.edited_at = now
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:  # somebody else began one at the same moment: go on with that
        of_claim = Q(purpose=DraftPurpose.CLAIM)
        same = of_claim if draft.purpose == DraftPurpose.CLAIM else ~of_claim
        owner = {"entry": draft.entry} if draft.entry_id else {"system": draft.system}
        return Draft.objects.open().get(same, **owner)
    record("draft.started", by=by, target=target_of(draft), now=now, draft=str(draft.uuid))
    return draft


# --- Writing ---------------------------------------------------------------------------------------------------------


def save_answers(
    *, draft: Draft, answers: Mapping[str, Any], seen: int, by: Any, now: datetime.datetime, force: bool = False
) -> Saved:
    """Keep `answers` ({key: value}; None takes an answer away) in `draft`; others may be writing too.

    `seen` is the revision that the writer had before them. A question that somebody else changed after that is not
    saved unless `force`: it comes back as a Conflict with both texts. Everything else is. Saving never asks whether
    an answer is right or complete; `check_publishable` does when the draft is submitted.
    Raises PermissionDenied, and StepNotAllowed when the draft is not being written.
    """
    can_write_draft(by, draft)
    for _attempt in range(MOST_TRIES):
        draft.refresh_from_db()
        if draft.state not in WRITABLE:
            raise StepNotAllowed(f"write: the draft is {draft.state}")
        wanted = {key: value for key, value in _cleaned(answers).items() if draft.content.get(key) != value}
        conflicts = () if force else tuple(_conflicts(draft, wanted, seen, by))
        for conflict in conflicts:
            del wanted[conflict.key]
        if not wanted:
            return Saved(revision=draft.revision, conflicts=conflicts)
        if _write(draft, wanted, by=by, now=now):
            return Saved(revision=draft.revision, conflicts=conflicts)
    raise StepNotAllowed("write: too many people save at the same moment")


def _cleaned(value: Any) -> Any:
    """`value` with its texts in NFC and without signs that nobody sees (`portal.core.text.clean`)."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: _cleaned(part) for key, part in value.items()}
    return [_cleaned(part) for part in value] if isinstance(value, list) else value


def _conflicts(draft: Draft, wanted: Mapping[str, Any], seen: int, by: Any) -> Iterable[Conflict]:
    for key, value in wanted.items():
        stamp = draft.stamps.get(key, {})
        if stamp.get("revision", 0) > seen and stamp.get("by") != by.pk:
            theirs = draft.content.get(key)
            yield Conflict(key=key, theirs=theirs, yours=value, by=stamp.get("by"), at=stamp.get("at", ""))


def _write(draft: Draft, wanted: Mapping[str, Any], *, by: Any, now: datetime.datetime) -> bool:
    """Write by compare-and-set on the revision; whether nobody was first."""
    content = {**draft.content, **wanted}
    content = {key: value for key, value in content.items() if value is not None}
    stamp = {"revision": draft.revision + 1, "by": by.pk, "at": now.isoformat()}
    changed = Draft.objects.filter(pk=draft.pk, revision=draft.revision, state__in=WRITABLE).update(
        content=content, stamps={**draft.stamps, **dict.fromkeys(wanted, stamp)}, revision=draft.revision + 1,
        edited_by=by, edited_at=now,
    )  # fmt: skip
    draft.refresh_from_db()
    return bool(changed)


@transaction.atomic
def comment(*, draft: Draft, text: str, by: Any, now: datetime.datetime, key: str = "") -> DraftComment:
    """Say something about a draft, or about one question of it. Raises PermissionDenied, ValidationError."""
    can_see_draft(by, draft)
    if not clean(text).strip():
        raise ValidationError(_("Typ eerst een opmerking."))
    return DraftComment.objects.create(draft=draft, key=key, author=by, text=clean(text).strip(), written_at=now)


# --- Steps -----------------------------------------------------------------------------------------------------------


def _take(draft: Draft, name: str, *, revision: int | None = None, **fields: Any) -> None:
    """One step by compare-and-set. Raises StepNotAllowed when someone else was first or the text changed."""
    step = DRAFT.step(draft.state, name)
    there = Draft.objects.filter(pk=draft.pk, state=step.source)
    if revision is not None:
        there = there.filter(revision=revision)
    if not there.update(state=step.target, **fields):
        raise StepNotAllowed(f"{name}: the draft changed meanwhile")
    draft.refresh_from_db()


@transaction.atomic
def submit(
    *, draft: Draft, reason: str, by: Any, now: datetime.datetime, reason_en: str = "", responsible_editor: Any = None
) -> None:
    """Ask for approval. `reason` tells readers in plain words what changed; `by` answers for the text unless another.

    Raises ValidationError with everything that keeps it from being published (but not how hard it is: the approver
    may give a reason for that), PermissionDenied, StepNotAllowed.
    """
    can_write_draft(by, draft)
    if not reason.strip():
        raise ValidationError(_("Schrijf in een of twee zinnen wat er nieuw is. Iedereen kan dat lezen."))
    check_publishable(draft.content, fields_of(draft), complete=draft.entry_id is not None and not _is_looser(draft))
    if _is_from_sources(draft) and not has_value(draft.content, "sources"):
        raise ValidationError(_("Noem bij Bronnen ten minste één openbare bron. Daar komt deze tekst vandaan."))
    _take(
        draft, "submit", submitted_by=by, submitted_at=now, reason=reason.strip(), reason_en=reason_en.strip(),
        responsible_editor=responsible_editor or by,
    )  # fmt: skip
    record("draft.submitted", by=by, target=target_of(draft), now=now, draft=str(draft.uuid))


def _is_looser(draft: Draft) -> bool:
    """An entry from public sources says what those say; only its shape is asked for."""
    is_ours = draft.entry is not None and draft.entry.origin != Origin.PROVIDER
    return is_ours and draft.purpose != DraftPurpose.CLAIM


def _is_from_sources(draft: Draft) -> bool:
    """Whether our editors write it about a provider."""
    is_ours = draft.entry is not None and draft.entry.origin == Origin.EDITORIAL
    return is_ours and draft.purpose != DraftPurpose.CLAIM


@transaction.atomic
def take_back(*, draft: Draft, by: Any, now: datetime.datetime) -> None:
    """Go on writing a draft that was submitted or scheduled. Raises PermissionDenied, StepNotAllowed."""
    can_take_back(by, draft)
    _take(draft, "take_back" if draft.state == DraftState.SUBMITTED else "recall", publish_at=None)
    record("draft.taken_back", by=by, target=target_of(draft), now=now, draft=str(draft.uuid))


@transaction.atomic
def return_draft(*, draft: Draft, remarks: str, by: Any, now: datetime.datetime) -> None:
    """Give a submitted draft back with remarks. Raises PermissionDenied, ValidationError, StepNotAllowed."""
    can_decide_draft(by, draft)
    if not clean(remarks).strip():
        raise ValidationError(_("Schrijf op wat er anders moet."))
    _take(draft, "return", decided_by=by, decided_at=now)
    DraftComment.objects.create(draft=draft, author=by, text=clean(remarks).strip(), is_return=True, written_at=now)
    record("draft.returned", by=by, target=target_of(draft), now=now, draft=str(draft.uuid))


@transaction.atomic
def discard(*, draft: Draft, by: Any, now: datetime.datetime) -> None:
    """Throw a draft away; `restore` brings it back. Raises PermissionDenied, StepNotAllowed."""
    can_write_draft(by, draft)
    _take(draft, "discard", decided_by=by, decided_at=now)
    reopen_proposals(draft, now=now)
    record("draft.discarded", by=by, target=target_of(draft), now=now, draft=str(draft.uuid))


@transaction.atomic
def restore(*, draft: Draft, by: Any, now: datetime.datetime) -> None:
    """Bring back what was thrown away, unless there is another draft. Raises PermissionDenied, StepNotAllowed."""
    can_write_draft(by, draft)
    try:
        with transaction.atomic():
            _take(draft, "restore")
    except IntegrityError as error:
        raise StepNotAllowed("restore: there is another draft") from error
    record("draft.restored", by=by, target=target_of(draft), now=now, draft=str(draft.uuid))


# --- Approving -------------------------------------------------------------------------------------------------------


@transaction.atomic
def approve(
    *,
    draft: Draft,
    revision: int,
    by: Any,
    now: datetime.datetime,
    language_reason: str = "",
    publish_at: datetime.datetime | None = None,
) -> Version | SystemVersion | None:
    """Approve the text of `draft` at `revision`: it is published at once, or at `publish_at` (then None).

    `language_reason`: why a text that is not easy may stay so; readers see it. Raises PermissionDenied,
    ValidationError when the text may not be published, StepNotAllowed when it is no longer the one that was read.
    """
    can_decide_draft(by, draft)
    decided = {"decided_by": by, "decided_at": now, "language_reason": language_reason.strip()}
    lock_entry(draft.entry_id)
    if publish_at is not None and publish_at > now:
        check_language(draft, language_reason)
        _take(draft, "schedule", revision=revision, publish_at=publish_at, **decided)
        record("draft.scheduled", by=by, target=target_of(draft), now=now, draft=str(draft.uuid))
        return None
    _take(draft, "approve", revision=revision, **decided)
    record("draft.approved", by=by, target=target_of(draft), now=now, draft=str(draft.uuid))
    return _publish(draft, by=by, now=now)


def check_language(draft: Draft, reason: str) -> None:
    """Raises ValidationError when the gate of readability.md keeps the text of a draft from being published."""
    if draft.entry is None or draft.entry.origin == Origin.IMPORTED:
        return
    gate = judged(draft.entry, draft.content)
    if gate and (refused := too_hard(gate, reason)):
        raise ValidationError(refused)


@transaction.atomic
def publish_scheduled(*, draft: Draft, now: datetime.datetime) -> Version | SystemVersion:
    """Publish a scheduled draft whose time has come; whoever approved it did so. Raises as `publish_entry` does."""
    lock_entry(draft.entry_id)
    _take(draft, "publish")
    return _publish(draft, by=draft.decided_by, now=now)


def _publish(draft: Draft, *, by: Any, now: datetime.datetime) -> Version | SystemVersion:
    if draft.entry is None:
        assert draft.system is not None  # noqa: S101 (a constraint of the database says so)
        return publish_system(
            system=draft.system, content=draft.content, reason=draft.reason, responsible=EDITORS, by=by, now=now
        )
    entry = draft.entry
    _refuse_older(draft, entry)
    if draft.purpose == DraftPurpose.CLAIM:
        _hand_over(draft, entry, by=by, now=now)
    return publish_entry(
        entry=entry, content=draft.content, reason=draft.reason, reason_en=draft.reason_en, by=by, now=now,
        responsible=entry.organisation.name if entry.origin == Origin.PROVIDER else EDITORS,
        language_reason=draft.language_reason, system_version=draft.system_version,
    )  # fmt: skip


def _hand_over(draft: Draft, entry: Entry, *, by: Any, now: datetime.datetime) -> None:
    """From here on the entry is the provider's own. Raises StepNotAllowed when it is not our editors' any more."""
    if not Entry.objects.filter(pk=entry.pk, origin=Origin.EDITORIAL).update(origin=Origin.PROVIDER):
        raise StepNotAllowed(f"claim: {entry.slug} is not a text of the editors any more")
    entry.refresh_from_db()
    take_over(draft, by=by, now=now)


def _refuse_older(draft: Draft, entry: Entry) -> None:
    """A draft never undoes a version that came after it was begun. Raises StepNotAllowed."""
    number = entry.current_version.number if entry.current_version else None
    if number != draft.base_number:
        raise StepNotAllowed(f"approve: {entry.slug} has version {number} meanwhile")
