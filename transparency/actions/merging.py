"""Joining two descriptions of one product: asked by one editor, confirmed by another, and undone the same way."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.permissions import can_edit_for_portal
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed
from transparency.actions.following import propose_system
from transparency.actions.publishing import entries_with_texts
from transparency.models import AISystem, Entry, Merge
from transparency.permissions import can_decide_merge
from transparency.recipients import editors, mail_all
from transparency.records import refresh_entry, refresh_system
from transparency.states import MERGE, MergeState


def _take(merge: Merge, name: str, **fields: Any) -> None:
    """One step by compare-and-set. Raises StepNotAllowed when someone else was first."""
    step = MERGE.step(merge.state, name)
    if not Merge.objects.filter(pk=merge.pk, state=step.source).update(state=step.target, **fields):
        raise StepNotAllowed(f"{name}: the merge changed meanwhile")
    merge.refresh_from_db()


def _target(merge: Merge) -> str:
    return f"system:{merge.old.uuid}"


@transaction.atomic
def ask_merge(*, old: AISystem, into: AISystem, reason: str, by: Any, now: datetime.datetime) -> Merge:
    """Ask to go on with `into` for what is said of `old`. Raises PermissionDenied, ValidationError, StepNotAllowed."""
    can_edit_for_portal(by)
    said = clean(reason).strip()
    if not said:
        raise ValidationError(_("Schrijf op waarom dit hetzelfde product is. Iedereen kan dat lezen."))
    if old.pk == into.pk:
        raise ValidationError(_("Kies twee verschillende systemen."))
    _check_living(old, into)
    try:
        with transaction.atomic():
            merge = Merge.objects.create(old=old, into=into, reason=said, asked_by=by, asked_at=now)
    except IntegrityError as error:
        raise StepNotAllowed(f"merge: {old.slug} is being merged already") from error
    record("merge.asked", by=by, target=_target(merge), now=now, into=str(into.uuid))
    mail_all(editors(), "transparency/merge_asked", {"merge": merge, "is_undo": False}, but=by)
    return merge


def _check_living(old: AISystem, into: AISystem) -> None:
    """Raises StepNotAllowed unless both are public products that stand on their own, with no text in the making."""
    for system in (old, into):
        if system.current_version_id is None or system.merged_into_id is not None:
            raise StepNotAllowed(f"merge: {system.slug} is no living system")
    if old.drafts.open().exists():
        raise StepNotAllowed(f"merge: {old.slug} has a text in the making")


@transaction.atomic
def confirm_merge(*, merge: Merge, by: Any, now: datetime.datetime) -> None:
    """Join the two: entries and names go to the one that stays, the address of the other says where it went.

    No entry changes its text: who takes facts over gets a proposal. Raises PermissionDenied, StepNotAllowed.
    """
    can_decide_merge(by, merge)
    old, into = _locked(merge)
    _check_living(old, into)
    moved = list(Entry.objects.filter(system=old).order_by("pk").values_list("pk", flat=True))
    there = {name.casefold() for name in (into.current_version.content["name"], *into.also_known_as)}
    names = []
    for name in (old.current_version.content["name"], *old.also_known_as):
        if name.casefold() not in there:
            there.add(name.casefold())
            names.append(name)
    _take(merge, "confirm", decided_by=by, decided_at=now, moved=moved, names=names)
    Entry.objects.filter(pk__in=moved).update(system=into)
    AISystem.objects.filter(pk=old.pk).update(merged_into=into, merged_at=now)
    AISystem.objects.filter(pk=into.pk).update(also_known_as=[*into.also_known_as, *names])
    record("merge.confirmed", by=by, target=_target(merge), now=now, into=str(into.uuid), entries=len(moved))
    _show_anew(merge, moved, by=by, now=now)


def _locked(merge: Merge) -> tuple[Any, Any]:
    """Both systems as they are now, locked in the order of their numbers: two merges never wait for each other."""
    pks = sorted((merge.old_id, merge.into_id))
    found = {one.pk: one for one in AISystem.objects.select_for_update().filter(pk__in=pks).order_by("pk")}
    return found[merge.old_id], found[merge.into_id]


def _show_anew(merge: Merge, moved: list[int], *, by: Any, now: datetime.datetime) -> None:
    both = AISystem.objects.filter(pk__in=[merge.old_id, merge.into_id])
    for system in both.select_related("current_version", "merged_into__current_version"):
        refresh_system(system)
    entries = list(entries_with_texts().filter(pk__in=moved))
    by_system: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.system_id is not None and entry.is_listed:
            by_system.setdefault(entry.system_id, []).append(entry)
    for system in AISystem.objects.filter(pk__in=by_system).select_related("current_version"):
        propose_system(system=system, entries=by_system[system.pk], by=by, now=now)
    for entry in entries_with_texts().filter(system__in=[merge.old_id, merge.into_id]):
        refresh_entry(entry)
    raise_revision()


@transaction.atomic
def refuse_merge(*, merge: Merge, by: Any, now: datetime.datetime) -> None:
    """Leave it as it is: two products, or joined when somebody asked to undo that. Raises as `confirm_merge` does."""
    can_decide_merge(by, merge)
    was_undo = merge.state == MergeState.UNDO_ASKED
    _take(merge, "refuse", decided_by=by, decided_at=now, undo_asked_by=None)
    record("merge.undo_refused" if was_undo else "merge.refused", by=by, target=_target(merge), now=now)


@transaction.atomic
def withdraw_merge(*, merge: Merge, by: Any, now: datetime.datetime) -> None:
    """Stop asking. Raises PermissionDenied, StepNotAllowed."""
    can_edit_for_portal(by)
    _take(merge, "withdraw", decided_by=by, decided_at=now)
    record("merge.withdrawn", by=by, target=_target(merge), now=now)


@transaction.atomic
def ask_undo(*, merge: Merge, by: Any, now: datetime.datetime) -> None:
    """Ask to take the two apart again. Raises PermissionDenied, StepNotAllowed."""
    can_edit_for_portal(by)
    _take(merge, "ask_undo", undo_asked_by=by)
    record("merge.undo_asked", by=by, target=_target(merge), now=now)
    mail_all(editors(), "transparency/merge_asked", {"merge": merge, "is_undo": True}, but=by)


@transaction.atomic
def undo_merge(*, merge: Merge, by: Any, now: datetime.datetime) -> None:
    """Take the two apart: what moved goes back, unless it moved on meanwhile. Raises as `confirm_merge` does."""
    can_decide_merge(by, merge)
    old, into = _locked(merge)
    _take(merge, "undo", decided_by=by, decided_at=now)
    back = Entry.objects.filter(pk__in=merge.moved, system=into)
    moved = list(back.values_list("pk", flat=True))
    Entry.objects.filter(pk__in=moved).update(system=old)
    AISystem.objects.filter(pk=old.pk).update(merged_into=None, merged_at=None)
    kept = [name for name in into.also_known_as if name not in merge.names]
    AISystem.objects.filter(pk=into.pk).update(also_known_as=kept)
    record("merge.undone", by=by, target=_target(merge), now=now, entries=len(moved))
    _show_anew(merge, moved, by=by, now=now)
