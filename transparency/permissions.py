"""Who may write and approve a text, and tell the world of an incident; each check says why not, in plain words."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from portal.accounts.permissions import can_edit_for_portal
from portal.core.permissions import Check
from portal.organisations.permissions import can_coordinate, can_publish, can_see, can_write
from transparency.models import Draft, Ending, Entry, Notice, Reading, Upload
from transparency.states import DraftState, EndingState, Origin


def _is_editorial(entry: Entry | None) -> bool:
    """Whether our own editors write it: a system, or an entry from public sources."""
    return entry is None or entry.origin == Origin.EDITORIAL


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
    if draft.entry is None:
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
    elif entry.organisation.verified_at is None or not can_edit_for_portal.ok(user):
        can_publish(user, entry.organisation)


@Check
def can_decide_draft(user: Any, draft: Draft) -> None:
    """Approve or return a draft: a publisher who neither wrote last nor submitted it (four eyes)."""
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
