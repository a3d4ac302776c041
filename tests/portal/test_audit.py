"""The log says who did what; the revision rises with every public change and never without one."""

import datetime
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from portal.accounts.models import User
from portal.audit.describe import SENTENCES
from portal.audit.models import AuditEvent, Revision
from portal.audit.record import record
from portal.audit.revision import current_revision, raise_revision

AT = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)


class Undo(Exception):
    """Raised in a test to roll a transaction back."""


@transaction.atomic
def undone(action, *args, **fields):
    """Do `action` in a transaction that fails after it."""
    action(*args, **fields)
    raise Undo


@pytest.mark.django_db
def test_record_keeps_what_it_is_told():
    user = User.objects.create_user("anna@ziekenhuis.example")

    record("entry.published", by=user, target="entry:1234", now=AT, version=3)

    event = AuditEvent.objects.get()
    assert (event.kind, event.actor_id, event.target, event.data, event.happened_at) == (
        "entry.published", user.pk, "entry:1234", {"version": 3}, AT,
    )  # fmt: skip


@pytest.mark.django_db
def test_command_has_no_actor():
    record("entry.published", by=None, target="entry:1234", now=AT)

    assert AuditEvent.objects.get().actor_id is None


@pytest.mark.django_db
def test_log_outlives_the_person():
    user = User.objects.create_user("anna@ziekenhuis.example")
    record("entry.published", by=user, target="entry:1234", now=AT)
    number = user.pk

    user.delete()

    assert AuditEvent.objects.get().actor_id == number


@pytest.mark.django_db
def test_unknown_kind_is_refused():
    with pytest.raises(KeyError, match=r"entry\.eaten"):
        record("entry.eaten", by=None, target="entry:1234", now=AT)


@pytest.mark.django_db
def test_refused_kind_is_not_logged():
    with pytest.raises(KeyError):
        record("entry.eaten", by=None, target="entry:1234", now=AT)

    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_record_rolls_back_with_the_change_it_tells_about():
    with pytest.raises(Undo):
        undone(record, "entry.published", by=None, target="entry:1234", now=AT)

    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_event_is_shown_by_moment_kind_and_target():
    record("entry.published", by=None, target="entry:1234", now=AT)

    assert str(AuditEvent.objects.get()) == "2026-11-22 09:00 entry.published entry:1234"


@pytest.mark.parametrize("kind", SENTENCES)
def test_kind_is_noun_dot_verb(kind):
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", kind)


@pytest.mark.parametrize("kind", SENTENCES)
def test_every_kind_is_a_dutch_sentence(kind):
    with translation.override("nl"):
        sentence = str(SENTENCES[kind])

    assert re.fullmatch(r"[A-Z].+ .+\.", sentence)


def test_no_two_kinds_read_the_same():
    assert len({str(sentence) for sentence in SENTENCES.values()}) == len(SENTENCES)


@pytest.mark.django_db
def test_raising_adds_one():
    before = current_revision()

    with transaction.atomic():
        raise_revision()

    assert current_revision() == before + 1


@pytest.mark.django_db
def test_raising_rolls_back_with_the_change():
    before = current_revision()

    with pytest.raises(Undo):
        undone(raise_revision)

    assert current_revision() == before


@pytest.mark.usefixtures("django_db_setup")
def test_raising_outside_a_transaction_is_refused(django_db_blocker):
    with django_db_blocker.unblock():
        before = current_revision()
        with pytest.raises(transaction.TransactionManagementError):
            raise_revision()
        after = current_revision()
        connection.close_if_unusable_or_obsolete()

    assert after == before


@pytest.mark.django_db
def test_revision_is_one_row():
    with pytest.raises(IntegrityError, match="revision_one_row"), transaction.atomic():
        Revision.objects.create(pk=2)


@pytest.mark.django_db
def test_asking_the_revision_is_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        current_revision()


@pytest.mark.django_db
def test_revision_is_shown_as_its_number():
    assert str(Revision.objects.get()) == str(current_revision())
