"""Saving a draft: what is kept, what two writers at once get, undoing, choosing, and who may."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from portal.accounts.models import PortalRole
from portal.core.workflow import StepNotAllowed
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member, on_duty
from tests.factories.transparency import COMPLETE, published_system
from transparency.actions.drafts import discard, return_draft, start_entry, start_system, submit, take_back
from transparency.actions.writing import (
    MOST_ANSWER,
    Sheet,
    choose_text,
    comment,
    keep_aside,
    save_answers,
    save_sheet,
    settle_comment,
    undo_answer,
)
from transparency.models import Draft, DraftComment
from transparency.writing.reading import Sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospital(now):
    return OrganisationFactory(verified_at=now)


@pytest.fixture
def anna(hospital):
    return member(hospital, Role.EDITOR, name="Anna")


@pytest.fixture
def bram(hospital):
    return member(hospital, Role.EDITOR, name="Bram")


@pytest.fixture
def draft(hospital, anna, now):
    return start_entry(organisation=hospital, slug="breukkijker", content=COMPLETE, by=anna, now=now)


def save(draft, answers, by, now, *, seen=1, **more):
    return save_answers(draft=draft, answers=answers, seen=seen, by=by, now=now, **more)


def stored(draft):
    return Draft.objects.get(pk=draft.pk)


# --- What is kept ----------------------------------------------------------------------------------------------


def test_answer_is_kept_with_who_and_when(draft, anna, now):
    saved = save(draft, {"purpose": "Zo zien we meer."}, anna, now)

    kept = stored(draft)
    assert (kept.content["purpose"], kept.revision, kept.edited_by) == ("Zo zien we meer.", 2, anna)
    assert (saved.revision, saved.places, saved.conflicts) == (2, ("purpose",), ())
    assert {name: kept.stamps["purpose"][name] for name in ("by", "at", "revision")} == {
        "by": anna.pk, "at": now.isoformat(), "revision": 2,
    }  # fmt: skip


def test_saving_what_stands_there_changes_nothing(draft, anna, now):
    saved = save(draft, {"purpose": COMPLETE["purpose"]}, anna, now)

    assert (saved.revision, saved.places, stored(draft).stamps) == (1, (), {})


@pytest.mark.parametrize("empty", [None, "", "  ", [], {}, {"answer": "", "text": ""}, [{}], [{"title": " "}]])
def test_answer_that_says_nothing_is_taken_away(draft, anna, now, empty):
    save(draft, {"purpose": empty}, anna, now)

    assert "purpose" not in stored(draft).content


@pytest.mark.parametrize(
    ("key", "value"),
    [("last_checked_on", "volgende week"), ("people_per_year", "ongeveer 500"), ("contact_public", "bel ons"),
     ("summary", "x" * 900), ("use_kind", "ZOMAAR"), ("can_refuse", {"text": "Dat kan."}),
     ("care_setting", "RADIOLOGY"), ("evidence", {"0": 1}), ("name", ["lijst"]), ("purpose", {"diep": {"er": ["in"]}})],
)  # fmt: skip
def test_answer_of_a_wrong_shape_is_kept_until_it_is_submitted(draft, anna, now, key, value):
    save(draft, {key: value}, anna, now)

    assert stored(draft).content[key] == value
    with pytest.raises(ValidationError):
        submit(draft=draft, reason="Nieuw.", by=anna, now=now)


def test_what_nobody_sees_is_taken_out_of_every_text(draft, anna, now):
    rows = [{"title": "Bron\u200b", "states\u202e": "Waar\x00 staat\r\nhet"}]

    save(draft, {"purpose": "Zo\u202e zien\x00 we meer.", "sources": rows}, anna, now)

    content = stored(draft).content
    assert content["purpose"] == "Zo zien we meer."
    assert content["sources"] == [{"title": "Bron", "states": "Waar staat\nhet"}]


def test_markup_is_kept_as_the_words_that_were_typed(draft, anna, now):
    save(draft, {"purpose": "<script>alert(1)</script>"}, anna, now)

    assert stored(draft).content["purpose"] == "<script>alert(1)</script>"


@pytest.mark.parametrize(
    "key", ["state", "revision", "organisation", "__class__", "unknown.state", "en.use_kind", "a.b.c"]
)
def test_what_is_no_question_is_refused_and_changes_nothing(draft, anna, now, key):
    with pytest.raises(ValidationError):
        save(draft, {key: "PUBLISHED", "purpose": "Anders."}, anna, now)

    assert stored(draft).content == COMPLETE


def test_answer_that_is_far_too_long_is_refused(draft, anna, now):
    with pytest.raises(ValidationError, match="veel te lang"):
        save(draft, {"purpose": "x" * MOST_ANSWER}, anna, now)


def test_what_is_not_known_and_english_stand_with_their_question(draft, anna, bram, now):
    save(draft, {"unknown.fallback": True, "en.purpose": "So we see more."}, anna, now)
    save(draft, {"unknown.training_data": True, "en.name": "Fracture spotter"}, bram, now)

    content = stored(draft).content
    assert content["unknown"] == ["fallback", "training_data"]
    assert content["translations"] == {"en": {"purpose": "So we see more.", "name": "Fracture spotter"}}


def test_whole_lists_of_unknown_and_translations_replace_what_is_there(draft, anna, now):
    save(draft, {"unknown.fallback": True, "en.purpose": "So."}, anna, now)

    save(draft, {"unknown": ["training_data"], "translations": {"en": {"name": "Spotter"}}}, anna, now)

    content = stored(draft).content
    assert (content["unknown"], content["translations"]) == (["training_data"], {"en": {"name": "Spotter"}})


@pytest.mark.parametrize("answers", [{"unknown": "fallback"}, {"unknown": [1]}, {"translations": {"fr": {}}},
                                     {"translations": []}, {"translations": {"en": []}}])  # fmt: skip
def test_lists_of_another_shape_are_refused(draft, anna, now, answers):
    if answers == {"translations": []}:
        save(draft, answers, anna, now)
        assert stored(draft).content == COMPLETE
        return
    with pytest.raises(ValidationError):
        save(draft, answers, anna, now)


def test_english_of_rows_follows_its_dutch_rows(draft, anna, now):
    rows = [{"title": "Een"}, {"title": "Twee"}, {"title": "Drie"}]
    save(draft, {"sources": rows, "en.sources": [{"title": "One"}, {"title": "Two"}, {"title": "Three"}]}, anna, now)

    sent = Sent(answers={"sources": [rows[0], rows[2], {"title": "Vier"}]}, seen={}, rows={"sources": [0, 2, 3]})
    save_sheet(draft=draft, sent=sent, sheet=None, by=anna, now=now)

    assert stored(draft).content["translations"]["en"]["sources"] == [{"title": "One"}, {"title": "Three"}, {}]


# --- Two writers at once -----------------------------------------------------------------------------------------


def test_two_writers_at_different_questions_both_get_their_way(draft, anna, bram, now):
    first = save(draft, {"purpose": "Van Anna."}, anna, now)
    second = save(stored(draft), {"risks": "Van Bram."}, bram, now)

    content = stored(draft).content
    assert (content["purpose"], content["risks"]) == ("Van Anna.", "Van Bram.")
    assert (first.conflicts, second.conflicts) == ((), ())


def test_second_writer_of_a_question_is_told_and_both_texts_are_kept(draft, anna, bram, now):
    save(draft, {"purpose": "Van Anna."}, anna, now)

    saved = save(stored(draft), {"purpose": "Van Bram.", "risks": "Ook van Bram."}, bram, now)

    kept = stored(draft)
    (conflict,) = saved.conflicts
    assert (conflict.key, conflict.theirs, conflict.yours, conflict.by) == (
        "purpose",
        "Van Anna.",
        "Van Bram.",
        anna.pk,
    )
    assert (kept.content["purpose"], kept.content["risks"]) == ("Van Anna.", "Ook van Bram.")
    assert kept.aside["purpose"][str(bram.pk)]["value"] == "Van Bram."


def test_writer_who_goes_on_in_a_conflict_loses_nothing(draft, anna, bram, now):
    save(draft, {"purpose": "Van Anna."}, anna, now)
    save(stored(draft), {"purpose": "Van Bram."}, bram, now)

    save(stored(draft), {"purpose": "Van Bram, en meer."}, bram, now, seen={"purpose": 1})

    kept = stored(draft)
    assert kept.content["purpose"] == "Van Anna."
    assert kept.aside["purpose"][str(bram.pk)]["value"] == "Van Bram, en meer."


def test_force_writes_over_what_another_wrote(draft, anna, bram, now):
    save(draft, {"purpose": "Van Anna."}, anna, now)

    saved = save(stored(draft), {"purpose": "Van Bram."}, bram, now, force=True)

    assert (stored(draft).content["purpose"], saved.conflicts) == ("Van Bram.", ())


def test_who_saw_the_change_may_change_it_again(draft, anna, bram, now):
    save(draft, {"purpose": "Van Anna."}, anna, now)

    saved = save(stored(draft), {"purpose": "Van Bram."}, bram, now, seen=2)

    assert (stored(draft).content["purpose"], saved.conflicts) == ("Van Bram.", ())


def test_two_screens_of_one_person_are_two_writers(draft, anna, now):
    save(draft, {"purpose": "Op kantoor."}, anna, now, sheet=Sheet(name="kantoor"))

    saved = save(stored(draft), {"purpose": "Op de laptop."}, anna, now, sheet=Sheet(name="laptop"))

    assert len(saved.conflicts) == 1
    assert stored(draft).aside["purpose"][str(anna.pk)]["value"] == "Op de laptop."


def test_answer_that_never_arrived_is_no_other_writer(draft, anna, now):
    sheet = Sheet(name="laptop", turn=1)
    save(draft, {"purpose": "Zo zien"}, anna, now, sheet=sheet)

    saved = save(stored(draft), {"purpose": "Zo zien we meer."}, anna, now, sheet=Sheet(name="laptop", turn=2))

    assert (stored(draft).content["purpose"], saved.conflicts) == ("Zo zien we meer.", ())


def test_save_that_comes_in_after_a_later_one_of_the_same_screen_is_dropped(draft, anna, now):
    save(draft, {"purpose": "Zo zien we meer."}, anna, now, sheet=Sheet(name="laptop", turn=2))

    save(stored(draft), {"purpose": "Zo zien"}, anna, now, sheet=Sheet(name="laptop", turn=1))

    assert stored(draft).content["purpose"] == "Zo zien we meer."


@pytest.mark.parametrize(
    ("choice", "expected"),
    [("use", "Van Bram."), ("drop", "Van Anna."), ("both", "Van Anna.\n\nVan Bram."), ("onzin", "Van Anna.")],
)
def test_choice_ends_a_conflict(draft, anna, bram, now, choice, expected):
    save(draft, {"purpose": "Van Anna."}, anna, now)
    save(stored(draft), {"purpose": "Van Bram."}, bram, now)

    done = choose_text(draft=stored(draft), place="purpose", person=bram.pk, choice=choice, by=anna, now=now)

    kept = stored(draft)
    assert (done, kept.content["purpose"], kept.aside) == (True, expected, {})


@pytest.mark.parametrize(
    ("key", "theirs", "yours", "expected"),
    [("sources", [{"title": "A"}], [{"title": "A"}, {"title": "B"}], [{"title": "A"}, {"title": "B"}]),
     ("care_setting", ["GP"], ["RADIOLOGY"], ["GP", "RADIOLOGY"]),
     ("can_refuse", {"answer": "NO", "text": "Nee."}, {"answer": "YES", "text": "Ja."},
      {"answer": "NO", "text": "Nee.\n\nJa."})],
)  # fmt: skip
def test_both_answers_stand_together(draft, anna, bram, now, key, theirs, yours, expected):
    save(draft, {key: theirs}, anna, now)
    save(stored(draft), {key: yours}, bram, now)

    choose_text(draft=stored(draft), place=key, person=bram.pk, choice="both", by=bram, now=now)

    assert stored(draft).content[key] == expected


def test_second_click_on_a_choice_does_nothing(draft, anna, bram, now):
    save(draft, {"purpose": "Van Anna."}, anna, now)
    save(stored(draft), {"purpose": "Van Bram."}, bram, now)
    choose_text(draft=stored(draft), place="purpose", person=bram.pk, choice="both", by=bram, now=now)

    done = choose_text(draft=stored(draft), place="purpose", person=bram.pk, choice="both", by=bram, now=now)

    assert (done, stored(draft).content["purpose"]) == (False, "Van Anna.\n\nVan Bram.")


def test_draft_with_two_texts_for_a_question_is_not_submitted(draft, anna, bram, now):
    save(draft, {"purpose": "Van Anna."}, anna, now)
    save(stored(draft), {"purpose": "Van Bram."}, bram, now)

    with pytest.raises(ValidationError, match="twee teksten"):
        submit(draft=stored(draft), reason="Nieuw.", by=anna, now=now)


# --- Back to what it was --------------------------------------------------------------------------------------------


def test_undo_puts_back_what_stood_there_and_again_puts_the_change_back(draft, anna, now):
    save(draft, {"purpose": "Anders."}, anna, now)

    assert undo_answer(draft=draft, place="purpose", revision=2, by=anna, now=now)
    assert stored(draft).content["purpose"] == COMPLETE["purpose"]
    assert undo_answer(draft=draft, place="purpose", revision=3, by=anna, now=now)
    assert stored(draft).content["purpose"] == "Anders."


def test_undo_goes_back_to_before_somebody_began_to_type(draft, anna, now):
    for turn, text in enumerate(["Zo", "Zo zien", "Zo zien we meer."], 1):
        save(draft, {"purpose": text}, anna, now, seen=turn, sheet=Sheet(name="laptop", turn=turn))

    undo_answer(draft=draft, place="purpose", revision=4, by=anna, now=now)

    assert stored(draft).content["purpose"] == COMPLETE["purpose"]


def test_undo_of_a_change_that_another_changed_again_does_nothing(draft, anna, bram, now):
    save(draft, {"purpose": "Van Anna."}, anna, now)
    save(stored(draft), {"purpose": "Van Bram."}, bram, now, seen=2)

    assert not undo_answer(draft=draft, place="purpose", revision=2, by=anna, now=now)
    assert stored(draft).content["purpose"] == "Van Bram."


def test_undo_of_a_first_answer_takes_it_away(draft, anna, now):
    save(draft, {"fallback": "Dan kijkt de arts alleen."}, anna, now)

    undo_answer(draft=draft, place="fallback", revision=2, by=anna, now=now)

    assert "fallback" not in stored(draft).content


# --- Who, and when --------------------------------------------------------------------------------------------------

WRITES = [
    lambda draft, by, now: save(draft, {"purpose": "Anders."}, by, now),
    lambda draft, by, now: keep_aside(draft=draft, answers={"purpose": "Anders."}, by=by, now=now),
    lambda draft, by, now: choose_text(draft=draft, place="purpose", person=1, choice="use", by=by, now=now),
    lambda draft, by, now: undo_answer(draft=draft, place="purpose", revision=1, by=by, now=now),
]
WRITE_NAMES = ["save", "keep aside", "choose", "undo"]


@pytest.mark.parametrize("write", WRITES, ids=WRITE_NAMES)
@pytest.mark.parametrize("role", ["nobody", "elsewhere", Role.ADMINISTRATOR, Role.COORDINATOR, "editorial", "portal"])
def test_who_does_not_write_for_the_organisation_changes_nothing(draft, hospital, now, role, write):
    people = {
        "nobody": UserFactory,
        "elsewhere": lambda: member(OrganisationFactory(), *Role),
        "editorial": lambda: on_duty(PortalRole.EDITORIAL),
        "portal": lambda: on_duty(PortalRole.ADMINISTRATOR),
    }
    who = people[role]() if role in people else member(hospital, role)

    with pytest.raises(PermissionDenied):
        write(draft, who, now)

    assert (stored(draft).content, stored(draft).aside) == (COMPLETE, {})


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PUBLISHER])
def test_who_writes_for_the_organisation_may(draft, hospital, now, role):
    save(draft, {"purpose": "Anders."}, member(hospital, role), now)

    assert stored(draft).content["purpose"] == "Anders."


def test_only_the_portals_editors_write_about_a_product(hospital, now):
    draft = start_system(system=published_system(), by=on_duty(PortalRole.EDITORIAL), now=now)

    save(draft, {"purpose": "Om te kijken."}, on_duty(PortalRole.EDITORIAL), now, seen=1)
    with pytest.raises(PermissionDenied):
        save(draft, {"purpose": "Anders."}, member(hospital, *Role), now)

    assert stored(draft).content["purpose"] == "Om te kijken."


def test_question_of_an_entry_is_no_question_of_a_product(now):
    editor = on_duty(PortalRole.EDITORIAL)
    draft = start_system(system=published_system(), by=editor, now=now)

    with pytest.raises(ValidationError):
        save(draft, {"complain_how": "Bel ons."}, editor, now)


CLOSED = {
    "submitted": lambda draft, anna, now: submit(draft=draft, reason="Nieuw.", by=anna, now=now),
    "discarded": lambda draft, anna, now: discard(draft=draft, by=anna, now=now),
}


@pytest.mark.parametrize("state", CLOSED)
@pytest.mark.parametrize("write", [WRITES[0], WRITES[2], WRITES[3]], ids=["save", "choose", "undo"])
def test_closed_draft_is_not_written(draft, anna, now, state, write):
    CLOSED[state](draft, anna, now)
    before = stored(draft).content

    with pytest.raises(StepNotAllowed):
        write(draft, anna, now)

    assert stored(draft).content == before


def test_what_was_typed_while_a_colleague_submitted_is_kept_aside_and_can_be_used_later(draft, anna, bram, now):
    submit(draft=draft, reason="Nieuw.", by=anna, now=now)

    kept = keep_aside(draft=draft, answers={"purpose": "Van Bram.", "risks": COMPLETE["risks"]}, by=bram, now=now)
    take_back(draft=draft, by=anna, now=now)
    choose_text(draft=draft, place="purpose", person=bram.pk, choice="use", by=bram, now=now)

    assert (kept, stored(draft).content["purpose"], stored(draft).aside) == (("purpose",), "Van Bram.", {})


def test_text_kept_aside_does_not_change_what_an_approver_reads(draft, anna, bram, now):
    submit(draft=draft, reason="Nieuw.", by=anna, now=now)
    before = stored(draft)

    keep_aside(draft=draft, answers={"purpose": "Van Bram."}, by=bram, now=now)

    assert (stored(draft).revision, stored(draft).content) == (before.revision, before.content)


def test_returned_draft_is_written_again(draft, anna, hospital, now):
    submit(draft=draft, reason="Nieuw.", by=anna, now=now)
    return_draft(draft=draft, remarks="Te lang.", by=member(hospital, Role.PUBLISHER), now=now)

    save(draft, {"purpose": "Korter."}, anna, now)

    assert stored(draft).content["purpose"] == "Korter."


# --- Colleagues -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "x" * 6000])
def test_remark_without_words_or_too_long_is_refused(draft, anna, now, text):
    with pytest.raises(ValidationError):
        comment(draft=draft, text=text, by=anna, now=now)


def test_remark_is_about_a_question_of_the_draft(draft, anna, now):
    said = comment(draft=draft, text="Leg dit uit.", key="purpose", by=anna, now=now)

    assert (said.key, said.author, said.written_at, said.done_at) == ("purpose", anna, now, None)
    with pytest.raises(ValidationError):
        comment(draft=draft, text="Leg dit uit.", key="state", by=anna, now=now)


def test_remark_is_dealt_with_once_by_who_saw_it(draft, anna, bram, now):
    said = comment(draft=draft, text="Leg dit uit.", by=anna, now=now)

    settle_comment(comment=said, by=bram, now=now)
    settle_comment(comment=said, by=anna, now=now.replace(year=2027))

    kept = DraftComment.objects.get(pk=said.pk)
    assert (kept.done_by, kept.done_at) == (bram, now)


def test_stranger_neither_says_nor_settles_anything(draft, anna, now):
    said = comment(draft=draft, text="Leg dit uit.", by=anna, now=now)
    stranger = member(OrganisationFactory(), *Role)

    with pytest.raises(PermissionDenied):
        comment(draft=draft, text="Hallo.", by=stranger, now=now)
    with pytest.raises(PermissionDenied):
        settle_comment(comment=said, by=stranger, now=now)


# --- Beginning -------------------------------------------------------------------------------------------------------


def test_form_sent_twice_begins_one_draft(hospital, anna, now):
    key = uuid.uuid4()
    start_entry(organisation=hospital, slug="een", content={"name": "Een"}, by=anna, now=now, key=key)

    with pytest.raises(ValidationError):
        start_entry(organisation=hospital, slug="twee", content={"name": "Een"}, by=anna, now=now, key=key)

    assert Draft.objects.count() == 1
