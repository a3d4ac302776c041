"""Every state of an entry with every step, by hand; and what the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.core.workflow import StepNotAllowed
from tests.factories.transparency import EntryFactory, NoticeFactory, SystemFactory, published_entry, published_system
from transparency.actions.publishing import end_entry
from transparency.models import AISystem, ContentLoad, Entry, PublicRecord, SearchWord, SystemVersion, Version
from transparency.states import ENTRY, NoticeKind, Origin, State

# (state, step) → the state it leads to; every pair that does not stand here is refused.
ALLOWED = {
    ("DRAFT", "publish"): "PUBLISHED",
    ("PUBLISHED", "correct"): "PUBLISHED",
    ("PUBLISHED", "withdraw"): "WITHDRAWN",
    ("PUBLISHED", "replace"): "REPLACED",
}
STATES = ("DRAFT", "PUBLISHED", "WITHDRAWN", "REPLACED")
STEPS = ("publish", "correct", "withdraw", "replace")
ENDINGS = [state for state in STATES if (state, "withdraw") not in ALLOWED]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("step", STEPS)
def test_step_leads_where_the_table_says_or_is_refused(state, step):
    if (state, step) in ALLOWED:
        assert ENTRY.step(state, step).target == ALLOWED[state, step]
        return

    with pytest.raises(StepNotAllowed):
        ENTRY.step(state, step)


def test_table_has_no_state_or_step_that_this_test_does_not_know():
    names = {step.name for state in State for step in ENTRY.steps_from(state)}

    assert set(State.values) == set(STATES)
    assert names == set(STEPS)


def test_entry_begins_as_a_draft():
    assert ENTRY.initial == State.DRAFT


@pytest.mark.django_db
@pytest.mark.parametrize("with_successor", [False, True])
@pytest.mark.parametrize("state", ENDINGS)
def test_entry_that_is_not_public_cannot_end(state, with_successor, now):
    other = published_entry()
    entry = EntryFactory() if state == "DRAFT" else published_entry()
    if state != "DRAFT":
        end_entry(entry=entry, reason="Weg.", by=None, now=now, successor=other if state == "REPLACED" else None)

    with pytest.raises(StepNotAllowed):
        end_entry(entry=entry, reason="Weg.", by=None, now=now, successor=other if with_successor else None)

    entry.refresh_from_db()
    assert entry.state == state


@pytest.mark.parametrize("enum", [State, Origin, NoticeKind], ids=lambda enum: enum.__name__)
def test_every_state_has_its_own_dutch_words(enum):
    labels = [str(label).strip() for label in enum.labels]

    assert all(labels)
    assert len(set(labels)) == len(labels)


# --- One test for each constraint of the database -----------------------------------------------------------------


def refused(name):
    """The database refuses what happens inside, by the constraint `name` (SQLite names columns for unique ones)."""
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.django_db
def test_entry_has_a_known_origin():
    with refused("entry_origin"), transaction.atomic():
        EntryFactory(origin="GERUCHT")


@pytest.mark.django_db
def test_entry_has_a_known_state():
    # Such a state is neither open nor ended, so either constraint may be the first to say so.
    with refused("entry_state|entry_ended_has_reason"), transaction.atomic():
        Entry.objects.filter(pk=published_entry().pk).update(state="ZWEEFT")


@pytest.mark.django_db
def test_public_entry_has_a_version():
    with refused("entry_public_has_version"), transaction.atomic():
        EntryFactory(state=State.PUBLISHED, first_published_at=timezone.now())


@pytest.mark.django_db
def test_public_entry_has_a_first_date():
    with refused("entry_public_has_version"), transaction.atomic():
        Entry.objects.filter(pk=published_entry().pk).update(first_published_at=None)


ENDED = {"state": State.WITHDRAWN, "ending_reason": "Weg."}


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [ENDED, {**ENDED, "ending_reason": "", "ended_at": "now"}, {"ended_at": "now"}])
def test_entry_that_ended_and_no_other_has_a_date_and_a_reason(changes):
    changes = {key: timezone.now() if value == "now" else value for key, value in changes.items()}
    entry = published_entry()

    with refused("entry_ended_has_reason"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(**changes)


@pytest.mark.django_db
def test_entry_that_stands_in_the_register_has_no_successor():
    entry, other = published_entry(), published_entry()

    with refused("entry_ended_has_reason"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(successor=other)


@pytest.mark.django_db
def test_replaced_entry_has_a_successor():
    entry = published_entry()

    with refused("entry_replaced_has_successor"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(**{**ENDED, "state": State.REPLACED, "ended_at": timezone.now()})


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["slug", "uuid"])
@pytest.mark.parametrize("factory", [EntryFactory, SystemFactory], ids=["entry", "system"])
def test_name_of_an_address_is_given_once(factory, field):
    first = factory()

    with refused(field), transaction.atomic():
        factory(**{field: getattr(first, field)})


@pytest.mark.django_db
def test_notice_has_a_known_kind():
    with refused("notice_kind"), transaction.atomic():
        NoticeFactory(kind="ROOK")


@pytest.mark.django_db
def test_notice_of_one_kind_is_given_once_at_a_time():
    notice = NoticeFactory()

    with refused("notice_once|notice.entry_id"), transaction.atomic():
        NoticeFactory(entry=notice.entry, published_at=notice.published_at)


@pytest.mark.django_db
@pytest.mark.parametrize("which", ["both", "neither"])
def test_record_is_of_an_entry_or_a_system(which):
    record = PublicRecord.objects.get(entry=published_entry())
    owners = {"both": {"system": SystemFactory()}, "neither": {"entry": None}}

    with refused("record_of_one_thing"), transaction.atomic():
        PublicRecord.objects.filter(pk=record.pk).update(**owners[which])


@pytest.mark.django_db
@pytest.mark.parametrize(("publish", "model"), [(published_entry, Version), (published_system, SystemVersion)])
def test_number_of_a_version_is_given_once(publish, model):
    owner = publish()
    field = "entry" if model is Version else "system"
    again = model(**{field: owner}, number=1, content={"name": "x"}, reason="x", published_at=timezone.now())

    with refused("number"), transaction.atomic():
        again.save()


@pytest.mark.django_db
def test_every_row_can_be_told_from_the_others():
    entry, system, notice = published_entry(), published_system(), NoticeFactory(entry=published_entry())
    rows = [entry, system, notice, entry.current_version, system.current_version, *PublicRecord.objects.all()]

    assert len({f"{type(row).__name__} {row}" for row in rows}) == len(rows)


@pytest.mark.parametrize("model", [AISystem, ContentLoad, Entry, PublicRecord, SearchWord, SystemVersion, Version])
def test_register_holds_nothing_about_persons(model):
    assert model.Retention.personal == ()
    assert model.Retention.keep
