"""What a draft said before: each while of writing is a save, one can be put back, nothing outlives the draft."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from portal.core.workflow import StepNotAllowed
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member
from tests.factories.transparency import COMPLETE
from tests.support.html import soup, words
from transparency.actions.draft_saves import A_WHILE, MOST
from transparency.actions.draft_steps import end_drafts
from transparency.actions.drafts import approve, discard, restore, start_entry, submit
from transparency.actions.writing import Sheet, choose_text, put_back, save_answers, undo_answer
from transparency.models import Draft, DraftSave, Entry

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def hospital(now):
    return OrganisationFactory(verified_at=now)


@pytest.fixture
def anna(hospital):
    return member(hospital, Role.EDITOR, name="Anna")


@pytest.fixture
def bram(hospital):
    return member(hospital, Role.EDITOR, Role.PUBLISHER, name="Bram")


@pytest.fixture
def draft(hospital, anna, now):
    return start_entry(organisation=hospital, slug="breukkijker", content=COMPLETE, by=anna, now=now)


def save(draft, by, now, **answers):
    save_answers(draft=draft, answers=answers, seen=draft.revision, by=by, now=now)


def history(draft):
    """(what stood at the purpose, who, which places), the oldest first."""
    rows = DraftSave.objects.filter(draft=draft).select_related("by").order_by("revision")
    return [(one.content.get("purpose"), one.by.name if one.by else None, one.places) for one in rows]


BEGAN = (COMPLETE["purpose"], "Anna", [])


def test_first_change_keeps_what_it_began_with(draft, bram, now):
    assert history(draft) == []

    save(draft, bram, now, purpose="Twee.")

    assert history(draft) == [BEGAN, ("Twee.", "Bram", ["purpose"])]


def test_one_while_of_one_person_is_one_save(draft, anna, now):
    for minute in range(9):
        save(draft, anna, now + minute * MINUTE, purpose=f"Zin {minute}.", risks=f"Wat {minute}.")
    save(draft, anna, now + A_WHILE, purpose="Later.")

    assert history(draft) == [
        BEGAN, ("Zin 8.", "Anna", ["purpose", "risks"]), ("Later.", "Anna", ["purpose"]),
    ]  # fmt: skip


def test_somebody_else_in_between_begins_another(draft, anna, bram, now):
    for who, text in ((anna, "Een."), (bram, "Twee."), (anna, "Drie.")):
        save(draft, who, now, purpose=text)

    assert [row[:2] for row in history(draft)[1:]] == [("Een.", "Anna"), ("Twee.", "Bram"), ("Drie.", "Anna")]


def test_save_that_changes_nothing_is_none(draft, anna, now):
    save(draft, anna, now, purpose=COMPLETE["purpose"])

    assert history(draft) == []


def test_undoing_and_choosing_are_saves_too(draft, anna, bram, now):
    save(draft, anna, now, purpose="Van Anna.")
    save_answers(draft=draft, answers={"purpose": "Van Bram."}, seen=1, by=bram, now=now)  # aside: he saw the first
    choose_text(draft=draft, place="purpose", person=bram.pk, choice="use", by=bram, now=now)
    undo_answer(draft=draft, place="purpose", revision=draft.revision, by=anna, now=now)

    assert [row[:2] for row in history(draft)[1:]] == [
        ("Van Anna.", "Anna"), ("Van Bram.", "Bram"), ("Van Anna.", "Anna"),
    ]  # fmt: skip


def test_newest_fifty_are_kept(draft, anna, now):
    for number in range(MOST + 5):
        save(draft, anna, now + number * A_WHILE, purpose=f"Zin {number}.")

    found = history(draft)
    assert len(found) == MOST
    assert (found[0][0], found[-1][0]) == ("Zin 5.", f"Zin {MOST + 4}.")


def test_putting_back_gives_the_whole_text_of_then_and_keeps_that_of_now(draft, anna, bram, now):
    save(draft, anna, now, purpose="Nieuw.", risks=None, **{"en.purpose": "New."})
    first = DraftSave.objects.order_by("revision").first()

    assert put_back(draft=draft, number=first.pk, by=bram, now=now + MINUTE)

    assert Draft.objects.get().content == COMPLETE
    assert history(draft) == [
        BEGAN, ("Nieuw.", "Anna", ["en.purpose", "purpose", "risks"]),
        (COMPLETE["purpose"], "Bram", ["en.purpose", "purpose", "risks"]),
    ]  # fmt: skip
    assert not put_back(draft=draft, number=first.pk, by=bram, now=now + MINUTE)


def test_putting_back_is_undone_by_putting_back(draft, anna, now):
    save(draft, anna, now, purpose="Nieuw.")
    first, second = DraftSave.objects.order_by("revision")

    put_back(draft=draft, number=first.pk, by=anna, now=now)
    put_back(draft=draft, number=second.pk, by=anna, now=now)

    assert [row[0] for row in history(draft)] == [COMPLETE["purpose"], "Nieuw.", COMPLETE["purpose"], "Nieuw."]


def test_who_was_typing_loses_nothing(draft, anna, bram, now):
    save(draft, anna, now, purpose="Nieuw.")
    seen = draft.revision
    put_back(draft=draft, number=DraftSave.objects.order_by("revision").first().pk, by=bram, now=now)

    told = save_answers(
        draft=draft, answers={"purpose": "Nieuw en beter."}, seen=seen, by=anna, now=now, sheet=Sheet(name="a")
    )

    assert [one.yours for one in told.conflicts] == ["Nieuw en beter."]
    assert Draft.objects.get().aside["purpose"][str(anna.pk)]["value"] == "Nieuw en beter."


def test_closed_draft_and_lost_save_are_refused(draft, anna, bram, now):
    save(draft, anna, now, purpose="Nieuw.")
    first = DraftSave.objects.order_by("revision").first()
    with pytest.raises(StepNotAllowed):
        put_back(draft=draft, number=first.pk + 1000, by=anna, now=now)
    submit(draft=draft, reason="Nieuw.", by=anna, now=now)

    with pytest.raises(StepNotAllowed):
        put_back(draft=draft, number=first.pk, by=anna, now=now)


def test_only_who_writes_puts_back(draft, hospital, anna, now):
    save(draft, anna, now, purpose="Nieuw.")
    first = DraftSave.objects.order_by("revision").first()

    with pytest.raises(PermissionDenied):
        put_back(draft=draft, number=first.pk, by=member(hospital, Role.ADMINISTRATOR), now=now)


def test_save_of_another_draft_is_not_put_back(draft, hospital, anna, now):
    other = start_entry(organisation=hospital, slug="ander", content=COMPLETE, by=anna, now=now)
    save(other, anna, now, purpose="Van de ander.")

    with pytest.raises(StepNotAllowed):
        put_back(draft=draft, number=DraftSave.objects.last().pk, by=anna, now=now)


def _published(draft, anna, bram, now):
    submit(draft=draft, reason="Nieuw.", by=anna, now=now)
    assert DraftSave.objects.exists()
    approve(draft=draft, revision=draft.revision, by=bram, now=now)


ENDS = {
    "published": _published,
    "thrown away": lambda draft, anna, bram, now: discard(draft=draft, by=anna, now=now),
    "its entry ends": lambda draft, anna, bram, now: end_drafts(entry=Entry.objects.get(), by=bram, now=now),
}


@pytest.mark.parametrize("how", ENDS)
def test_history_goes_with_the_draft(draft, anna, bram, now, how):
    save(draft, anna, now, purpose="Om te kijken.")

    ENDS[how](draft, anna, bram, now)

    assert not DraftSave.objects.exists()


def test_draft_that_comes_back_begins_anew(draft, anna, now):
    save(draft, anna, now, purpose="Een.")
    discard(draft=draft, by=anna, now=now)
    restore(draft=draft, by=anna, now=now)

    save(draft, anna, now, purpose="Twee.")

    assert [row[0] for row in history(draft)] == ["Een.", "Twee."]


# --- The pages -------------------------------------------------------------------------------------------------------


def address(name, draft, *more):
    return reverse(f"transparency:{name}", args=[draft.uuid, *more])


def test_pages_lead_from_the_draft_to_an_earlier_text_and_back(client, draft, anna, bram, now):
    save(draft, anna, now, purpose="Om te kijken.")
    save(draft, bram, now + MINUTE, purpose="Om beter te kijken.")
    client.force_login(bram)
    assert address("draft-saves", draft) in client.get(address("draft", draft)).text

    listed = soup(client.get(address("draft-saves", draft)))
    rows = listed.select("main .rows__row")
    assert [words(row.select_one(".rows__place")) for row in rows] == ["Bram · de tekst van nu", "Anna", "Anna"]
    assert "Zo begon de tekst" in words(rows[-1])
    there = rows[1].select_one("a")["href"]

    page = soup(client.get(there))
    assert words(page.select_one(".change del")) == "Om te kijken."
    assert words(page.select_one(".change ins")) == "Om beter te kijken."
    client.post(page.select_one("main form")["action"])

    assert Draft.objects.get().content["purpose"] == "Om te kijken."
    assert len(soup(client.get(address("draft-saves", draft))).select("main .rows__row")) == 4


def test_text_of_now_and_a_closed_draft_have_no_button(client, draft, anna, now):
    save(draft, anna, now, purpose="Om te kijken.")
    first, last = DraftSave.objects.order_by("revision")
    client.force_login(anna)
    assert not soup(client.get(address("draft-save", draft, last.pk))).select("main form")
    assert soup(client.get(address("draft-save", draft, first.pk))).select("main form")

    submit(draft=draft, reason="Nieuw.", by=anna, now=now)

    assert not soup(client.get(address("draft-save", draft, first.pk))).select("main form")


def test_half_written_text_of_a_wrong_shape_can_be_looked_at(client, draft, anna, now):
    save(draft, anna, now, next_review_date="volgende week")
    client.force_login(anna)

    assert client.get(address("draft-save", draft, DraftSave.objects.last().pk)).status_code == 200


def test_who_left_is_a_colleague(client, draft, anna, bram, now):
    save(draft, anna, now, purpose="Om te kijken.")
    anna.delete()
    client.force_login(bram)

    assert "Een collega" in words(soup(client.get(address("draft-saves", draft))).select_one("main"))
