"""For whom a group publishes: which organisations an entry holds for, who stands outside it, and who is below whom."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.accounts.permissions import can_administer_portal
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed
from portal.organisations.actions import place_under
from portal.organisations.models import Organisation
from portal.organisations.permissions import can_publish
from transparency.actions.publishing import entries_with_texts
from transparency.applying import choosable, others_of, touching
from transparency.models import Entry, LeaveOut
from transparency.permissions import can_choose_for_whom, can_decide_leave_out, can_withdraw_leave_out
from transparency.recipients import mail_all, publishers_of
from transparency.records import refresh_entry
from transparency.states import LEAVE_OUT, LeaveOutState, State


def _show_anew(entries: Iterable[int]) -> None:
    for entry in entries_with_texts().filter(pk__in=list(entries)):
        refresh_entry(entry)
    raise_revision()


@transaction.atomic
def choose_for_whom(*, entry: Entry, organisations: Iterable[Organisation], by: Any, now: datetime.datetime) -> None:
    """Say that `entry` holds for `organisations` only, beside its owner; for none named it holds for all below it.

    Raises PermissionDenied, ValidationError for one that is not below the owner or that the owner left out,
    StepNotAllowed when the entry has ended.
    """
    can_choose_for_whom(by, entry)
    if entry.state not in {State.DRAFT, State.PUBLISHED}:
        raise StepNotAllowed(f"for whom: {entry.slug} has ended")
    wanted = {one.pk for one in organisations}
    if not wanted <= set(choosable(entry).values_list("pk", flat=True)):
        raise ValidationError(_("Kies alleen organisaties die onder uw organisatie vallen."))
    agreed = entry.leave_outs.filter(state=LeaveOutState.ACCEPTED).values_list("organisation", flat=True)
    if wanted & set(agreed):
        raise ValidationError(_("U koos een organisatie die niet meedoet. Zij moet zelf eerst weer mee willen doen."))
    there = set(entry.applies_to.values_list("pk", flat=True))
    if there == wanted:
        return
    entry.applies_to.set(wanted)
    record(
        "entry.for_whom", by=by, target=f"entry:{entry.uuid}", now=now,
        added=sorted(wanted - there), removed=sorted(there - wanted),
    )  # fmt: skip
    _show_anew([entry.pk])


# --- Standing outside ------------------------------------------------------------------------------------------------


def _take(leave_out: LeaveOut, name: str, **fields: Any) -> None:
    """One step by compare-and-set. Raises StepNotAllowed when someone else was first."""
    step = LEAVE_OUT.step(leave_out.state, name)
    if not LeaveOut.objects.filter(pk=leave_out.pk, state=step.source).update(state=step.target, **fields):
        raise StepNotAllowed(f"{name}: the wish changed meanwhile")
    leave_out.refresh_from_db()


def _log_data(leave_out: LeaveOut) -> dict[str, Any]:
    return {"practice": str(leave_out.organisation.uuid)}


def _context(leave_out: LeaveOut) -> dict[str, Any]:
    version = leave_out.entry.current_version
    assert version is not None  # noqa: S101 (only what is public holds for somebody)
    return {"wish": leave_out, "name": version.content["name"]}


@transaction.atomic
def ask_leave_out(
    *, entry: Entry, organisation: Organisation, reason: str, by: Any, now: datetime.datetime
) -> LeaveOut:
    """Ask the group to leave `organisation` out of `entry`, because it does not use it or does so differently.

    Raises PermissionDenied, ValidationError without a reason, StepNotAllowed when the entry does not hold for it.
    """
    can_publish(by, organisation)
    said = clean(reason).strip()
    if not said:
        raise ValidationError(_("Schrijf op waarom dit niet voor u geldt."))
    if not entry.is_listed or not others_of(entry).filter(pk=organisation.pk).exists():
        raise StepNotAllowed(f"leave out: {entry.slug} does not hold for {organisation.slug}")
    try:
        with transaction.atomic():
            wish = LeaveOut.objects.create(
                entry=entry, organisation=organisation, reason=said, asked_by=by, asked_at=now
            )
    except IntegrityError as error:
        raise StepNotAllowed(f"leave out: {organisation.slug} asked already") from error
    record("leave_out.asked", by=by, target=f"entry:{entry.uuid}", now=now, **_log_data(wish))
    mail_all(publishers_of(entry.organisation), "transparency/leave_out_asked", _context(wish), but=by)
    return wish


@transaction.atomic
def accept_leave_out(*, leave_out: LeaveOut, by: Any, now: datetime.datetime) -> None:
    """Leave the organisation out. Raises PermissionDenied, StepNotAllowed."""
    can_decide_leave_out(by, leave_out)
    _take(leave_out, "accept", decided_by=by, decided_at=now)
    leave_out.entry.applies_to.remove(leave_out.organisation)
    record("leave_out.accepted", by=by, target=f"entry:{leave_out.entry.uuid}", now=now, **_log_data(leave_out))
    mail_all([leave_out.asked_by], "transparency/leave_out_decided", _context(leave_out), but=by)
    _show_anew([leave_out.entry_id])


@transaction.atomic
def refuse_leave_out(*, leave_out: LeaveOut, answer: str, by: Any, now: datetime.datetime) -> None:
    """Do not leave it out, and say why. Raises PermissionDenied, ValidationError, StepNotAllowed."""
    can_decide_leave_out(by, leave_out)
    said = clean(answer).strip()
    if not said:
        raise ValidationError(_("Schrijf op waarom niet."))
    _take(leave_out, "refuse", decided_by=by, decided_at=now, answer=said)
    record("leave_out.refused", by=by, target=f"entry:{leave_out.entry.uuid}", now=now, **_log_data(leave_out))
    mail_all([leave_out.asked_by], "transparency/leave_out_decided", _context(leave_out), but=by)


@transaction.atomic
def withdraw_leave_out(*, leave_out: LeaveOut, by: Any, now: datetime.datetime) -> None:
    """Take part again, or stop asking. Raises PermissionDenied, StepNotAllowed."""
    can_withdraw_leave_out(by, leave_out)
    _take(leave_out, "withdraw", decided_by=by, decided_at=now)
    record("leave_out.withdrawn", by=by, target=f"entry:{leave_out.entry.uuid}", now=now, **_log_data(leave_out))
    _show_anew([leave_out.entry_id])


# --- The tree --------------------------------------------------------------------------------------------------------


@transaction.atomic
def place_organisation(
    *, organisation: Organisation, parent: Organisation | None, by: Any, now: datetime.datetime
) -> bool:
    """Put `organisation` below `parent`, or on its own; entries then hold for others, and their records say so.

    `by` is nobody when a command did it. Returns whether anything changed. Raises PermissionDenied, ValidationError.
    """
    if by is not None:
        can_administer_portal(by)
    before = set(touching(organisation).values_list("pk", flat=True))
    if not place_under(organisation=organisation, parent=parent, by=by, now=now):
        return False
    _drop_strangers(organisation)
    _show_anew(before | set(touching(organisation).values_list("pk", flat=True)))
    return True


def _drop_strangers(organisation: Organisation) -> None:
    """Nobody stays named by an entry of a group that it does not belong to any more."""
    for entry in Entry.objects.filter(applies_to__isnull=False).distinct():
        below = set(choosable(entry).values_list("pk", flat=True))
        strangers = [one for one in entry.applies_to.values_list("pk", flat=True) if one not in below]
        if strangers:
            entry.applies_to.remove(*strangers)
