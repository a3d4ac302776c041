"""One's own data: complete, only one's own, taken along, corrected, agreed to and not, and erased."""

import json
import uuid

import pytest
from django.apps import apps
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from participation.actions.consents import give_consent, has_consent
from participation.actions.leaving import erase_myself
from participation.actions.money.judging import return_claim
from participation.consent_texts import FILE, words_of
from participation.models import (
    Assignment,
    Attendance,
    Claim,
    Consent,
    ConsentKind,
    Erasure,
    Perspective,
    Profile,
    Viewing,
)
from participation.personal.parts import NOT_SHOWN, PARTS, copy_of, held_about
from portal.accounts.models import User
from portal.audit.revision import current_revision
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import ProjectFactory, representative
from tests.factories.people import PASSWORD, UserFactory
from tests.factories.rights import administrator, full_person
from tests.support.html import soup, words

pytestmark = pytest.mark.django_db

PAGE = reverse("participation:my-data")
LEAVE = reverse("participation:my-data-leave")
CONSENT = reverse("participation:my-consent")
PERSONAL = [model for model in apps.get_app_config("participation").get_models() if model.Retention.personal]


@pytest.fixture
def person(client):
    made = full_person()
    client.force_login(made.user)
    return made


def seen(client, address=PAGE):
    return words(soup(client.get(address)).select_one("main"))


# --- Seeing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", PERSONAL, ids=lambda model: model._meta.label)
def test_every_model_with_something_personal_is_in_the_list_or_says_why_not(model):
    assert (model._meta.label in PARTS) != (model._meta.label in NOT_SHOWN)


def test_every_part_tells_something_of_somebody_who_did_everything(person):
    assert [held.key for held in held_about(person.user) if not held.rows] == ["roles", "log"]


@pytest.mark.parametrize(
    "word",
    ["Geheime Naam", "geheim@thuis.example", "Ik was kok.", "Een tolk", "Longziekte", "verpleegkundige",
     "Ik ken longziekte.", "Aandelen in Fotokijker", "Lees de folder na", "Ik kom met de trein.", "Mijn foto’s",
     "Bel mensen na een week.", "Grote letters",
     "Leg de kans uit met een plaatje.", "projectleider", "Eerste gesprek", "90", "Adviseur",
     "U vroeg een uitzondering", "U gaf antwoord op een advies", "Vrijwilligersvergoeding", "€ 123", "€ 45",
     "Folder gelezen", "Dat klopt.", "Meelezen", "4300"],
)  # fmt: skip
def test_page_shows_what_is_held(client, person, word):
    assert word in seen(client)


def test_page_and_copy_show_nothing_of_somebody_else(client, person):
    other = UserFactory(name="Iemand Anders")
    client.force_login(other)

    page, copy = client.get(PAGE).text, client.get(reverse("participation:my-copy")).text

    for text in (page, copy):
        assert [word for word in ("Geheime Naam", "geheim@thuis", "Ik was kok", "Longziekte") if word in text] == []


def test_viewer_is_shown_by_role_and_organisation_without_a_name(client, person):
    shown = words(soup(client.get(PAGE)).select_one("section[aria-labelledby=wie-keek]"))

    assert person.project.organisation.name in shown
    assert "projectleider" in shown
    assert person.project.lead.name not in client.get(PAGE).text
    assert person.project.lead.email not in client.get(reverse("participation:my-copy")).text


def test_copy_is_a_file_with_the_same_parts(client, person):
    response = client.get(reverse("participation:my-copy"))

    told = json.loads(response.content)
    assert response.headers["Content-Disposition"] == 'attachment; filename="mijn-gegevens-2026-11-22.json"'
    assert "no-store" in response.headers["Cache-Control"]
    assert set(told) == {"made_at", *(held.key for held in held_about(person.user))}
    assert told["profile"][0]["access_needs"] == "Een tolk"
    assert told["attendances"][0]["minutes"] == 90


def test_copy_holds_every_personal_value_of_the_rows(person, now):
    told = json.dumps(copy_of(person.user, now), ensure_ascii=False, default=str)

    for row in (Profile.objects.get(), Perspective.objects.get()):
        texts = [getattr(row, name) for name in row.Retention.personal]
        assert [text for text in texts if isinstance(text, str) and text not in told] == []


def test_number_of_queries_does_not_grow(client, person, django_assert_max_num_queries):
    for _number in range(6):
        representative(ProjectFactory(), user=person.user)

    with django_assert_max_num_queries(73):
        client.get(PAGE)


# --- Consents --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ConsentKind)
def test_every_consent_has_words_in_both_languages(kind):
    dutch = words_of(kind)

    assert (dutch.text, dutch.sees, dutch.after.count("?")) != ("", "", 0)
    for name in ("text_en", "sees_en", "after_en"):
        assert FILE.read_text(encoding="utf-8").count(f"\n{name} = ") == len(ConsentKind)


def test_one_click_gives_and_one_withdraws(client, now):
    user = UserFactory()
    client.force_login(user)

    client.post(CONSENT, {"soort": "BACKGROUND", "over": "", "geven": "1"})
    assert has_consent(user, ConsentKind.BACKGROUND)
    assert "U gaf toestemming op 22 november 2026, versie 1 van de tekst" in seen(client)

    client.post(CONSENT, {"soort": "BACKGROUND", "over": "", "intrekken": "1"})
    assert not has_consent(user, ConsentKind.BACKGROUND)
    assert "Gegeven op 22 november 2026 (versie 1), ingetrokken op 22 november 2026" in seen(client)


def test_second_click_changes_nothing(client):
    client.force_login(UserFactory())
    for word in ("geven", "geven", "intrekken", "intrekken"):
        assert client.post(CONSENT, {"soort": "BACKGROUND", "over": "", word: "1"}).status_code == 302

    assert Consent.objects.count() == 1


