"""Every public act writes one line of the log, in its own transaction, and no person stands in it."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.audit.revision import current_revision
from portal.core.workflow import StepNotAllowed
from portal.home.jobs import JOBS
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory
from tests.factories.proof import redacted
from tests.factories.transparency import COMPLETE, EntryFactory, published_entry, published_system, with_notice
from transparency.actions import publishing
from transparency.actions.publication_log import log_notice_step, log_version, publish_daily_head
from transparency.actions.publishing import end_entry, publish_entry, publish_notice, publish_system
from transparency.actions.upkeep import rebuild_public
from transparency.models import DailyHead, LogHead, PublicationEvent, Seal
from transparency.proof.controleer import GENESIS, content_hash, line_hash
from transparency.proof.lines import line_of
from transparency.states import EventKind, NoticeKind

pytestmark = pytest.mark.django_db


class Undo(Exception):
    """Raised in a test to roll a transaction back."""


@transaction.atomic
def published_and_undone():
    published_entry()
    raise Undo


def lines():
    """(number, kind, subject, version) of every line."""
    found = PublicationEvent.objects.order_by("number")
    return list(found.values_list("number", "kind", "subject", "version"))


def head():
    return LogHead.objects.get(pk=1)


# --- One line per act -----------------------------------------------------------------------------------------------


def test_empty_log_begins_with_zeros():
    assert (head().number, head().hash, lines()) == (0, GENESIS, [])


def test_every_act_is_a_line(now):
    system = published_system()
    publish_system(system=system, content={"name": "B"}, reason="Beter.", responsible="x", by=None, now=now)
    old, new = published_entry(), published_entry()
    notice = with_notice(old)
    with transaction.atomic():
        log_notice_step(EventKind.NOTICE_CONFIRMED, notice, now=now)
        log_notice_step(EventKind.NOTICE_CLOSED, notice, now=now, reason="Het is opgelost.", reason_en="")
    end_entry(entry=old, reason="Vervangen.", by=None, now=now, successor=new)
    end_entry(entry=new, reason="Gestopt.", by=None, now=now)
    redacted(old)

    assert lines() == [
        (1, "SYSTEM_PUBLISHED", system.uuid, 1),
        (2, "SYSTEM_PUBLISHED", system.uuid, 2),
        (3, "ENTRY_PUBLISHED", old.uuid, 1),
        (4, "ENTRY_PUBLISHED", new.uuid, 1),
        (5, "NOTICE_PUBLISHED", old.uuid, None),
        (6, "NOTICE_CONFIRMED", old.uuid, None),
        (7, "NOTICE_CLOSED", old.uuid, None),
        (8, "ENTRY_REPLACED", old.uuid, None),
        (9, "ENTRY_WITHDRAWN", new.uuid, None),
        (10, "TEXT_REDACTED", old.uuid, 1),
    ]


def test_what_an_act_said_is_sealed(now):
    old, new = published_entry(), published_entry()
    publish_notice(entry=old, kind=NoticeKind.PAUSE, text="Stop.", text_en="Halt.", link="", by=None, now=now)
    end_entry(entry=old, reason="Weg.", reason_en="Gone.", by=None, now=now, successor=new)

    told = list(Seal.objects.filter(pk__gt=2).order_by("pk").values_list("told", flat=True))

    assert told == [
        {"notice_kind": "PAUSE", "notice_published_at": "2026-11-22T09:00:00.000000Z", "text": "Stop.",
         "text_en": "Halt.", "link": ""},
        {"reason": "Weg.", "reason_en": "Gone.", "successor": str(new.uuid)},
    ]  # fmt: skip


def test_text_is_sealed_where_it_stands(now):
    entry = published_entry(content={"translations": {"en": {"purpose": "So we miss less."}}})

    seal = Seal.objects.get()

    assert (seal.version, seal.told) == (entry.current_version, {})
    assert set(seal.fields) == {
        *(f"content.{key}" for key in COMPLETE), "content.translations.en.purpose", "reason", "reason_en",
        "responsible",
    }  # fmt: skip
    assert seal.event.content_hash == content_hash(seal.fields)


def test_lines_hang_together():
    for _ in range(3):
        published_entry()

    events = list(PublicationEvent.objects.order_by("number"))

    assert [event.previous_hash for event in events] == [GENESIS, *(event.own_hash for event in events[:-1])]
    assert [event.own_hash for event in events] == [line_hash(line_of(event)) for event in events]
    assert (head().number, head().hash) == (3, events[-1].own_hash)


def test_moment_of_a_line_is_that_of_the_act(now):
    at = now - datetime.timedelta(days=40, microseconds=1)

    published_entry(at=at)

    assert PublicationEvent.objects.get().happened_at == at
    assert line_of(PublicationEvent.objects.get())["moment"] == "2026-10-13T08:59:59.999999Z"


def test_line_says_what_is_invented():
    published_entry(organisation__example=True)
    published_entry()

    assert list(PublicationEvent.objects.order_by("pk").values_list("is_example", flat=True)) == [True, False]


# --- With its act or not at all ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["refresh_entry", "record", "raise_revision"])
def test_act_that_fails_leaves_no_line(monkeypatch, name):
    def fail(*args, **kwargs):
        raise Undo

    monkeypatch.setattr(publishing, name, fail)

    with pytest.raises(Undo):
        published_entry()

    assert (lines(), head().number) == ([], 0)


def test_act_without_its_line_is_not_done(monkeypatch):
    monkeypatch.setattr(publishing, "log_version", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        published_entry()

    assert not PublicationEvent.objects.exists()
    assert not Seal.objects.exists()


def test_number_of_an_act_that_was_rolled_back_goes_to_the_next():
    published_entry()
    with pytest.raises(Undo):
        published_and_undone()
    published_entry()

    assert [number for number, *_rest in lines()] == [1, 2]


def test_what_may_not_be_published_has_no_line():
    with pytest.raises(ValidationError):
        publish_entry(entry=EntryFactory(), content={}, reason="x", responsible="x", by=None, now=None)

    assert lines() == []


def test_second_withdrawal_has_no_line(now):
    entry = published_entry()
    end_entry(entry=entry, reason="Weg.", by=None, now=now)

    with pytest.raises(StepNotAllowed):
        end_entry(entry=entry, reason="Weg.", by=None, now=now)

    assert [kind for _number, kind, *_rest in lines()] == ["ENTRY_PUBLISHED", "ENTRY_WITHDRAWN"]


def test_rebuilding_what_is_public_is_no_act():
    published_entry()

    rebuild_public()

    assert len(lines()) == 1


@pytest.mark.usefixtures("django_db_setup")
@pytest.mark.django_db(transaction=False)
def test_line_is_refused_outside_a_transaction(now, monkeypatch):
    entry = published_entry()
    monkeypatch.setattr("transparency.actions.publication_log.connection", type("C", (), {"in_atomic_block": False}))

    with pytest.raises(transaction.TransactionManagementError):
        log_version(entry.current_version, now=now)


def test_version_has_one_line(now):
    entry = published_entry()

    with pytest.raises(IntegrityError), transaction.atomic():
        log_version(entry.current_version, now=now)


def test_act_that_says_a_fraction_has_no_line(now):
    notice = with_notice(published_entry())

    with pytest.raises(ValueError, match="float"), transaction.atomic():
        log_notice_step(EventKind.NOTICE_CORRECTED, notice, now=now, text=0.5)

    assert len(lines()) == 2


# --- No person --------------------------------------------------------------------------------------------------------


def test_no_person_stands_in_the_log(now):
    user = UserFactory(name="Wilhelmina Zwart", email="wilhelmina@ziekenhuis.example")
    entry = EntryFactory()
    publish_entry(entry=entry, content=COMPLETE, reason="Nieuw.", responsible="De Linde", by=user, now=now)

    everything = str([*PublicationEvent.objects.values(), *Seal.objects.values()])

    assert "ilhelmina" not in everything
    assert {field.name for field in PublicationEvent._meta.get_fields()} == {
        "number", "kind", "subject", "subject_type", "version", "is_example", "happened_at", "content_hash",
        "previous_hash", "own_hash", "seal",
    }  # fmt: skip


# --- The head of each day ---------------------------------------------------------------------------------------------


def test_head_of_a_day_is_made_once(now):
    published_entry()

    made = [publish_daily_head(now + datetime.timedelta(hours=hours)) for hours in (0, 1, 10)]

    assert made == [1, 0, 0]
    assert list(DailyHead.objects.values_list("day", "number", "hash")) == [
        (datetime.date(2026, 11, 22), 1, head().hash)
    ]


def test_day_begins_at_midnight_in_amsterdam(now):
    published_entry()

    made = [publish_daily_head(now.replace(hour=hour, minute=59)) for hour in (21, 22, 23)]

    assert made == [1, 0, 1]
    assert [day.day for (day,) in DailyHead.objects.order_by("day").values_list("day")] == [22, 23]


def test_empty_log_has_no_head(now):
    assert publish_daily_head(now) == 0
    assert not DailyHead.objects.exists()


def test_new_head_makes_pages_new(now):
    published_entry()
    before = current_revision()

    publish_daily_head(now)

    assert current_revision() == before + 1


def test_head_is_made_by_the_clock():
    assert publish_daily_head in JOBS


def test_line_head_and_seal_say_what_they_are(now):
    entry = published_entry(organisation=OrganisationFactory())
    publish_daily_head(now)

    assert str(PublicationEvent.objects.get()) == f"1 ENTRY_PUBLISHED {entry.uuid}"
    assert str(head()) == f"1 {head().hash}"
    assert (str(DailyHead.objects.get()), str(Seal.objects.get())) == ("2026-11-22 1", "seal of line 1")
