"""Who may write and approve a text, and tell the world of an incident; each check says why not, in plain words."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from portal.accounts.permissions import can_edit_for_portal
from portal.core.permissions import Check
from portal.organisations.permissions import can_coordinate, can_publish, can_see, can_write
from transparency.models import Claim, Draft, Ending, Entry, LeaveOut, Merge, Notice, Reading, Upload
from transparency.states import (
    ClaimKind,
    ClaimState,
    DraftPurpose,
    DraftState,
    EndingState,
    LeaveOutState,
    MergeState,
    Origin,
)


def _is_editorial(entry: Entry | None) -> bool:
    """Whether our own editors write it: a system, or an entry from public sources."""
    return entry is None or entry.origin == Origin.EDITORIAL


def _is_editorial_draft(draft: Draft) -> bool:
    """The same of a draft; with a claim the provider writes what our editors wrote before."""
    return _is_editorial(draft.entry) and draft.purpose != DraftPurpose.CLAIM


@Check
def can_see_entry(user: Any, entry: Entry) -> None:
    """See an entry in the workspace, with its drafts: its organisation, and our editors."""
    if not can_see.ok(user, entry.organisation):
        can_edit_for_portal(user)


@Check
def can_write_entry(user: Any, entry: Entry) -> None:
    """Begin or change a draft of an entry."""
    if _is_editorial(entry):
        can_edit_for_portal(user)
    else:
        can_write(user, entry.organisation)


@Check
def can_see_draft(user: Any, draft: Draft) -> None:
    """Read a draft and comment on it."""
    if draft.entry is None:
        can_edit_for_portal(user)
    else:
        can_see_entry(user, draft.entry)


@Check
def can_write_draft(user: Any, draft: Draft) -> None:
    """Change the text of a draft."""
    if draft.entry is not None and draft.purpose == DraftPurpose.CLAIM:
        can_write(user, draft.entry.organisation)
    elif draft.entry is None:
        can_edit_for_portal(user)
    else:
        can_write_entry(user, draft.entry)


@Check
def can_decide_on(user: Any, entry: Entry | None) -> None:
    """Be the second person for what others do to an entry, or to a system: a publisher.

    In a small practice that may be one of the organisation above it, or of our editors (decisions.md).
    """
    if entry is None or entry.origin == Origin.EDITORIAL:
        can_edit_for_portal(user)
    else:
        _can_decide_for(user, entry)


def _can_decide_for(user: Any, entry: Entry) -> None:
    """Be the second person of the provider itself."""
    if entry.organisation.verified_at is None or not can_edit_for_portal.ok(user):
        can_publish(user, entry.organisation)


@Check
def can_decide_draft(user: Any, draft: Draft) -> None:
    """Approve or return a draft: a publisher who neither wrote last nor submitted it (four eyes)."""
    if draft.entry is not None and draft.purpose == DraftPurpose.CLAIM:
        _can_decide_for(user, draft.entry)
    else:
        can_decide_on(user, draft.entry)
    if user.pk in {draft.edited_by_id, draft.submitted_by_id}:
        raise PermissionDenied(_("U schreef deze tekst zelf. Iemand anders moet hem goedkeuren."))


@Check
def can_take_back(user: Any, draft: Draft) -> None:
    """Take a submitted or scheduled draft back to go on writing."""
    can_write_draft(user, draft)
    if draft.state not in {DraftState.SUBMITTED, DraftState.SCHEDULED}:
        raise PermissionDenied(_("Deze tekst is niet ingediend."))


@Check
def can_warn(user: Any, entry: Entry) -> None:
    """Publish a notice on an entry: one person, at once; a second one confirms it afterwards."""
    if _is_editorial(entry):
        can_edit_for_portal(user)
    else:
        can_publish(user, entry.organisation)


@Check
def can_ask_readers(user: Any, entry: Entry) -> None:
    """Ask a patient organisation to read a text: who may publish it."""
    can_warn(user, entry)


@Check
def can_run_reading(user: Any, reading: Reading) -> None:
    """Send the links, type out answers, close: the coordinator of the patient organisation that was asked."""
    can_coordinate(user, reading.organisation)


@Check
def can_see_reading(user: Any, reading: Reading) -> None:
    """See how far it is and what the readers said: both sides."""
    if not can_see.ok(user, reading.organisation):
        can_see_entry(user, reading.entry)


@Check
def can_confirm_notice(user: Any, notice: Notice) -> None:
    """Say as the second person that a notice is right."""
    can_decide_on(user, notice.entry)
    if user.pk == notice.told_by_id:
        raise PermissionDenied(_("U schreef deze melding zelf. Iemand anders moet haar bevestigen."))


@Check
def can_close_notice(user: Any, notice: Notice) -> None:
    """Close a notice as the second person, or let it stand."""
    can_decide_on(user, notice.entry)
    if user.pk == notice.closing_asked_by_id:
        raise PermissionDenied(_("U vroeg zelf om de melding te sluiten. Iemand anders moet dat bevestigen."))


@Check
def can_decide_ending(user: Any, ending: Ending) -> None:
    """Say as the second person that an entry leaves the register."""
    can_decide_on(user, ending.entry)
    if user.pk == ending.asked_by_id:
        raise PermissionDenied(_("U vroeg dit zelf. Iemand anders moet het bevestigen."))


@Check
def can_cancel_ending(user: Any, ending: Ending) -> None:
    """Let an entry stay: whoever asked for its end, as long as nobody confirmed it; else who may decide on it."""
    if ending.state != EndingState.ASKED or user.pk != ending.asked_by_id:
        can_decide_on(user, ending.entry)


@Check
def can_see_upload(user: Any, upload: Upload) -> None:
    """See a file that an organisation sent in, and what its rows would do."""
    can_see(user, upload.organisation)


@Check
def can_change_upload(user: Any, upload: Upload) -> None:
    """Take a file over, undo that, or throw it away: whoever writes for the organisation."""
    can_write(user, upload.organisation)


# --- What a provider says of what our editors wrote ------------------------------------------------------------------


@Check
def can_claim(user: Any, entry: Entry) -> None:
    """Say for the provider that a text of our editors is right or not, or write it anew."""
    can_write(user, entry.organisation)
    if entry.organisation.verified_at is None:
        raise PermissionDenied(_("Wij hebben uw organisatie nog niet gecontroleerd. Bevestigen kan daarna."))


@Check
def can_decide_claim(user: Any, claim: Claim) -> None:
    """Confirm a text, or send a dispute to our editors: a publisher, who did not ask for the confirmation."""
    can_publish(user, claim.entry.organisation)
    if claim.kind == ClaimKind.CONFIRM and user.pk == claim.asked_by_id:
        raise PermissionDenied(_("U vroeg dit zelf. Iemand anders moet bevestigen dat de tekst klopt."))


@Check
def can_withdraw_claim(user: Any, claim: Claim) -> None:
    """Take a claim back: who asked, as long as nobody decided, and every publisher."""
    can_claim(user, claim.entry)
    if claim.state != ClaimState.ASKED or user.pk != claim.asked_by_id:
        can_publish(user, claim.entry.organisation)


@Check
def can_judge_claim(user: Any, claim: Claim) -> None:
    """Look at a dispute and answer it: our editors, but not who spoke for the provider."""
    can_edit_for_portal(user)
    if user.pk in {claim.asked_by_id, claim.decided_by_id}:
        raise PermissionDenied(_("U sprak zelf voor de zorgverlener. Een andere redacteur moet dit doen."))


@Check
def can_approve_answer(user: Any, claim: Claim) -> None:
    """Approve what another editor answers to a dispute."""
    can_judge_claim(user, claim)
    if user.pk == claim.answered_by_id:
        raise PermissionDenied(_("U schreef dit antwoord zelf. Een andere redacteur moet het goedkeuren."))


# --- Joined products, and for whom an entry holds --------------------------------------------------------------------


@Check
def can_decide_merge(user: Any, merge: Merge) -> None:
    """Join two products, or undo it: an editor other than who asked."""
    can_edit_for_portal(user)
    asked = merge.undo_asked_by_id if merge.state == MergeState.UNDO_ASKED else merge.asked_by_id
    if user.pk == asked:
        raise PermissionDenied(_("U vroeg dit zelf. Een andere redacteur moet beslissen."))


@Check
def can_choose_for_whom(user: Any, entry: Entry) -> None:
    """Say for which organisations below its owner an entry holds."""
    if _is_editorial(entry):
        can_edit_for_portal(user)
    else:
        can_publish(user, entry.organisation)


@Check
def can_decide_leave_out(user: Any, leave_out: LeaveOut) -> None:
    """Agree that an entry does not hold for an organisation, or not."""
    can_choose_for_whom(user, leave_out.entry)


@Check
def can_withdraw_leave_out(user: Any, leave_out: LeaveOut) -> None:
    """Take the wish back: a publisher of the organisation itself."""
    can_publish(user, leave_out.organisation)
    if leave_out.state not in {LeaveOutState.ASKED, LeaveOutState.ACCEPTED}:
        raise PermissionDenied(_("Deze vraag is al klaar."))
