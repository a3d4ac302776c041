"""What a provider says of a text of our editors: confirm it by two, or dispute it; and what our editors answer.

Who corrects the text begins a draft (`transparency.actions.drafts.start_claim`).
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed
from portal.core.working_days import after_working_days
from portal.organisations.permissions import can_publish
from transparency.models import Claim, Entry
from transparency.permissions import (
    can_approve_answer,
    can_claim,
    can_decide_claim,
    can_judge_claim,
    can_withdraw_claim,
)
from transparency.recipients import editors, mail_all, publishers_of
from transparency.records import refresh_entry
from transparency.states import CLAIM, ClaimKind, ClaimOutcome, ClaimState, Origin, ReturnGround

SHOWN_WITHIN = 2  # working days (decisions.md, Identity)
LONGEST = 2_000  # characters of a dispute or an answer


def _take(claim: Claim, name: str, **fields: Any) -> None:
    """One step by compare-and-set. Raises StepNotAllowed when someone else was first."""
    step = CLAIM.step(claim.state, name)
    if not Claim.objects.filter(pk=claim.pk, state=step.source).update(state=step.target, **fields):
        raise StepNotAllowed(f"{name}: the claim changed meanwhile")
    claim.refresh_from_db()


def _show_anew(claim: Claim) -> None:
    """Make the public page, card and document of the entry say how the claim stands."""
    claim.entry.refresh_from_db()
    refresh_entry(claim.entry)
    raise_revision()


def _text(value: str, empty: str) -> str:
    """`value`, clean. Raises ValidationError with `empty` when there is nothing, or when it is too long."""
    text = clean(value).strip()
    if not text:
        raise ValidationError(empty)
    if len(text) > LONGEST:
        raise ValidationError(_("Deze tekst is te lang. Er passen %(most)s tekens.") % {"most": LONGEST})
    return text


def _context(claim: Claim) -> dict[str, Any]:
    assert claim.entry.current_version is not None  # noqa: S101 (a claim is about a public text)
    return {"claim": claim, "name": claim.entry.current_version.content["name"],
            "organisation": claim.entry.organisation.name}  # fmt: skip


# --- The provider ----------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_confirmation(*, entry: Entry, seen: int, by: Any, now: datetime.datetime) -> Claim:
    """Ask a colleague to confirm that version `seen` of a text of our editors is right.

    Raises PermissionDenied, StepNotAllowed when that is not the text that stands there now, or somebody asked already.
    """
    claim = _begin(entry, ClaimKind.CONFIRM, seen=seen, by=by, now=now)
    mail_all(publishers_of(entry.organisation), "transparency/claim_asked", _context(claim), but=by)
    return claim


@transaction.atomic
def dispute(*, entry: Entry, text: str, seen: int, by: Any, now: datetime.datetime) -> Claim:
    """Say what is wrong in version `seen`. Of a publisher it goes to our editors at once, of an editor to a colleague.

    Raises PermissionDenied, ValidationError without a text, StepNotAllowed as `ask_confirmation` does.
    """
    can_claim(by, entry)
    claim = _begin(
        entry, ClaimKind.DISPUTE, seen=seen, by=by, now=now, text=_text(text, _("Schrijf op wat er niet klopt."))
    )
    if can_publish.ok(by, entry.organisation):
        file(claim=claim, by=by, now=now)
    else:
        mail_all(publishers_of(entry.organisation), "transparency/claim_asked", _context(claim), but=by)
    return claim


def _begin(entry: Entry, kind: ClaimKind, *, seen: int, by: Any, now: datetime.datetime, text: str = "") -> Claim:
    can_claim(by, entry)
    entry.refresh_from_db()
    version = entry.current_version
    if version is None or not entry.is_listed or entry.origin != Origin.EDITORIAL:
        raise StepNotAllowed(f"claim: {entry.slug} is not a living text of the editors")
    if version.number != seen:
        raise StepNotAllowed(f"claim: {entry.slug} has version {version.number} meanwhile")
    if kind == ClaimKind.CONFIRM and version.claims.filter(kind=kind, state=ClaimState.CONFIRMED).exists():
        raise StepNotAllowed(f"claim: version {seen} of {entry.slug} is confirmed already")
    try:
        with transaction.atomic():
            claim = Claim.objects.create(entry=entry, version=version, kind=kind, text=text, asked_by=by, asked_at=now)
    except IntegrityError as error:
        raise StepNotAllowed(f"claim: there is an open one on {entry.slug}") from error
    record("claim.asked", by=by, target=f"entry:{entry.uuid}", now=now, claim=str(claim.uuid), claim_kind=kind)
    return claim


@transaction.atomic
def confirm(*, claim: Claim, by: Any, now: datetime.datetime) -> None:
    """Confirm for the provider that the text is right; everybody sees it.

    Raises PermissionDenied, StepNotAllowed when another text stands there meanwhile.
    """
    can_decide_claim(by, claim)
    still = Entry.objects.filter(pk=claim.entry_id, current_version=claim.version_id, origin=Origin.EDITORIAL)
    if claim.kind != ClaimKind.CONFIRM or still.select_for_update().first() is None:
        raise StepNotAllowed("confirm: the text changed meanwhile")
    _take(claim, "confirm", decided_by=by, decided_at=now)
    record("claim.confirmed", by=by, target=f"entry:{claim.entry.uuid}", now=now, claim=str(claim.uuid))
    mail_all({claim.asked_by, *editors()}, "transparency/claim_confirmed", _context(claim), but=by)
    _show_anew(claim)


@transaction.atomic
def refuse(*, claim: Claim, by: Any, now: datetime.datetime) -> None:
    """Do not say for the provider what a colleague wanted to say. Raises PermissionDenied, StepNotAllowed."""
    can_decide_claim(by, claim)
    _take(claim, "refuse", decided_by=by, decided_at=now)
    record("claim.refused", by=by, target=f"entry:{claim.entry.uuid}", now=now, claim=str(claim.uuid))
    mail_all([claim.asked_by], "transparency/claim_refused", _context(claim), but=by)


@transaction.atomic
def file(*, claim: Claim, by: Any, now: datetime.datetime, text: str = "") -> None:
    """Send a dispute to our editors, with another `text` when it came back; it is public within two working days.

    Raises PermissionDenied, ValidationError, StepNotAllowed.
    """
    can_decide_claim(by, claim)
    if claim.kind != ClaimKind.DISPUTE:
        raise StepNotAllowed("file: this is no dispute")
    said = _text(text or claim.text, _("Schrijf op wat er niet klopt."))
    _take(
        claim, "file", decided_by=by, decided_at=now, filed_at=now, text=said,
        show_at=after_working_days(now, SHOWN_WITHIN),
    )  # fmt: skip
    record("claim.filed", by=by, target=f"entry:{claim.entry.uuid}", now=now, claim=str(claim.uuid))
    mail_all(editors(), "transparency/dispute_filed", _context(claim), but=by)


@transaction.atomic
def withdraw(*, claim: Claim, by: Any, now: datetime.datetime) -> None:
    """Take back what was said; what was public stays in the history. Raises PermissionDenied, StepNotAllowed."""
    can_withdraw_claim(by, claim)
    was_public = claim.shown_at is not None or claim.state == ClaimState.CONFIRMED
    _take(claim, "withdraw", withdrawn_at=now)
    record("claim.withdrawn", by=by, target=f"entry:{claim.entry.uuid}", now=now, claim=str(claim.uuid))
    if claim.filed_at or was_public:
        mail_all(editors(), "transparency/claim_withdrawn", _context(claim), but=by)
    if was_public:
        _show_anew(claim)


# --- Our editors -----------------------------------------------------------------------------------------------------


@transaction.atomic
def show(*, claim: Claim, by: Any, now: datetime.datetime) -> None:
    """Show a dispute to everybody; `by` is nobody when its time has come. Raises PermissionDenied, StepNotAllowed."""
    if by is not None:
        can_judge_claim(by, claim)
    elif claim.show_at is None or claim.show_at > now:
        raise StepNotAllowed("show: its time has not come")
    _take(claim, "show", shown_at=now, shown_by=by)
    record("claim.shown", by=by, target=f"entry:{claim.entry.uuid}", now=now, claim=str(claim.uuid))
    told = {claim.asked_by, claim.decided_by, *(editors() if by is None else ())}
    mail_all(told, "transparency/dispute_shown", _context(claim), but=by)
    _show_anew(claim)


@transaction.atomic
def return_claim(*, claim: Claim, ground: ReturnGround, note: str, by: Any, now: datetime.datetime) -> None:
    """Send a dispute back before anybody could read it, on one of the few grounds.

    Raises PermissionDenied, ValidationError without a note, StepNotAllowed.
    """
    can_judge_claim(by, claim)
    said = _text(note, _("Schrijf op wat de zorgverlener moet veranderen."))
    _take(claim, "return", return_ground=ground, return_note=said)
    record("claim.returned", by=by, target=f"entry:{claim.entry.uuid}", now=now, claim=str(claim.uuid), ground=ground)
    mail_all({claim.asked_by, claim.decided_by}, "transparency/dispute_returned", _context(claim), but=by)


@transaction.atomic
def answer(*, claim: Claim, outcome: ClaimOutcome, text: str, by: Any, now: datetime.datetime) -> None:
    """Write what our editors answer; another editor must approve it before anybody reads it.

    Raises PermissionDenied, ValidationError without a reason, or when the text is said to be changed and is not.
    """
    can_judge_claim(by, claim)
    said = _text(text, _("Schrijf op waarom u de tekst veranderde of niet."))
    if outcome == ClaimOutcome.CHANGED and not _has_newer_text(claim):
        raise ValidationError(_("De tekst is nog dezelfde. Maak eerst een nieuwe versie openbaar."))
    _take(claim, "answer", outcome=outcome, answer=said, answered_by=by)
    record("claim.answer_written", by=by, target=f"entry:{claim.entry.uuid}", now=now, claim=str(claim.uuid))
    mail_all(editors(), "transparency/answer_written", _context(claim), but=by)


def _has_newer_text(claim: Claim) -> bool:
    return claim.entry.versions.filter(number__gt=claim.version.number).exists()


@transaction.atomic
def approve_answer(*, claim: Claim, by: Any, now: datetime.datetime) -> None:
    """Publish what another editor answered. Raises PermissionDenied, StepNotAllowed."""
    can_approve_answer(by, claim)
    _take(claim, "approve_answer", approved_by=by, answered_at=now)
    record("claim.answered", by=by, target=f"entry:{claim.entry.uuid}", now=now, claim=str(claim.uuid))
    mail_all({claim.asked_by, claim.decided_by, claim.answered_by}, "transparency/dispute_answered", _context(claim),
             but=by)  # fmt: skip
    _show_anew(claim)


@transaction.atomic
def return_answer(*, claim: Claim, note: str, by: Any, now: datetime.datetime) -> None:
    """Send an answer back to the editor who wrote it; the dispute stays public. Raises as `return_claim` does."""
    can_approve_answer(by, claim)
    said = _text(note, _("Schrijf op wat er anders moet."))
    writer = claim.answered_by
    _take(claim, "return_answer")
    record("claim.answer_returned", by=by, target=f"entry:{claim.entry.uuid}", now=now, claim=str(claim.uuid))
    mail_all([writer], "transparency/answer_returned", {**_context(claim), "note": said}, but=by)
