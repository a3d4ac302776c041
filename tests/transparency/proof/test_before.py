"""What was published before there was a log gets its lines by the migration, in the order in which it came."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from portal.core import append_only
from tests.factories.transparency import published_entry, published_system, with_notice
from tests.support.tampering import without_triggers
from transparency.actions.publication_log import publish_daily_head
from transparency.actions.publishing import end_entry, publish_notice
from transparency.models import DailyHead, LogHead, PublicationEvent, Seal
from transparency.proof.controleer import GENESIS
from transparency.proof.verify import verify
from transparency.states import NoticeKind

pytestmark = pytest.mark.django_db
migration = import_module("transparency.migrations.0007_log_of_before")


class Editor:
    """What a migration is given to write with."""

    connection = connection


def forgotten():
    """Take the log away as the migration backwards does, and put the triggers back as `migrate` does."""
    with without_triggers():
        migration.forget_log(apps, Editor)


def lines():
    found = PublicationEvent.objects.order_by("pk").values_list("kind", "subject", "version", "is_example")
    return list(found)


@pytest.fixture
def before(now):
    """A register with a log that is forgotten: {name: uuid}."""
    late = published_entry(at=now)
    early = published_entry(at=now.replace(day=1), organisation__example=True)
    system = published_system()
    with_notice(late)
    publish_notice(entry=early, kind=NoticeKind.STOP, text="Stop.", by=None, now=now.replace(day=3))
    end_entry(entry=early, reason="Weg.", by=None, now=now.replace(day=5), successor=late)
    published_entry(at=now.replace(day=4))
    publish_daily_head(now)
    forgotten()
    return {"late": late.uuid, "early": early.uuid, "system": system.uuid}


def test_backwards_leaves_no_line(before):
    assert (lines(), Seal.objects.count(), DailyHead.objects.count()) == ([], 0, 0)
    assert (LogHead.objects.get().number, LogHead.objects.get().hash) == (0, GENESIS)
    assert append_only.missing(connection) == []


def test_every_act_gets_its_line_in_order_and_the_log_holds(before):
    migration.write_log(apps, Editor)

    found = lines()
    assert found[:2] == [
        ("ENTRY_PUBLISHED", before["early"], 1, True), ("NOTICE_PUBLISHED", before["early"], None, True),
    ]  # fmt: skip
    assert found[3] == ("ENTRY_REPLACED", before["early"], None, True)
    assert {found[4], found[5]} == {
        ("SYSTEM_PUBLISHED", before["system"], 1, False), ("ENTRY_PUBLISHED", before["late"], 1, False),
    }  # fmt: skip
    assert found[6] == ("NOTICE_PUBLISHED", before["late"], None, False)
    assert [str(fault) for fault in verify()] == []


def test_it_does_nothing_when_there_are_lines(before):
    migration.write_log(apps, Editor)
    hashes = list(PublicationEvent.objects.order_by("pk").values_list("own_hash", flat=True))

    migration.write_log(apps, Editor)

    assert list(PublicationEvent.objects.order_by("pk").values_list("own_hash", flat=True)) == hashes


def test_what_is_published_after_it_goes_on_where_it_ended(before):
    migration.write_log(apps, Editor)

    published_entry()

    assert LogHead.objects.get().number == 8
    assert [str(fault) for fault in verify()] == []


def test_empty_register_has_an_empty_log():
    migration.write_log(apps, Editor)

    assert lines() == []
