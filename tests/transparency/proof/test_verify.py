"""Whoever changes, removes, adds, moves or cuts off lines of the log is found, at the first line that is wrong."""

import datetime

import pytest
from django.db import connection
from django.utils import timezone

from portal.core import append_only
from tests.conftest import NOW
from tests.factories.proof import redacted
from tests.factories.transparency import COMPLETE, published_entry, published_system, with_notice
from tests.support.standing import standing
from tests.support.tampering import chain_again, change, every, first, forge, remove, renumber, without_triggers
from transparency.actions.publication_log import publish_daily_head
from transparency.actions.publishing import end_entry, publish_entry
from transparency.models import (
    DailyHead,
    Entry,
    LogHead,
    Notice,
    PublicationEvent,
    Redaction,
    Seal,
    SystemVersion,
    Version,
)
from transparency.proof.controleer import line_hash
from transparency.proof.faults import Fault, Wrong
from transparency.proof.lines import line_of
from transparency.proof.verify import verify

pytestmark = pytest.mark.django_db
OTHER_HASH = "f" * 64


def eight_lines():
    published_system(slug="product")
    entry = published_entry(slug="oud")
    content = {**COMPLETE, "name": "Nieuw"}
    publish_entry(entry=entry, content=content, reason="Beter.", responsible="De Linde", by=None, now=NOW)
    with_notice(entry)
    other = published_entry(slug="nieuw")
    publish_daily_head(NOW)
    end_entry(entry=entry, reason="Gestopt.", by=None, now=NOW)
    redacted(other, key="risks")
    published_entry(slug="laatste")


@pytest.fixture(scope="module")
def log(django_db_setup, django_db_blocker):
    """Eight lines: a product, an entry of two versions with a notice that ended, and one with a text taken away."""
    with standing(django_db_blocker, eight_lines):
        yield


def texts(model, **columns):
    """Change a published text of line 3 (or of the product, line 1) without its triggers."""
    with without_triggers():
        number = {Version: 3, SystemVersion: 1}[model]
        model.objects.filter(seal__pk=number).update(**columns)


@pytest.mark.usefixtures("log")
def test_log_that_nobody_touched_is_well():
    assert every() == []


@pytest.mark.usefixtures("log")
def test_walk_tells_how_far_it_is(monkeypatch):
    monkeypatch.setattr("transparency.proof.verify.TELL_EVERY", 3)
    told = []

    list(verify(progress=told.append))

    assert told == [3, 6]


# --- A line that was changed --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize(
    "columns",
    [
        {"kind": "SYSTEM_PUBLISHED"}, {"subject": "00000000-0000-4000-8000-000000000000"}, {"subject_type": "SYSTEM"},
        {"version": 3}, {"version": None}, {"is_example": True},
        {"happened_at": datetime.datetime(2026, 11, 22, 9, 0, 0, 1, tzinfo=datetime.UTC)},
        {"content_hash": OTHER_HASH}, {"previous_hash": OTHER_HASH}, {"own_hash": OTHER_HASH},
    ],
    ids=str,
)  # fmt: skip
def test_changed_line_is_found(columns):
    change(3, **columns)

    assert first() == (3, Wrong.CHANGED)


@pytest.mark.usefixtures("log")
def test_changed_line_with_a_new_hash_does_not_fit_the_next():
    change(3, is_example=True)
    change(3, own_hash=line_hash(line_of(PublicationEvent.objects.get(pk=3))))

    assert first() == (4, Wrong.INSERTED)


@pytest.mark.usefixtures("log")
def test_whole_chain_made_anew_is_found_by_the_head_of_a_day():
    change(2, is_example=True)
    chain_again(2)

    assert every() == [(5, Wrong.HEAD)]


@pytest.mark.usefixtures("log")
def test_whole_chain_and_heads_made_anew_is_found_by_who_kept_a_head():
    kept = list(DailyHead.objects.values_list("number", "hash"))
    change(2, is_example=True)
    chain_again(2)
    with without_triggers():
        for head in DailyHead.objects.all():
            DailyHead.objects.update(hash=PublicationEvent.objects.get(pk=head.number).own_hash)

    assert every() == []
    (fault,) = verify(kept_heads=[("bewaard", *head) for head in kept])
    assert (fault.number, fault.wrong, fault.detail) == (5, Wrong.HEAD, "bewaard")


# --- Removed, added, moved, cut off -------------------------------------------------------------------------------


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("number", [1, 3, 7])
def test_removed_line_is_found(number):
    remove(number)

    assert first() == (number, Wrong.MISSING)


@pytest.mark.usefixtures("log")
def test_removed_lines_are_counted():
    remove(3, 4, 5)

    fault = next(verify())

    assert str(fault) == "regel 3: ontbreekt (en nog 2 regels erna)"


