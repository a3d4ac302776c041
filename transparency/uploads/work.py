"""The work on files, done by `manage.py run_jobs`: read, take over or take back; nothing is ever half done."""

import datetime
import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import PurePath

from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from portal.core.workflow import StepNotAllowed
from transparency.actions.taking import ChangedMeanwhile, take_back, take_over
from transparency.actions.upload_work import (
    GAVE_UP,
    MOST_ATTEMPTS,
    Lost,
    begin_reading,
    claim_next,
    forget,
    give_up,
    keep_lines,
    read_again,
    refuse_file,
    show_plan,
)
from transparency.exchange.readers.row import Row
from transparency.exchange.report import ExchangeError
from transparency.models import Upload
from transparency.uploads.planning import LinePlanner
from transparency.uploads.reading import read_file
from transparency.uploads.states import UploadState

BATCH = 100
DAYS = 30  # that a file and what its rows say are kept
YEARS = 2  # that is kept who sent it
NOT_ALLOWED = "Wie dit koos, mag niet meer schrijven voor deze organisatie. Er is niets veranderd."
NO_ROWS = (
    "Er staan geen regels in dit bestand. Kies een bestand met regels onder de namen van de kolommen. "
    "De regel van ons voorbeeld telt niet mee."
)
_log = logging.getLogger(__name__)


def work_on_uploads(now: datetime.datetime) -> int:
    """Do what waits, file by file; returns how many steps were done."""
    done = 0
    while (upload := claim_next(now)) is not None:
        _step(upload)
        done += 1
        now = timezone.now()
    return done


def forget_old_uploads(now: datetime.datetime) -> int:
    """Erase what has been kept long enough."""
    return forget(
        before=now - datetime.timedelta(days=DAYS), long_before=now - datetime.timedelta(days=365 * YEARS)
    )  # fmt: skip


STEPS: dict[str, Callable[[Upload], None]] = {}


def _step(upload: Upload) -> None:
    """One step of one file. Whatever goes wrong is told on its page, or tried again."""
    try:
        with translation.override("nl"):
            if upload.attempts > MOST_ATTEMPTS:
                give_up(upload=upload, reason=GAVE_UP, now=timezone.now())
            else:
                STEPS[upload.state](upload)
    except (Lost, StepNotAllowed):
        _log.info("upload %s is no longer ours", upload.pk)
    except Exception:  # whatever it is, other files go on; this one is tried again when its claim is over
        _log.exception("upload %s failed at attempt %s", upload.pk, upload.attempts)


def _read(upload: Upload) -> None:
    """Read the file and keep what each row would do."""
    try:
        form, rows, total = read_file(_data_of(upload), PurePath(upload.name).stem)
        begin_reading(upload=upload, form=form, total=total, now=timezone.now())
        planner = LinePlanner.of(upload)
        done = 0
        for batch in _batches(rows):
            lines = [planner.plan(row, form, position) for position, row in enumerate(batch, start=done + 1)]
            done += len(lines)
            keep_lines(upload=upload, lines=lines, done=done, now=timezone.now())
    except ExchangeError as error:
        refuse_file(upload=upload, reason=str(error), now=timezone.now())
        return
    if done:
        show_plan(upload=upload, other_names=planner.owners.other_names(), now=timezone.now())
    else:
        refuse_file(upload=upload, reason=NO_ROWS, now=timezone.now())


def _data_of(upload: Upload) -> bytes:
    data = Upload.objects.values_list("data", flat=True).get(pk=upload.pk)
    return bytes(data or b"")


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    there = iter(rows)
    while batch := list(islice(there, BATCH)):
        yield batch


def _take_over(upload: Upload) -> None:
    try:
        take_over(upload=upload, now=timezone.now())
    except ChangedMeanwhile:
        read_again(upload=upload, now=timezone.now())
    except PermissionDenied:
        give_up(upload=upload, reason=NOT_ALLOWED, now=timezone.now())


def _take_back(upload: Upload) -> None:
    try:
        take_back(upload=upload, now=timezone.now())
    except PermissionDenied:
        give_up(upload=upload, reason=NOT_ALLOWED, now=timezone.now())


STEPS |= {UploadState.WAITING: _read, UploadState.ACCEPTED: _take_over, UploadState.UNDOING: _take_back}
