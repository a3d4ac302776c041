"""Every state of a file with every step, by hand; and what the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.core.workflow import StepNotAllowed
from tests.transparency.uploads.helpers import as_json, place, read, row, sent
from transparency.models import Upload, UploadLine
from transparency.uploads.states import BUSY_UPLOAD, UPLOAD, LineOutcome, UploadState

# (state, step) → the state it leads to; every pair that does not stand here is refused.
ALLOWED = {
    ("WAITING", "show"): "PLANNED",
    ("WAITING", "refuse"): "UNREADABLE",
    ("WAITING", "discard"): "DISCARDED",
    ("PLANNED", "accept"): "ACCEPTED",
    ("PLANNED", "discard"): "DISCARDED",
    ("PLANNED", "read_again"): "WAITING",
    ("UNREADABLE", "discard"): "DISCARDED",
    ("ACCEPTED", "finish"): "DONE",
    ("ACCEPTED", "read_again"): "WAITING",
    ("ACCEPTED", "give_up"): "PLANNED",
    ("DONE", "undo"): "UNDOING",
    ("UNDOING", "finish"): "UNDONE",
    ("UNDOING", "give_up"): "DONE",
}
STATES = ("WAITING", "PLANNED", "UNREADABLE", "ACCEPTED", "DONE", "UNDOING", "UNDONE", "DISCARDED")
STEPS = ("show", "refuse", "accept", "finish", "read_again", "give_up", "undo", "discard")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", STEPS)
def test_step_leads_where_the_table_says_or_is_refused(state, step):
    if (state, step) in ALLOWED:
        assert UPLOAD.step(state, step).target == ALLOWED[state, step]
        return

    with pytest.raises(StepNotAllowed):
        UPLOAD.step(state, step)


def test_table_has_no_state_or_step_that_this_test_does_not_know():
    assert set(UploadState.values) == set(STATES)
    assert {step.name for state in UploadState for step in UPLOAD.steps_from(state)} == set(STEPS)
    assert {state.value for state in BUSY_UPLOAD} == {"WAITING", "ACCEPTED", "UNDOING"}


@pytest.mark.parametrize("enum", [UploadState, LineOutcome], ids=lambda enum: enum.__name__)
def test_every_code_has_its_own_dutch_words(enum):
    assert len(set(enum.labels)) == len(enum.labels)


def refused(name):
    """The database refuses what happens inside, by the constraint `name` (SQLite names columns for unique ones)."""
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"state": "WEG"}, "upload_state"),
        ({"data": None}, "upload_has_file"),
        ({"state": "DONE", "taken_at": None}, "upload_done_has_time"),
    ],
)
def test_database_refuses_a_file_that_cannot_be(values, name):
    upload = sent(place(), as_json(row()))

    with refused(name), transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(**values)


@pytest.mark.django_db
def test_database_refuses_an_outcome_that_is_none_and_a_row_twice():
    upload = read(place(), as_json(row()))
    line = upload.lines.get()

    with refused("upload_line_outcome"), transaction.atomic():
        UploadLine.objects.filter(pk=line.pk).update(outcome="MISSCHIEN")
    with refused("position|upload_line_once"), transaction.atomic():
        UploadLine.objects.create(upload=upload, position=line.position, place="x", outcome="NEW", raw_hash="x")


@pytest.mark.django_db
def test_rows_and_files_are_named_by_numbers_only():
    upload = read(place(), as_json(row("Geheim")), "geheim.json")

    assert "geheim" not in f"{upload} {upload.lines.get()}".lower()
    assert upload.uploaded_at == timezone.now()
