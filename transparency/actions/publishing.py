"""Everything that writes the register."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.workflow import StepNotAllowed
from transparency.actions.following import close_proposals, propose_system
from transparency.actions.publication_log import log_ending, log_notice, log_system_version, log_version
from transparency.document import missing
from transparency.field import Content, Field
from transparency.fields import ENTRY_FIELDS, SYSTEM_FIELDS
from transparency.models import (
    AISystem,
    Entry,
    NationalRecord,
    Notice,
    Readability,
    SystemVersion,
    Version,
)
from transparency.plain_language import judged, too_hard, values_of
from transparency.products import product_of
from transparency.readers import reason_to_publish
from transparency.records import refresh_entry, refresh_system
from transparency.shape import problems
from transparency.states import ENTRY, NoticeKind, NoticeState, Origin, State


def check_publishable(content: Content, fields: tuple[Field, ...], *, complete: bool) -> None:
    """Raise ValidationError with a message per question that keeps `content` from being published.

    `complete` asks for every needed answer; without it only for a name, and for what is there to have the right shape.
    """
    errors = [f"{problem.label}: {problem.message}" for problem in problems(content, fields)]
    needed = missing(content, fields)
    errors += [
        _("%(question)s: dit antwoord ontbreekt nog.") % {"question": f.label}
        for f in needed
        if complete or f.key == "name"
    ]
    if errors:
        raise ValidationError(errors)


def entries_with_texts() -> QuerySet[Entry]:
    """The public entries with all that making their records needs."""
    needed = ("organisation", "current_version__readability", "current_version__system_version",
              "system__current_version", "taken_part")  # fmt: skip
    return Entry.objects.public().select_related(*needed).prefetch_related("organisation__locations", "notices")


def lock_entry(pk: int | None) -> None:
    """Let who publishes, hands over or confirms the same entry wait here, before anything else of it is locked.

    Else two could each hold what the other needs: a draft or a version here, the entry there.
    """
    if pk is not None:
        Entry.objects.select_for_update().filter(pk=pk).first()


def _take(entry: Entry, name: str, **fields: Any) -> None:
    """One step of the workflow by compare-and-set. Raises StepNotAllowed when someone else was first."""
    step = ENTRY.step(entry.state, name)
    changed = Entry.objects.filter(pk=entry.pk, state=step.source).update(state=step.target, **fields)
    if not changed:
        raise StepNotAllowed(f"{name}: the state of {entry.slug} changed meanwhile")
    entry.refresh_from_db()


@transaction.atomic
def publish_entry(
    *,
    entry: Entry,
    content: Content,
    reason: str,
    responsible: str,
    by: Any,
    now: datetime.datetime,
    reason_en: str = "",
    language_reason: str = "",
    language_reason_en: str = "",
    system_version: SystemVersion | None = None,
) -> Version:
    """Publish `content` as the next version of `entry`; `language_reason`: why a text that is not easy may stay so.

    `system_version`: the text of its product that its page shows where it is silent; without it the one it showed
    before, so that a new text of the product changes no entry silently (ADR 21).

    Raises ValidationError when it may not be published and StepNotAllowed when the entry has ended.
    """
    lock_entry(entry.pk)
    check_publishable(content, ENTRY_FIELDS, complete=entry.origin == Origin.PROVIDER)
    gate = judged(entry, content)
    if not language_reason:
        language_reason, language_reason_en = _said_by_readers(entry, content)
    if gate and entry.origin != Origin.IMPORTED and (refused := too_hard(gate, language_reason)):
        raise ValidationError(refused)
    first = entry.current_version is None
    number = 1 if entry.current_version is None else entry.current_version.number + 1
    try:
        with transaction.atomic():
            version = Version.objects.create(
                entry=entry,
                system_version=system_version or _product_shown(entry),
                number=number,
                content=content,
                reason=reason,
                reason_en=reason_en,
                responsible=responsible,
                published_at=now,
            )
    except IntegrityError as error:  # the number is taken: someone else published meanwhile
        raise StepNotAllowed(f"publish: version {number} of {entry.slug} is there already") from error
    if gate:
        Readability.objects.create(
            version=version, checked_at=now, reason=language_reason, reason_en=language_reason_en, **values_of(gate)
        )
    _take(
        entry,
        "publish" if first else "correct",
        current_version=version,
        first_published_at=entry.first_published_at or now,
    )
    close_proposals(entry, version, by=by, now=now)
    refresh_entry(entry)
    for ended in entry.predecessors.select_related("organisation", "current_version", "system__current_version"):
        refresh_entry(ended)  # its page says how the one after it is called
    record("entry.published", by=by, target=f"entry:{entry.uuid}", now=now, version=version.number)
    raise_revision()
    log_version(version, now=now)
    return version


def _said_by_readers(entry: Entry, content: Content) -> tuple[str, str]:
    """Why a text that is not easy may stay so, as those who read it said: in Dutch and in English; or nothing."""
    with translation.override("nl"):
        found = reason_to_publish(entry, content)
    with translation.override("en"):
        return found, reason_to_publish(entry, content) if found else ""


def _product_shown(entry: Entry) -> SystemVersion | None:
    """The text of the product that `entry` shows now; of one that is not public yet, the newest."""
    if entry.current_version is not None:
        return product_of(entry.current_version)
    return entry.system.current_version if entry.system else None


@transaction.atomic
def end_entry(
    *,
    entry: Entry,
    reason: str,
    by: Any,
    now: datetime.datetime,
    reason_en: str = "",
    successor: Entry | None = None,
) -> None:
    """Withdraw `entry`, or replace it by `successor`; its page stays as a tombstone. Raises StepNotAllowed."""
    if successor is not None and (successor.pk == entry.pk or successor.state == State.DRAFT):
        raise StepNotAllowed(f"replace: {successor.slug} cannot succeed {entry.slug}")
    name = "withdraw" if successor is None else "replace"
    _take(entry, name, ended_at=now, ending_reason=reason, ending_reason_en=reason_en, successor=successor)
    refresh_entry(entry)
    kind = "entry.withdrawn" if successor is None else "entry.replaced"
    record(kind, by=by, target=f"entry:{entry.uuid}", now=now)
    raise_revision()
    log_ending(entry, now=now)


@transaction.atomic
def publish_notice(
    *,
    entry: Entry,
    kind: NoticeKind,
    text: str,
    by: Any,
    now: datetime.datetime,
    text_en: str = "",
    link: str = "",
) -> Notice:
    """Put a notice on top of a public entry. Raises StepNotAllowed on a draft.

    One of a person waits for a second one; those of our own files were looked at by two when they were written.
    """
    if entry.state == State.DRAFT:
        raise StepNotAllowed("notice on a draft")
    notice = Notice.objects.create(
        entry=entry, kind=kind, text=text, text_en=text_en, link=link, published_at=now, told_by=by,
        state=NoticeState.CONFIRMED if by is None else NoticeState.UNCONFIRMED,
    )  # fmt: skip
    refresh_entry(entry)
    record("notice.published", by=by, target=f"entry:{entry.uuid}", now=now, notice=kind)
    raise_revision()
    log_notice(notice, now=now)
    return notice


@transaction.atomic
def publish_system(
    *, system: AISystem, content: Content, reason: str, responsible: str, by: Any, now: datetime.datetime,
    reason_en: str = "",
) -> SystemVersion:  # fmt: skip
    """Publish `content` as the next text of `system`. Raises ValidationError when its shape is wrong."""
    check_publishable(content, SYSTEM_FIELDS, complete=False)
    number = 1 if system.current_version is None else system.current_version.number + 1
    version = SystemVersion.objects.create(
        system=system,
        number=number,
        content=content,
        reason=reason,
        reason_en=reason_en,
        responsible=responsible,
        published_at=now,
    )
    AISystem.objects.filter(pk=system.pk).update(current_version=version)
    system.refresh_from_db()
    refresh_system(system)
    entries = list(entries_with_texts().filter(system=system))
    propose_system(system=system, entries=[one for one in entries if one.is_listed], by=by, now=now)
    for entry in entries:
        refresh_entry(entry)  # the product's names are search words of its entries
    record("system.published", by=by, target=f"system:{system.uuid}", now=now, version=number)
    raise_revision()
    log_system_version(version, now=now)
    return version


@transaction.atomic(savepoint=False)
def save_imported(*, entry: Entry, received: Mapping[str, Any], by: Any, now: datetime.datetime) -> NationalRecord:
    """Keep what another register sent about `entry` (new or known); its text stays as it is until somebody publishes.

    `received` holds the fields of NationalRecord. Raises IntegrityError when its number belongs to another entry; what
    is around it is then undone too, because a savepoint for each of many records takes a thirtieth of an import.
    """
    there = None
    if entry.pk is None:
        entry.save(force_insert=True)
    else:
        there = NationalRecord.objects.select_for_update().filter(entry=entry).first()
    kept = there or NationalRecord(entry=entry, earlier=[])
    if there is not None and there.raw_hash != received["raw_hash"]:  # a raw record is never lost
        kept.earlier = [*there.earlier, {**_as_received(there), "received_at": there.received_at.isoformat()}]
    for name, value in received.items():
        setattr(kept, name, value)
    kept.received_at = now
    kept.save()
    record(
        "entry.imported", by=by, target=f"entry:{entry.uuid}", now=now, organisation=entry.organisation_id,
        lars=kept.lars,
    )  # fmt: skip
    if entry.origin == Origin.IMPORTED and entry.state == State.PUBLISHED:  # what came is public too
        refresh_entry(entry)
        raise_revision()
    return kept


def _as_received(kept: NationalRecord) -> dict[str, Any]:
    return {name: getattr(kept, name) for name in ("form", "standard_version", "raw", "others", "report")}
