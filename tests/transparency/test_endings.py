"""Withdrawing and replacing an entry, and warning about it."""

import pytest
from django.db import IntegrityError, transaction

from portal.audit.models import AuditEvent
from portal.audit.revision import current_revision
from portal.core.workflow import StepNotAllowed
from tests.factories.transparency import COMPLETE, EntryFactory, published_entry, with_notice
from transparency.actions.publishing import end_entry, publish_entry, publish_notice
from transparency.models import Entry, Notice, PublicRecord
from transparency.states import NoticeKind, State

pytestmark = pytest.mark.django_db


def end(entry, now, **more):
    end_entry(entry=entry, by=None, now=now, **{"reason": "Het werkte niet goed.", **more})


def test_withdrawn_entry_keeps_its_text_with_reason_and_date(now):
    entry = published_entry()

    end(entry, now, reason_en="It did not work well.")

    entry = Entry.objects.get()
    assert (entry.state, entry.ended_at, entry.successor) == (State.WITHDRAWN, now, None)
    assert (entry.ending_reason, entry.ending_reason_en) == ("Het werkte niet goed.", "It did not work well.")
    assert entry.current_version.content == COMPLETE


def test_withdrawn_entry_no_longer_stands_in_the_register(now):
    entry = published_entry()

    end(entry, now)

    assert not PublicRecord.objects.listed().exists()
    assert not Entry.objects.listed().exists()
    assert Entry.objects.public().get() == entry


def test_replaced_entry_points_to_its_successor(now):
    entry, successor = published_entry(), published_entry()

    end(entry, now, successor=successor)

    entry.refresh_from_db()
    assert (entry.state, entry.successor) == (State.REPLACED, successor)
    assert PublicRecord.objects.listed().get().entry == successor
    assert PublicRecord.objects.get(entry=entry).card["ended"] == State.REPLACED


def test_page_of_a_replaced_entry_says_how_its_successor_is_called_now(client, now):
    entry, successor = published_entry(), published_entry(content={"name": "Eerste naam"})
    end(entry, now, successor=successor)
    assert "Lees verder bij: Eerste naam" in client.get(entry.get_absolute_url()).text

    content = successor.current_version.content | {"name": "Tweede naam"}
    publish_entry(entry=successor, content=content, reason="Andere naam.", responsible="x", by=None, now=now)

    assert "Lees verder bij: Tweede naam" in client.get(entry.get_absolute_url()).text


def test_successor_must_be_public(now):
    entry, draft = published_entry(), EntryFactory()

    with pytest.raises(StepNotAllowed):
        end(entry, now, successor=draft)

    entry.refresh_from_db()
    assert entry.state == State.PUBLISHED


def test_entry_cannot_succeed_itself(now):
    entry = published_entry()

    with pytest.raises((StepNotAllowed, IntegrityError)), transaction.atomic():
        end(entry, now, successor=entry)

    entry.refresh_from_db()
    assert entry.state == State.PUBLISHED


def test_ending_needs_a_reason(now):
    entry = published_entry()

    with pytest.raises(IntegrityError, match="entry_ended_has_reason"), transaction.atomic():
        end(entry, now, reason="")


@pytest.mark.parametrize("is_replaced", [False, True])
def test_ending_is_logged_and_raises_the_revision_once(is_replaced, now):
    entry, successor = published_entry(), published_entry() if is_replaced else None
    revision = current_revision()

    end(entry, now, successor=successor)

    event = AuditEvent.objects.latest("pk")
    assert event.kind == ("entry.replaced" if is_replaced else "entry.withdrawn")
    assert (event.target, event.happened_at) == (f"entry:{entry.uuid}", now)
    assert current_revision() == revision + 1


def test_second_of_two_people_who_end_an_entry_is_told_so(now):
    entry = published_entry()
    seen_before = Entry.objects.get(pk=entry.pk)
    end(entry, now)
    events = AuditEvent.objects.count()

    with pytest.raises(StepNotAllowed, match="changed meanwhile"):
        end(seen_before, now, reason="Een andere reden.")

    entry.refresh_from_db()
    assert entry.ending_reason == "Het werkte niet goed."
    assert AuditEvent.objects.count() == events


def test_ending_that_is_rolled_back_leaves_no_trace(now):
    entry = published_entry()
    revision, events = current_revision(), AuditEvent.objects.count()

    with transaction.atomic():
        end(entry, now)
        transaction.set_rollback(True)

    entry.refresh_from_db()
    assert (entry.state, PublicRecord.objects.count()) == (State.PUBLISHED, 1)
    assert (current_revision(), AuditEvent.objects.count()) == (revision, events)


# --- Notices ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_notice_of_every_kind_stands_on_the_entry_and_its_card(kind):
    entry = published_entry()

    notice = with_notice(entry, kind=kind)

    assert entry.notices.get() == notice
    assert PublicRecord.objects.get().card["notice"] == kind


def test_card_shows_the_newest_notice(now):
    entry = published_entry()

    for day, kind in ((3, NoticeKind.PAUSE), (1, NoticeKind.INCIDENT), (2, NoticeKind.RECALL)):
        publish_notice(entry=entry, kind=kind, text="Let op.", by=None, now=now.replace(day=day))

    assert PublicRecord.objects.get().card["notice"] == NoticeKind.PAUSE


def test_notice_is_logged_without_its_text_and_raises_the_revision_once(now):
    entry = published_entry()
    revision = current_revision()

    with_notice(entry, kind=NoticeKind.RECALL, text="Lange uitleg.")

    event = AuditEvent.objects.latest("pk")
    assert (event.kind, event.target) == ("notice.published", f"entry:{entry.uuid}")
    assert event.data == {"notice": "RECALL"}
    assert current_revision() == revision + 1


def test_draft_has_no_notices():
    with pytest.raises(StepNotAllowed):
        with_notice(EntryFactory())

    assert not Notice.objects.exists()


def test_entry_that_ended_can_still_be_warned_about(now):
    entry = published_entry()
    end(entry, now)

    with_notice(entry)

    assert entry.notices.count() == 1
    assert PublicRecord.objects.get().card["notice"] == NoticeKind.SAFETY
    assert not PublicRecord.objects.listed().exists()