@pytest.mark.usefixtures("log")
def test_removed_line_with_the_others_moved_up_is_found():
    remove(3)
    renumber({4: 3, 5: 4, 6: 5, 7: 6, 8: 7})
    LogHead.objects.update(number=7)

    assert first() == (3, Wrong.MOVED)


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize(("one", "two"), [(2, 3), (3, 7), (1, 8), (1, 2)])
def test_two_lines_that_changed_places_are_found(one, two):
    renumber({one: two, two: one})

    assert first() == (one, Wrong.MOVED)


@pytest.mark.usefixtures("log")
def test_line_added_after_the_last_is_found():
    forge(9, like=4)

    assert first() == (9, Wrong.INSERTED)


@pytest.mark.usefixtures("log")
def test_line_added_between_others_is_found():
    renumber({number: number + 1 for number in (8, 7, 6, 5, 4)})
    forge(4, like=3, seal=True)
    LogHead.objects.update(number=9)

    assert every()[0][0] == 4
    assert (5, Wrong.MOVED) in every()


@pytest.mark.usefixtures("log")
def test_added_line_without_a_text_is_found_even_when_the_chain_is_made_anew():
    remove_head = DailyHead.objects.all()
    with without_triggers():
        remove_head._raw_delete("default")
    renumber({number: number + 1 for number in (8, 7, 6, 5, 4)})
    forge(4, like=3, seal=True)
    chain_again(4)

    assert first() == (4, Wrong.NO_CONTENT)


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("numbers", [(8,), (7, 8), tuple(range(1, 9))])
def test_end_that_was_cut_off_is_found(numbers):
    remove(*numbers)

    assert first() == (numbers[0], Wrong.TRUNCATED)


@pytest.mark.usefixtures("log")
def test_end_that_was_cut_off_together_with_the_head_is_found_by_the_head_of_a_day():
    remove(5, 6, 7, 8)
    chain_again(5)

    assert (5, Wrong.TRUNCATED) == first()


@pytest.mark.usefixtures("log")
def test_texts_whose_line_was_cut_off_are_found():
    with without_triggers():
        DailyHead.objects.all()._raw_delete("default")
    remove(5, 6, 7, 8)
    chain_again(5)

    assert {detail for fault in verify() if (detail := fault.detail)} == {
        "versie 1 van nieuw", "versie 1 van laatste", "het einde van oud",
    }  # fmt: skip


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("columns", [{"hash": OTHER_HASH}, {"number": 7}, {"number": 9}])
def test_changed_head_is_found(columns):
    LogHead.objects.update(**columns)

    assert every() != []


@pytest.mark.usefixtures("log")
def test_changed_head_of_a_day_is_found():
    with without_triggers():
        DailyHead.objects.update(hash=OTHER_HASH)

    assert every() == [(5, Wrong.HEAD)]


# --- Texts --------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize(
    "columns",
    [
        {"content": {**COMPLETE, "name": "Nieuw."}}, {"content": {**COMPLETE, "name": "Nieuw", "tags": "x"}},
        {"content": {key: value for key, value in COMPLETE.items() if key != "purpose"} | {"name": "Nieuw"}},
        {"content": {**COMPLETE, "name": "Nieuw", "care_setting": ["EMERGENCY", "RADIOLOGY"]}},
        {"reason": "Beter!"}, {"reason_en": "Better."}, {"responsible": "De Wilg"}, {"number": 4},
        {"published_at": datetime.datetime(2026, 11, 22, 9, 0, 0, 1, tzinfo=datetime.UTC)},
    ],
    ids=lambda columns: str(list(columns)),
)  # fmt: skip
def test_changed_text_of_an_entry_is_found(columns):
    texts(Version, **columns)

    assert first() == (3, Wrong.CONTENT)


@pytest.mark.usefixtures("log")
def test_changed_text_is_named_by_its_place():
    texts(Version, content={**COMPLETE, "name": "Nieuw", "purpose": "Iets anders."})

    assert [fault.detail for fault in verify()] == ["content.purpose"]


@pytest.mark.usefixtures("log")
def test_changed_text_of_a_product_is_found():
    texts(SystemVersion, content={"name": "Anders"})

    assert first() == (1, Wrong.CONTENT)


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("part", ["salt", "hash"])
def test_changed_proof_of_a_text_is_found(part):
    seal = Seal.objects.get(pk=3)
    seal.fields["reason"][part] = "0" * len(seal.fields["reason"][part])
    with without_triggers():
        Seal.objects.filter(pk=3).update(fields=seal.fields)

    assert first() == (3, Wrong.CONTENT)