def test_name_is_asked_for_each_project_one_takes_part_in(client, person):
    asked = [words(one) for one in soup(client.get(PAGE)).select(".consents__one h3")]

    assert f"Mijn naam bij een project tonen: {person.project.name}" in asked
    assert sum(one.startswith("Mijn naam") for one in asked) == 1


def test_name_that_is_withdrawn_is_gone_from_the_cache_at_once(client, person, now):
    about = f"project:{person.project.uuid}"
    give_consent(kind=ConsentKind.NAME, by=person.user, now=now, about=about)
    before = current_revision()

    client.post(CONSENT, {"soort": "NAME", "over": about, "intrekken": "1"})

    assert current_revision() > before


def test_withdrawing_erases_what_rested_on_it_and_logs_that(client, person):
    client.post(CONSENT, {"soort": "PERSPECTIVE", "over": "", "intrekken": "1"})

    assert not Perspective.objects.exists()
    assert Erasure.objects.get().kind == "consent_withdrawn"


# --- Leaving ---------------------------------------------------------------------------------------------------------


def signed_in(client, user):
    client.logout()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def test_leaving_asks_again_who_you_are(client, person):
    response = client.get(LEAVE)

    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert client.post(LEAVE).status_code == 302
    assert User.objects.filter(pk=person.user.pk).exists()


def test_page_says_what_goes_and_what_stays_and_why(client, person):
    text = seen(signed_in(client, person.user), LEAVE)

    assert "Dit gaat meteen weg" in text
    assert "Advies dat u gaf. Iedereen kan het lezen" in text


def test_leaving_erases_the_person_and_keeps_what_is_public(client, person):
    number = person.assignment.number
    response = signed_in(client, person.user).post(LEAVE)

    assert response.headers["Location"] == reverse("participation:erased")
    assert client.get(PAGE).status_code == 302
    assert not User.objects.filter(pk=person.user.pk).exists()
    for model in (Consent, Perspective, Profile, Viewing):
        assert not model.objects.exists(), model
    left = Assignment.objects.get(project=person.project)
    assert (left.user, left.number, left.state) == (None, number, "ENDED")
    there = Attendance.objects.get()
    assert (there.will_come, there.minutes, there.was_there) == (None, None, True)
    assert person.advice.versions.get().text == "Leg de kans uit met een plaatje."
    assert not Assignment.objects.filter(buddy=person.user.pk).exists()


TRACES = ("Geheime", "geheim@", "ongziekte", "Een tolk", "kok.", "Grote", "trein", "Bel mensen", "Fotokijker")


def test_leaving_leaves_no_trace_of_the_person_in_any_table(client, person):
    signed_in(client, person.user).post(LEAVE)

    found = []
    for model in apps.get_models():
        names = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
        ]
        for row in model._default_manager.order_by().values(*names) if names else ():
            found += [
                model
                for word in (
                    "Geheime",
                    "geheim@",
                    "ongziekte",
                    "Een tolk",
                    "kok.",
                    "Grote",
                    "trein",
                    "Bel mensen",
                    "Fotokijker",
                )
                if word in str(row)
            ]
    assert found == []


def test_leaving_keeps_what_is_still_owed_and_takes_the_rest(client, person, now):
    sent = Claim.objects.exclude(submitted_at=None)
    signed_in(client, person.user).post(LEAVE)

    claim = sent.get()
    assert not Claim.objects.filter(submitted_at=None).exists()
    assert (claim.user, claim.state, claim.amount) == (None, "SUBMITTED", 1_150)
    assert (claim.iban_end, claim.receipts.count()) == ("4300", 1)  # it is still paid; the tax law wants the receipt
    with pytest.raises(ValidationError, match="heeft geen account meer"):
        return_claim(claim=claim, revision=0, question="Hoezo?", by=person.project.lead, now=now, key=uuid.uuid4())


@pytest.mark.parametrize("state", ["REJECTED", "RETURNED", "HELD"])
def test_leaving_takes_the_account_of_what_is_not_owed(client, person, now, state):
    ended = now if state == "REJECTED" else None
    Claim.objects.exclude(submitted_at=None).update(state=state, ended_at=ended, counts_in=None)
    signed_in(client, person.user).post(LEAVE)

    claim = Claim.objects.get()
    assert (claim.user, claim.holder, claim.iban_sealed, claim.iban_end, claim.answer) == (None, "", "", "", "")
    assert claim.state == ("REJECTED" if ended else "CANCELLED")


def test_both_sides_hear_that_a_number_left_without_a_name(client, person):
    signed_in(client, person.user)
    mail.outbox.clear()
    client.post(LEAVE)

    told = {message.to[0]: message for message in mail.outbox}
    assert "Geheime" not in "".join(one.body + one.subject for one in mail.outbox)
    assert "Patiëntvertegenwoordiger 1 doet niet meer mee" in told[person.project.lead.email].body
    assert told["geheim@thuis.example"].subject == "Uw gegevens zijn weg"


def test_last_administrator_cannot_leave_and_nothing_changed(client):
    user = administrator(OrganisationFactory(name="De Linde"))
    assignment = representative(ProjectFactory(), user=user)
    client.force_login(user)

    with pytest.raises(Exception, match="De Linde: Er moet een beheerder blijven"):
        erase_myself(by=user, now=assignment.proposed_at)

    assignment.refresh_from_db()
    assert (assignment.user, assignment.state) == (user, "ACTIVE")
    assert not Erasure.objects.exists()


def test_leaving_is_the_way_that_the_account_page_points_to(client, person):
    assert PAGE in [one.get("href") for one in soup(client.get(reverse("account"))).select("main a")]
