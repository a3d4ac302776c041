"""What people do with a file: send it in, take it over, undo that, throw it away. The work itself is a job's."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.audit.record import record
from portal.core.text import one_line
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Organisation
from portal.organisations.permissions import can_write
from transparency.models import Upload, UploadLine
from transparency.permissions import can_change_upload
from transparency.uploads.states import BUSY_UPLOAD, UPLOAD, LineOutcome

LARGEST = 20 * 1024 * 1024  # bytes of one file
MOST_WAITING = 3  # files of one organisation that are being read or taken over
DAYS_TO_UNDO = 30
LONGEST_NAME = 200


def target_of(upload: Upload) -> str:
    """What an upload is about, as the log names it."""
    return f"organisation:{upload.organisation.uuid}"


@transaction.atomic
def begin_upload(*, organisation: Organisation, name: str, data: bytes, by: Any, now: datetime.datetime) -> Upload:
    """Keep a file of `organisation` to be read. Raises PermissionDenied, and ValidationError with what is wrong."""
    can_write(by, organisation)
    if not data:
        raise ValidationError(_("Dit bestand is leeg. Kies een bestand met regels erin."))
    if len(data) > LARGEST:
        raise ValidationError(_("Dit bestand is groter dan 20 megabyte. Deel het op in kleinere bestanden."))
    if Upload.objects.filter(organisation=organisation, state__in=BUSY_UPLOAD).count() >= MOST_WAITING:
        raise ValidationError(_("Er wachten al drie bestanden van deze organisatie. Wacht tot die klaar zijn."))
    shown = one_line(name.replace("\\", "/").rpartition("/")[2], LONGEST_NAME) or _("bestand")
    upload = Upload.objects.create(
        organisation=organisation, name=shown, size=len(data), data=data, uploaded_by=by, uploaded_at=now
    )
    record("upload.begun", by=by, target=target_of(upload), now=now, upload=str(upload.uuid))
    return upload


def take(upload: Upload, name: str, **fields: Any) -> None:
    """One step by compare-and-set; every step ends the claim of a worker. Raises StepNotAllowed when it was taken."""
    step = UPLOAD.step(upload.state, name)
    free = {"claim": None, "claimed_until": None, "attempts": 0}
    there = Upload.objects.filter(pk=upload.pk, state=step.source)
    if not there.update(**{**free, "state": step.target, **fields}):
        raise StepNotAllowed(f"{name}: the upload changed meanwhile")
    upload.refresh_from_db(fields=["state", *fields])


def changes_something(upload: Upload) -> bool:
    """Whether taking the file over would write anything."""
    return sum(upload.counts.get(outcome, 0) for outcome in (LineOutcome.NEW, LineOutcome.CHANGED)) > 0 or (
        UploadLine.objects.filter(upload=upload, outcome=LineOutcome.CONFLICT).exclude(values={}).exists()
    )


@transaction.atomic
def accept_upload(*, upload: Upload, skip_bad: bool, by: Any, now: datetime.datetime) -> None:
    """Have everything of the file taken over that can be; a job does it. `skip_bad`: leave bad rows out.

    Raises PermissionDenied, StepNotAllowed, and ValidationError when there are bad rows or nothing would change.
    """
    can_change_upload(by, upload)
    bad = upload.counts.get(LineOutcome.BAD, 0)
    if bad and not skip_bad:
        raise ValidationError(
            ngettext(
                "Er is %(number)d regel niet goed. Verbeter het bestand, of kies om die regel over te slaan.",
                "Er zijn %(number)d regels niet goed. Verbeter het bestand, of kies om die regels over te slaan.",
                bad,
            )
            % {"number": bad}
        )
    if not changes_something(upload):
        raise ValidationError(_("Er is niets om over te nemen."))
    take(upload, "accept", skip_bad=bool(bad), accepted_by=by, accepted_at=now, error="", is_anew=False)
    record("upload.accepted", by=by, target=target_of(upload), now=now, upload=str(upload.uuid))


@transaction.atomic
def say_same(*, upload: Upload, answers: Mapping[str, bool], by: Any, now: datetime.datetime) -> None:
    """Say of other names in the file (by key) whether they are of the organisation that was chosen; a job reads again.

    Raises PermissionDenied, StepNotAllowed, and ValidationError when nothing was said.
    """
    can_change_upload(by, upload)
    if not answers:
        raise ValidationError(_("Kies ja of nee."))
    names = [{**one, "same": answers.get(one["key"], one["same"])} for one in upload.other_names]
    take(upload, "read_again", other_names=names, total=0, done=0, error="", is_anew=False)
    record("upload.named", by=by, target=target_of(upload), now=now, upload=str(upload.uuid))


@transaction.atomic
def undo_upload(*, upload: Upload, by: Any, now: datetime.datetime) -> None:
    """Have taken back what the file did, where nobody wrote in it since; a job does it.

    Raises PermissionDenied, StepNotAllowed, and ValidationError when it is too long ago.
    """
    can_change_upload(by, upload)
    if not may_undo(upload, now):
        raise ValidationError(_("Terugdraaien kan tot 30 dagen na het overnemen."))
    take(upload, "undo", undone_by=by, error="")
    record("upload.undo_asked", by=by, target=target_of(upload), now=now, upload=str(upload.uuid))


def may_undo(upload: Upload, now: datetime.datetime) -> bool:
    """Whether it was taken over at most 30 days ago."""
    return upload.taken_at is not None and now - upload.taken_at <= datetime.timedelta(days=DAYS_TO_UNDO)


@transaction.atomic
def discard_upload(*, upload: Upload, by: Any, now: datetime.datetime) -> None:
    """Throw a file away that was not taken over, with what was read of it. Raises PermissionDenied, StepNotAllowed."""
    can_change_upload(by, upload)
    take(upload, "discard", data=None, other_names=[])
    upload.lines.all().delete()
    record("upload.discarded", by=by, target=target_of(upload), now=now, upload=str(upload.uuid))
