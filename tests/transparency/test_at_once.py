"""Several people at the same moment, on PostgreSQL with real threads: nothing lost, one result, a clear message.

SQLite lets one writer in at a time, so there is nothing to try there.
"""

import datetime
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from portal.core.workflow import StepNotAllowed
from tests.conftest import NOW
from tests.factories.life import asked_to_end, closing, make_hospital, public_entry, scheduled, submitted, told
from transparency.actions import drafts, endings, notices, rechecks
from transparency.jobs import end_due_entries, publish_due_drafts, remind
from transparency.models import Draft, Ending, Entry, Notice, Reminder, Version
from transparency.states import DraftState, NoticeKind, NoticeState, State

pytestmark = [
    pytest.mark.usefixtures("committed_db"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs writers beside each other"),
]
REFUSALS = (StepNotAllowed, ValidationError, PermissionDenied)
ROUNDS = 2  # a race is not lost every time


def together(*acts: Callable[[], Any]) -> list[Any]:
    """What came of each act, begun at the same moment in a thread and on a connection of its own."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            return act()
        except REFUSALS as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, act) for act in acts]]


def refused(results: list[Any]) -> list[Any]:
    return [result for result in results if isinstance(result, REFUSALS)]


def fresh(thing: Any) -> Any:
    """The same thing as another request reads it."""
    return type(thing).objects.get(pk=thing.pk)


def approving(draft: Draft, user: Any) -> Callable[[], Any]:
    read = fresh(draft)
    return lambda: drafts.approve(draft=read, revision=read.revision, by=user, now=NOW)


@pytest.mark.parametrize("turn", range(ROUNDS))
@pytest.mark.parametrize("who", ["publisher", "other"], ids=["double click", "two approvers"])
def test_text_is_published_once(who, turn):
    hospital = make_hospital()
    draft = submitted(hospital)

    results = together(approving(draft, hospital.publisher), approving(draft, getattr(hospital, who)))

    (refusal,) = refused(results)
    assert isinstance(refusal, StepNotAllowed)
    assert Version.objects.count() == 1
    assert fresh(draft).state == DraftState.PUBLISHED


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_text_that_is_taken_back_and_changed_is_not_the_one_approved(turn):
    hospital = make_hospital()
    draft = submitted(hospital)
    theirs = fresh(draft)

    def edit() -> None:
        drafts.take_back(draft=theirs, by=hospital.writer, now=NOW)
        drafts.save_answers(draft=theirs, answers={"name": "Anders"}, seen=theirs.revision, by=hospital.writer, now=NOW)

    results = together(approving(draft, hospital.publisher), edit)

    assert len(refused(results)) == 1
    published = Version.objects.values_list("content__name", flat=True)
    assert (list(published), fresh(draft).content["name"]) in [
        (["Breukkijker"], "Breukkijker"), ([], "Anders"),
    ]  # fmt: skip


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_text_is_approved_or_returned(turn):
    hospital = make_hospital()
    draft = submitted(hospital)
    theirs = fresh(draft)

    results = together(
        approving(draft, hospital.publisher),
        lambda: drafts.return_draft(draft=theirs, remarks="Korter.", by=hospital.other, now=NOW),
    )

    assert len(refused(results)) == 1
    assert (fresh(draft).state, Version.objects.count()) in [(DraftState.PUBLISHED, 1), (DraftState.RETURNED, 0)]


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_publishing_while_the_entry_leaves_ends_in_one_truth(turn):
    hospital = make_hospital()
    entry = public_entry(hospital)
    draft = drafts.start_correction(entry=entry, by=hospital.writer, now=NOW)
    drafts.submit(draft=draft, reason="Dit is nieuw.", by=hospital.writer, now=NOW)
    ending = asked_to_end(hospital, entry)
    theirs = fresh(ending)

    results = together(
        approving(draft, hospital.publisher), lambda: endings.confirm(ending=theirs, by=hospital.other, now=NOW)
    )

    entry.refresh_from_db()
    number, state = entry.current_version.number, fresh(draft).state
    assert entry.state == State.WITHDRAWN
    assert (number, state, len(refused(results))) in [
        (2, DraftState.PUBLISHED, 0), (1, DraftState.DISCARDED, 1),
    ]  # fmt: skip
    assert entry.versions.count() == number


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_end_is_confirmed_or_called_off(turn):
    hospital = make_hospital()
    ending = asked_to_end(hospital)
    one, other = fresh(ending), fresh(ending)

    results = together(
        lambda: endings.confirm(ending=one, by=hospital.publisher, now=NOW),
        lambda: endings.cancel(ending=other, by=hospital.writer, now=NOW),
    )

    assert len(refused(results)) == 1
    assert (fresh(ending).state, fresh(ending.entry).state) in [
        ("DONE", State.WITHDRAWN), ("CANCELLED", State.PUBLISHED),
    ]  # fmt: skip


def test_end_is_asked_for_once_by_two():
    hospital = make_hospital()
    entry = public_entry(hospital)
    acts = [
        lambda who=who: endings.ask(entry=fresh(entry), reason="We stoppen ermee.", by=who, now=NOW)
        for who in (hospital.writer, hospital.publisher)
    ]

    assert len(refused(together(*acts))) == 1
    assert Ending.objects.count() == 1


def test_same_notice_by_a_double_click_is_one():
    hospital = make_hospital()
    entry = public_entry(hospital)
    acts = [
        lambda second=second: notices.tell(
            entry=fresh(entry), kind=NoticeKind.STOP, text="We stoppen.", by=hospital.publisher,
            now=NOW + datetime.timedelta(seconds=second),
        )
        for second in range(2)
    ]  # fmt: skip

    assert len(refused(together(*acts))) == 1
    assert Notice.objects.count() == 1


def test_notice_is_confirmed_as_it_was_read():
    hospital = make_hospital()
    notice = told(hospital)
    read, theirs = fresh(notice), fresh(notice)

    results = together(
        lambda: notices.confirm(notice=read, by=hospital.other, now=NOW, seen=0),
        lambda: notices.correct(notice=theirs, text="Let goed op.", by=hospital.publisher, now=NOW),
    )

    now_there = fresh(notice)
    if now_there.text == "Let goed op.":
        assert now_there.state == NoticeState.UNCONFIRMED
    else:
        assert (now_there.state, len(refused(results))) == (NoticeState.CONFIRMED, 1)


def test_notice_is_closed_or_kept():
    hospital = make_hospital()
    notice = closing(hospital)
    one, other = fresh(notice), fresh(notice)

    results = together(
        lambda: notices.close(notice=one, by=hospital.other, now=NOW),
        lambda: notices.keep(notice=other, by=hospital.publisher, now=NOW),
    )

    assert len(refused(results)) == 1
    assert fresh(notice).state in {NoticeState.CLOSED, NoticeState.UNCONFIRMED}


def test_text_is_checked_once_by_two():
    hospital = make_hospital()
    entry = public_entry(hospital)
    acts = [
        lambda who=who: rechecks.ask(entry=fresh(entry), by=who, now=NOW)
        for who in (hospital.writer, hospital.publisher)
    ]

    assert len(refused(together(*acts))) == 1
    assert Draft.objects.open().count() == 1


# --- By the clock in two processes ------------------------------------------------------------------------------------


def test_clock_publishes_ends_and_reminds_once():
    hospital = make_hospital()
    later = NOW + datetime.timedelta(days=3)
    planned = [scheduled(hospital, later, slug=f"tekst-{n}") for n in range(3)]
    ending = asked_to_end(hospital, end_on=later.date())
    endings.confirm(ending=ending, by=hospital.publisher, now=NOW)
    public_entry(hospital, content={"next_review_date": "2026-12-01"})

    def clock() -> tuple[int, int, int]:
        return publish_due_drafts(later), end_due_entries(later), remind(later)

    results = together(clock, clock)

    assert [sum(column) for column in zip(*results, strict=True)] == [3, 1, 1]
    assert [fresh(draft).state for draft in planned] == [DraftState.PUBLISHED] * 3
    assert {entry.versions.count() for entry in Entry.objects.all()} == {1}
    assert Reminder.objects.count() == 1