@pytest.mark.usefixtures("log")
@pytest.mark.parametrize("fields", [{}, [], "x", {"reason": 1}, {"reason": {}}], ids=str)
def test_broken_proof_of_a_text_is_found(fields):
    with without_triggers():
        Seal.objects.filter(pk=3).update(fields=fields)

    assert first() == (3, Wrong.CONTENT)


@pytest.mark.usefixtures("log")
def test_changed_words_of_a_notice_or_an_ending_are_found():
    with without_triggers():
        for number in (4, 6):
            told = Seal.objects.get(pk=number).told
            Seal.objects.filter(pk=number).update(told={key: f"{value}!" for key, value in told.items()})

    found = {(fault.number, fault.detail) for fault in verify()}

    assert {(4, "text"), (4, "link"), (6, "reason")} <= found


@pytest.mark.usefixtures("log")
def test_notice_that_shows_something_else_than_was_published_is_found():
    Notice.objects.update(text="Niets aan de hand.")

    assert every() == [(4, Wrong.CONTENT)]


@pytest.mark.usefixtures("log")
def test_ending_that_shows_something_else_than_was_published_is_found():
    Entry.objects.filter(slug="oud").update(ending_reason="Om een andere reden.")

    assert every() == [(6, Wrong.CONTENT)]


@pytest.mark.usefixtures("log")
def test_entry_that_shows_an_older_version_is_found():
    entry = Entry.objects.get(slug="oud")
    Entry.objects.filter(pk=entry.pk).update(current_version=entry.versions.get(number=1))

    assert [fault.detail for fault in verify()] == ["oud toont niet de nieuwste versie"]


@pytest.mark.usefixtures("log")
def test_text_without_a_line_is_found():
    entry = Entry.objects.get(slug="laatste")
    Version.objects.create(
        entry=entry, number=9, content=COMPLETE, reason="x", responsible="x", published_at=timezone.now()
    )
    SystemVersion.objects.create(
        system_id=SystemVersion.objects.get().system_id, number=2, content={"name": "x"}, reason="x", responsible="x",
        published_at=timezone.now(),
    )  # fmt: skip

    found = [(fault.wrong, fault.detail) for fault in verify()]

    assert found[:2] == [(Wrong.NO_LINE, "versie 9 van laatste"), (Wrong.NO_LINE, "versie 2 van product")]


@pytest.mark.usefixtures("log")
def test_notice_and_ending_without_a_line_are_found(now):
    entry = Entry.objects.get(slug="laatste")
    Notice.objects.create(entry=entry, kind="STOP", text="x", published_at=now)
    Entry.objects.filter(pk=entry.pk).update(state="WITHDRAWN", ended_at=now, ending_reason="x")

    assert [fault.detail for fault in verify()] == ["het einde van laatste", "een melding bij laatste"]


@pytest.mark.usefixtures("log")
def test_line_whose_text_was_removed_is_found():
    with without_triggers():
        Seal.objects.filter(pk=8).update(version=None)

    assert first() == (8, Wrong.NO_CONTENT)


@pytest.mark.usefixtures("log")
def test_line_without_a_seal_is_found():
    with without_triggers():
        Seal.objects.filter(pk=8)._raw_delete("default")

    assert first() == (8, Wrong.NO_CONTENT)


@pytest.mark.usefixtures("log")
def test_seals_that_changed_places_are_found():
    with without_triggers():
        for pk, other in ((2, 1_000), (5, 2), (1_000, 5)):
            Seal.objects.filter(pk=pk).update(event_id=other)

    assert first() == (2, Wrong.CONTENT)


# --- Taken away without a line ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("log")
def test_value_that_was_taken_away_without_a_line_is_found():
    seal = Seal.objects.get(pk=2)
    mark = {"reason": "x", "date": "2026-11-22"}
    seal.fields["content.purpose"] = {"hash": seal.fields["content.purpose"]["hash"], "redacted": mark}
    with without_triggers():
        Seal.objects.filter(pk=2).update(fields=seal.fields)

    assert every() == [(2, Wrong.REDACTION)]


@pytest.mark.usefixtures("log")
def test_permission_to_take_away_without_a_line_is_found():
    there = Redaction.objects.get()
    Redaction.objects.create(
        seal_id=2, request=there.request, key="risks", places=["content.risks"], mark={}, done_at=timezone.now()
    )

    assert every() == [(2, Wrong.REDACTION)]


# --- Triggers -----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("log")
def test_missing_triggers_are_told_first():
    append_only.lift(connection, ["transparency_seal"])

    assert {wrong for _number, wrong in every()} == {Wrong.TRIGGER}


def test_fault_is_told_in_a_sentence():
    assert str(Fault(number=3, wrong=Wrong.CHANGED)) == "regel 3: veranderd"
    assert str(Fault(number=0, wrong=Wrong.NO_LINE, detail="versie 1 van a")) == (
        "staat niet in het logboek (versie 1 van a)"
    )
