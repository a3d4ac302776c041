"""Everything that writes the papers of a meeting: added, taken off, sent."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from participation import meeting_emails as emails
from participation.actions.common import target_of
from participation.models import Meeting, MeetingPaper
from participation.papers import MOST_PAPERS, fault_of, form_of
from participation.states import MeetingState, PaperForm
from participation.together_permissions import can_run_meetings
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.text import clean, one_line
from portal.core.workflow import StepNotAllowed

LONGEST_TITLE = 150
LONGEST_TEXT = 50_000


def _locked(meeting: Meeting) -> Meeting:
    """The meeting, held for this transaction. Raises StepNotAllowed when it is over."""
    found = Meeting.objects.select_for_update().filter(pk=meeting.pk, state=MeetingState.PLANNED).first()
    if found is None:
        raise StepNotAllowed("papers: the meeting is over", told=_("Dit gesprek is al geweest of afgezegd."))
    return found


@transaction.atomic
def add_paper(
    *, meeting: Meeting, title: str, by: Any, now: datetime.datetime, text: str = "", name: str = "",
    data: bytes | None = None,
) -> MeetingPaper:  # fmt: skip
    """Put a paper with a planned meeting: `text`, or the file `name` with `data`. Nobody gets it before it is sent.

    Raises PermissionDenied, ValidationError by field, StepNotAllowed.
    """
    can_run_meetings(by, meeting.project)
    words = clean(text).strip()
    if data is None and not words:
        raise ValidationError({"file": _("Kies een bestand of plak de tekst.")})
    if data is not None and words:
        raise ValidationError({"file": _("Kies een bestand of plak de tekst, niet allebei.")})
    called = one_line(title, LONGEST_TITLE) or title_of(name)
    if not called:
        raise ValidationError({"title": _("Geef het stuk een naam.")})
    if len(words) > LONGEST_TEXT:
        raise ValidationError({"text": _("De tekst is te lang. Er passen %(most)d tekens.") % {"most": LONGEST_TEXT}})
    form: PaperForm | None = PaperForm.TEXT
    if data is not None:
        if fault := fault_of(data):
            raise ValidationError({"file": fault})
        form = form_of(data)
    assert form is not None  # noqa: S101 (a file without a fault has a form)
    _locked(meeting)
    if meeting.papers.count() >= MOST_PAPERS:
        raise ValidationError(_("Er staan al 20 stukken bij dit gesprek. Haal er eerst een weg."))
    made = meeting.papers.create(
        title=called, form=form, text=words, data=data, size=len(data or b""), added_by=by, added_at=now
    )
    record("paper.added", by=by, target=target_of(meeting.project), now=now, meeting=str(meeting.uuid))
    return made


def title_of(name: str) -> str:
    """What a file is called by its name: without folders, without the part after the last dot."""
    last = one_line(name.replace("\\", "/").rpartition("/")[2], LONGEST_TITLE)
    return (last.rpartition(".")[0] or last).strip(". ")


@transaction.atomic
def remove_paper(*, paper: MeetingPaper, by: Any, now: datetime.datetime) -> None:
    """Take off a paper that was not sent. Raises PermissionDenied, StepNotAllowed."""
    meeting = paper.meeting
    can_run_meetings(by, meeting.project)
    _locked(meeting)
    if not MeetingPaper.objects.filter(pk=paper.pk, sent_at__isnull=True).delete()[0]:
        raise StepNotAllowed("remove: the paper was sent", told=_("Dit stuk is al verstuurd. Het blijft staan."))
    record("paper.removed", by=by, target=target_of(meeting.project), now=now, meeting=str(meeting.uuid))


@transaction.atomic
def send_papers(*, meeting: Meeting, by: Any, now: datetime.datetime) -> int:
    """Send what was not sent yet to who is invited; how many papers. Everybody sees whether that was in time.

    Raises PermissionDenied, ValidationError when there is nothing or nobody to send to, StepNotAllowed.
    """
    can_run_meetings(by, meeting.project)
    _locked(meeting)
    if not meeting.attendances.filter(invited_at__isnull=False).exists():
        raise ValidationError(_("Er is nog niemand uitgenodigd. Nodig eerst mensen uit."))
    number = meeting.papers.filter(sent_at__isnull=True).update(sent_at=now)
    if not number:
        raise ValidationError(_("Er zijn geen nieuwe stukken om te sturen."))
    Meeting.objects.filter(pk=meeting.pk).update(papers_sent_at=now, revision=F("revision") + 1)
    meeting.refresh_from_db()
    record("paper.sent", by=by, target=target_of(meeting.project), now=now, meeting=str(meeting.uuid), number=number)
    emails.papers_sent(meeting)
    raise_revision()
    return number
