""" "Nog juist": by two people, one or many at once; the text stays, the dates are new."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from zeal import zeal_ignore

from portal.core.workflow import StepNotAllowed
from tests.conftest import NOW
from tests.factories.life import make_hospital, public_entry
from tests.factories.transparency import COMPLETE
from tests.support.html import soup
from transparency.actions import drafts, rechecks
from transparency.actions.publishing import publish_entry
from transparency.actions.rechecks import KEPT_EN
from transparency.models import Version
from transparency.plain_language import gate_of
from transparency.readability.gate import Verdict
from transparency.states import DraftState

pytestmark = pytest.mark.django_db
# Orange: for about half of all readers too hard, yet no answer is red.
ORANGE = (
    "De computer berekent een voorspelling op basis van uw gegevens. De arts beoordeelt die voorspelling daarna. "
    "Bij afwijkende waarden volgt aanvullend onderzoek. De uitkomst wordt opgeslagen in het dossier. "
    "Het ziekenhuis controleert regelmatig de kwaliteit van de voorspellingen. "
    "De leverancier levert jaarlijks een rapport over de prestaties van het systeem."
)


@pytest.fixture
def hospital():
    return make_hospital()


def ask(hospital, entry):
    return rechecks.ask(entry=entry, by=hospital.writer, now=NOW)


def confirm(hospital, draft):
    return rechecks.confirm(draft=draft, revision=draft.revision, by=hospital.publisher, now=NOW)


def test_text_stays_and_gets_new_dates(hospital):
    entry = public_entry(hospital)
    draft = ask(hospital, entry)
    assert draft.state == DraftState.SUBMITTED

    version = confirm(hospital, draft)

    assert version.content == {**COMPLETE, "last_checked_on": "2026-11-22", "next_review_date": "2027-11-22"}
    assert (version.number, version.reason) == (2, "Gecontroleerd: de tekst klopt nog.")
    assert version.reason_en == "Checked: the text is still right."


def test_one_person_alone_changes_nothing(hospital):
    entry = public_entry(hospital)

    ask(hospital, entry)

    assert entry.versions.count() == 1


def test_text_that_is_orange_may_stay_as_it_is(hospital):
    entry = public_entry(
        hospital, content={"purpose": ORANGE}, language_reason="Dit is nodig voor de uitleg.",
        language_reason_en="The explanation needs this.",
    )  # fmt: skip
    assert gate_of(entry, entry.current_version.content).verdict is Verdict.NEEDS_REASON

    version = confirm(hospital, ask(hospital, entry))

    found = version.readability
    assert (found.reason, found.reason_en) == ("Dit is nodig voor de uitleg.", "The explanation needs this.")


def test_text_that_became_orange_says_that_it_was_only_checked(hospital):
    entry = public_entry(hospital, content={"purpose": ORANGE}, language_reason="x")
    entry.current_version.readability.reason = ""
    entry.current_version.readability.save()

    version = confirm(hospital, ask(hospital, entry))

    assert version.readability.reason == "Deze tekst stond er al. Wij keken alleen of hij nog klopt."
    assert version.readability.reason_en == KEPT_EN


def test_text_that_misses_an_answer_needs_a_new_version(hospital):
    entry = public_entry(hospital)
    content = {key: value for key, value in COMPLETE.items() if key != "risks"}
    Version.objects.bulk_create([Version(entry=entry, number=2, content=content, reason="Oud.", responsible="Wij",
                                         published_at=NOW)])  # fmt: skip
    entry.current_version = entry.versions.get(number=2)
    entry.save()

    with pytest.raises(ValidationError, match="Wat kan er misgaan"), transaction.atomic():
        ask(hospital, entry)

    assert not entry.drafts.exists()


def test_text_that_is_being_changed_is_not_checked_beside_it(hospital):
    entry = public_entry(hospital)
    drafts.start_correction(entry=entry, by=hospital.publisher, now=NOW)

    with pytest.raises(StepNotAllowed) as refused:
        ask(hospital, entry)

    assert "nieuwe tekst" in str(refused.value.told)


def test_recheck_in_which_somebody_wrote_is_a_new_text(hospital):
    draft = ask(hospital, public_entry(hospital))
    drafts.take_back(draft=draft, by=hospital.writer, now=NOW)
    drafts.save_answers(draft=draft, answers={"name": "Breukzoeker"}, seen=draft.revision, by=hospital.writer, now=NOW)
    drafts.submit(draft=draft, reason="Een betere naam.", by=hospital.writer, now=NOW)

    with pytest.raises(StepNotAllowed):
        confirm(hospital, draft)
    drafts.approve(draft=draft, revision=draft.revision, by=hospital.publisher, now=NOW)

    assert draft.entry.versions.count() == 2


def test_recheck_of_a_text_that_got_a_new_version_meanwhile_is_refused(hospital):
    entry = public_entry(hospital)
    draft = ask(hospital, entry)
    publish_entry(
        entry=entry, content={**COMPLETE, "name": "Anders"}, reason="Anders.", responsible="Wij", by=None, now=NOW
    )
    draft.refresh_from_db()

    with pytest.raises(StepNotAllowed):
        confirm(hospital, draft)


# --- Many at once ----------------------------------------------------------------------------------------------------


def test_many_are_asked_and_confirmed_together_and_each_refusal_is_told(client, hospital, mailoutbox):
    entries = [public_entry(hospital, slug=f"tekst-{n}", content={"name": f"Kijker {n}",
               "next_review_date": "2026-12-01"}) for n in range(4)]  # fmt: skip
    drafts.start_correction(entry=entries[3], by=hospital.publisher, now=NOW)
    client.force_login(hospital.writer)
    page = client.get(reverse("transparency:rechecks")).text
    assert [name in page for name in ("Kijker 0", "Kijker 2", "Kijker 3")] == [True, True, False]

    with zeal_ignore():  # each text is a step of its own
        answer = client.post(
            reverse("transparency:recheck-ask"), {"tekst": [entry.slug for entry in entries]}, follow=True
        )

    assert "U keek naar 3 teksten." in answer.text
    assert "Kijker 3: Er wordt al aan een nieuwe tekst gewerkt." in answer.text
    assert sorted(message.to[0] for message in mailoutbox) == sorted([hospital.publisher.email, hospital.other.email])
    assert all(f"Kijker {n}" in mailoutbox[0].body for n in range(3))

    client.force_login(hospital.publisher)
    page = client.get(reverse("transparency:rechecks"))
    chosen = [box["value"] for box in soup(page).select("[aria-labelledby=bevestigen] input[type=checkbox]")]
    assert len(chosen) == 3
    with zeal_ignore():
        answer = client.post(reverse("transparency:recheck-confirm"), {"tekst": chosen}, follow=True)

    assert "3 teksten hebben een nieuwe datum." in answer.text
    assert {entry.versions.count() for entry in entries[:3]} == {2}
    again = client.post(reverse("transparency:recheck-confirm"), {"tekst": chosen}, follow=True)
    assert "Er is niets veranderd." in again.text


@pytest.mark.parametrize("value", ["", "x", "x:1", "\x00", "00000000-0000-0000-0000-000000000000:1", "a:b:c"])
@pytest.mark.parametrize("step", ["recheck-ask", "recheck-confirm"])
def test_choice_that_is_none_changes_nothing(client, hospital, step, value):
    client.force_login(hospital.publisher)

    answer = client.post(reverse(f"transparency:{step}"), {"tekst": [value]}, follow=True)

    assert "Er is niets veranderd." in answer.text
