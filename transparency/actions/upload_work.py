"""What the job writes for a file: its rows as it reads them, who is busy with it, and that it is done or cannot be.

A worker claims a file for a minute and says again and again that it is still there. One that was killed says nothing
any more: another then begins that step anew. What was half read is forgotten; what was half written, the database
took back by itself, for every step writes in one transaction.
"""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q

from portal.organisations.models import Organisation
from portal.organisations.permissions import with_those_above, with_those_below
from transparency.actions.uploads import take
from transparency.models import Upload, UploadLine
from transparency.uploads.states import BUSY_UPLOAD, UploadState

LEASE = datetime.timedelta(seconds=60)
MOST_ATTEMPTS = 3
GAVE_UP = "Dit lukte drie keer niet. Er is niets veranderd. Deel het bestand op in kleinere bestanden."


def near(organisation: Organisation) -> set[int]:
    """The organisations whose files may be about the same entries: those below and those above."""
    return with_those_below([organisation.pk]) | {one.pk for one in with_those_above(organisation)}


def finished_near(organisation: Organisation) -> int:
    """How often a file of an organisation near was taken over or back; it only goes up, whatever clocks say."""
    there = Upload.objects.filter(organisation__in=near(organisation))
    told = there.aggregate(taken=Count("taken_at"), undone=Count("undone_at"))
    return int(told["taken"] + told["undone"])


class Lost(Exception):
    """Another worker has the file now, or somebody threw it away."""


def claim_next(now: datetime.datetime) -> Upload | None:
    """The file that waits longest and with which nobody is busy, now claimed; None when there is none."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    waiting = Upload.objects.filter(free, state__in=BUSY_UPLOAD)
    for pk in waiting.order_by("uploaded_at", "pk").values_list("pk", flat=True)[:10]:
        claim = uuid.uuid4()
        mine = waiting.filter(pk=pk).update(claim=claim, claimed_until=now + LEASE, attempts=F("attempts") + 1)
        if mine:
            return Upload.objects.without_file().select_related("organisation", "accepted_by", "undone_by").get(pk=pk)
    return None


def still_mine(upload: Upload, now: datetime.datetime, **fields: Any) -> None:
    """Hold on to a claimed file, and keep `fields` of it. Raises Lost when it is no longer ours."""
    mine = Upload.objects.filter(pk=upload.pk, claim=upload.claim, state=upload.state)
    if not mine.update(claimed_until=now + LEASE, **fields):
        raise Lost


@transaction.atomic
def begin_reading(*, upload: Upload, form: str, total: int, now: datetime.datetime) -> None:
    """Begin with the first row, whatever was read before. Raises Lost."""
    finished = finished_near(upload.organisation)
    still_mine(upload, now, form=form, total=total, done=0, counts={}, finished_before=finished)
    upload.lines.all().delete()


@transaction.atomic
def keep_lines(*, upload: Upload, lines: list[UploadLine], done: int, now: datetime.datetime) -> None:
    """Keep the rows that were read; `done` of them are now. Raises Lost."""
    still_mine(upload, now, done=done)
    for line in lines:
        line.upload = upload
    UploadLine.objects.bulk_create(lines)


@transaction.atomic
def show_plan(*, upload: Upload, other_names: Iterable[Any] = (), now: datetime.datetime) -> None:
    """Every row was read: people may look, and say whose the `other_names` in it are. Raises Lost."""
    found = upload.lines.values_list("outcome").annotate(number=Count("pk")).order_by()
    counts = Counter(dict(found))
    still_mine(upload, now)
    known: dict[str, Any] = {
        "counts": counts,
        "other_names": list(other_names),
        "done": counts.total(),
        "total": counts.total(),
    }
    take(upload, "show", **known, read_at=now)


@transaction.atomic
def refuse_file(*, upload: Upload, reason: str, now: datetime.datetime) -> None:
    """The file cannot be read: `reason` says why and what to do. Raises Lost."""
    still_mine(upload, now)
    upload.lines.all().delete()
    take(upload, "refuse", error=reason, read_at=now)


@transaction.atomic
def read_again(*, upload: Upload, now: datetime.datetime) -> None:
    """Something changed after the rows were looked at: read the file again. Raises Lost."""
    still_mine(upload, now)
    take(upload, "read_again", is_anew=True, total=0, done=0)


@transaction.atomic
def give_up(*, upload: Upload, reason: str, now: datetime.datetime) -> None:
    """Leave everything as it was before this step; `reason` says why. Raises Lost."""
    if upload.state == UploadState.WAITING:
        refuse_file(upload=upload, reason=reason, now=now)
        return
    still_mine(upload, now)
    take(upload, "give_up", error=reason)


def forget(*, before: datetime.datetime, long_before: datetime.datetime) -> int:
    """Erase files sent in before `before` and what their rows said; and who sent one before `long_before`.

    What was never taken over is thrown away. Which row made which entry stays. Returns how many files were erased.
    """
    old = Upload.objects.filter(uploaded_at__lt=before).exclude(state__in=BUSY_UPLOAD)
    left = [UploadState.PLANNED, UploadState.UNREADABLE]
    for upload in old.filter(state__in=left).without_file():
        with transaction.atomic():
            take(upload, "discard", data=None, other_names=[])
            upload.lines.all().delete()
    with transaction.atomic():
        said = UploadLine.objects.filter(upload__in=old.filter(data__isnull=False).values("pk"))
        said.update(values={}, before={}, told=[])
        erased = old.filter(data__isnull=False).update(data=None, error="", other_names=[])
    Upload.objects.filter(uploaded_at__lt=long_before).update(uploaded_by=None, accepted_by=None, undone_by=None)
    return erased
