"""The pages of starting: with forms alone, nothing is lost, nothing is told to who should not know."""

import io
import re
import time

import pytest
from django.core import mail
from django.urls import reverse
from pypdf import PdfReader

from participation.actions import agreements, assignments, offers, welcome
from participation.models import Assignment, Consent, ConsentKind, Interest, Profile, RoleOffer, Signature
from participation.states import AssignmentState, Influence, InterestDecision, SigningSide, SigningWay
from participation.workspace import tasks_for
from portal.accounts.actions.joining import rename
from portal.audit.models import AuditEvent
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import ProjectFactory, representative
from tests.factories.people import PASSWORD, UserFactory, member, with_factor
from tests.factories.starting import (
    coordinator_of,
    decided,
    declared,
    fresh,
    fund_manager,
    proposed,
    sign_for,
    started,
)
from tests.support.html import soup, words

pytestmark = pytest.mark.django_db

LINK = re.compile(r"https?://\S+?(/deelname/(?:tekenen|uitnodiging)/\S+)")


@pytest.fixture
def project(db):
    return ProjectFactory(slug="breukkijker", name="Breukkijker")


@pytest.fixture
def coordinator(project):
    return coordinator_of(project)


def just_took_second_step(client, user):
    """Sign `user` in as somebody who showed a second factor a moment ago."""
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def read(answer):
    """What a reader reads on a page."""
    return words(soup(answer))


def post(client, user, name, data, **kwargs):
    client.force_login(user)
    return client.post(reverse(f"participation:{name}", kwargs=kwargs), data)


def get(client, user, name, **kwargs):
    client.force_login(user)
    return client.get(reverse(f"participation:{name}", kwargs=kwargs))


def public_page(client, project):
    client.logout()
    return read(client.get(project.get_absolute_url()))


def to_sign(client, one):
    return client.post(reverse("participation:agreement", args=[one.uuid]), {"typed_name": "Naam"})


# --- Signing ---------------------------------------------------------------------------------------------------------


def test_second_step_of_a_moment_ago_signs(client, project):
    one = proposed(project, user=with_factor(UserFactory()))
    just_took_second_step(client, one.user)

    answer = to_sign(client, one)

    assert answer["Location"] == reverse("participation:assignment", args=[one.uuid])
    assert (Signature.objects.get().how, Signature.objects.get().side) == (
        SigningWay.FACTOR,
        SigningSide.REPRESENTATIVE,
    )


@pytest.mark.parametrize("record", [
    {"method": "password"},
    {"method": "mfa", "type": "recovery_codes"},
    {"method": "mfa", "type": "totp", "at": 1000},
])  # fmt: skip
def test_other_proof_or_an_old_one_does_not_sign(client, project, record):
    one = proposed(project, user=with_factor(UserFactory()))
    just_took_second_step(client, one.user)
    session = client.session
    session["account_authentication_methods"] = [{"at": time.time(), **record}]
    session.save()

    answer = to_sign(client, one)

    assert answer.status_code == 422
    assert soup(answer).select_one('a[href^="/account/opnieuw-aanmelden/code/"]')["href"].endswith("afspraken%2F")
    assert Signature.objects.count() == 0


def test_mail_that_asks_somebody_leads_to_a_signature_in_one_page(client, project, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        one = proposed(project)
    link = LINK.search(mail.outbox[-1].body)[1]

    page = client.get(link)
    assert Signature.objects.count() == 0
    assert "Wat u voor uzelf houdt" in read(page)
    answer = client.post(link, {"typed_name": "Naam"})

    assert answer.status_code == 200
    assert Signature.objects.get().how == SigningWay.MAIL_LINK
    assert (client.get(link).status_code, client.post(link, {"typed_name": "Naam"}).status_code) == (410, 410)
    assert fresh(one).representative_signed_at is not None


def test_link_that_is_asked_for_goes_to_who_asks_alone(client, project, now, django_capture_on_commit_callbacks):
    one = proposed(project)

    with django_capture_on_commit_callbacks(execute=True):
        post(client, one.user, "agreement-link", {}, key=one.uuid)

    assert mail.outbox[-1].to == [one.user.email]
    assert client.get(LINK.search(mail.outbox[-1].body)[1]).status_code == 200


def test_link_without_a_name_keeps_the_page_and_signs_nothing(client, project, now):
    one = proposed(project)
    address = agreements.new_link(agreement=one.agreement, user=one.user, side=SigningSide.REPRESENTATIVE, now=now)

    answer = client.post(address, {"typed_name": " "})

    assert answer.status_code == 422
    assert "Typ uw naam." in read(answer)
    assert Signature.objects.count() == 0


@pytest.mark.parametrize(
    ("prefix", "title"), [("", "Afspraken over uw deelname"), ("/en", "Agreement about taking part")]
)
def test_copy_to_keep_holds_the_text_and_who_signed(client, project, now, prefix, title):
    one = proposed(project)
    sign_for(one, SigningSide.REPRESENTATIVE, now)
    client.force_login(one.user)

    answer = client.get(prefix + reverse("participation:agreement-pdf", args=[one.uuid]))

    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert answer["Content-Type"] == "application/pdf"
    assert title in " ".join(text.split())
    assert "Naam Onder Papier" in " ".join(text.split())
    assert "no-store" in answer["Cache-Control"]


def test_agreement_of_an_erased_name_can_still_be_read(client, project, now):
    one = proposed(project)
    sign_for(one, SigningSide.REPRESENTATIVE, now)
    Signature.objects.get().signed_name.delete()

    assert "Patiëntvertegenwoordiger, 22 november 2026" in read(get(client, one.user, "agreement", key=one.uuid))


# --- My role ---------------------------------------------------------------------------------------------------------


def test_page_says_what_the_role_is_and_what_comes_first(client, project):
    one = proposed(project)

    page = read(get(client, one.user, "assignment", key=one.uuid))

    assert "U geeft advies. Het project moet daar antwoord op geven." in page
    assert "○ U tekent de afspraken" in page
    assert "○ U meldt uw belangen" in page


def test_interests_are_declared_on_the_own_page_and_a_fault_keeps_what_was_typed(client, project):
    one = proposed(project)

    wrong = post(client, one.user, "assignment-step", {"belangen-text": "Mijn broer werkt daar."}, key=one.uuid,
                 step="belangen")  # fmt: skip
    typed = {"belangen-has": "wel", "belangen-text": "Mijn broer werkt daar."}
    right = post(client, one.user, "assignment-step", typed, key=one.uuid, step="belangen")

    assert wrong.status_code == 422
    assert soup(wrong).select_one("#id_belangen-text").text.strip() == "Mijn broer werkt daar."
    assert right.status_code == 302
    assert Interest.objects.get().text == "Mijn broer werkt daar."


def test_first_steps_are_ticked_and_put_back_by_oneself(client, project, coordinator, now):
    one = started(project, coordinator, now)
    for data, left in (({"stap-kind": "READ", "stap-done": "ja"}, ["READ"]), ({"stap-kind": "READ"}, [])):
        post(client, one.user, "assignment-step", data, key=one.uuid, step="stap")

        assert list(one.welcome_steps.values_list("kind", flat=True)) == left
    assert post(client, one.user, "assignment-step", {"stap-kind": "X"}, key=one.uuid, step="stap").status_code == 422


def test_needs_are_seen_by_the_project_and_by_nobody_else(client, project, coordinator, now):
    one = started(project, coordinator, now)

    post(client, one.user, "assignment-step", {"nodig-text": "Plantamarker letters"}, key=one.uuid, step="nodig")

    for who in (project.lead, coordinator):
        assert "Plantamarker" in get(client, who, "participants", slug=project.slug).text
    assert "Plantamarker" not in public_page(client, project)
    assert "Plantamarker" not in str(list(AuditEvent.objects.values()))
    post(client, one.user, "assignment-step", {"nodig-text": ""}, key=one.uuid, step="nodig")
    assert fresh(one).access_needs == ""


def needs_form(client, user, one):
    """(what stands in the field, whether the page says that the project does not see it yet)."""
    page = soup(get(client, user, "assignment", key=one.uuid))
    return page.select_one("#id_nodig-text").text.strip(), "Het project ziet het nog niet" in words(page)


def test_needs_of_the_profile_are_a_start_and_shared_only_when_saved(client, project, coordinator, now):
    one = started(project, coordinator, now)
    assert needs_form(client, one.user, one) == ("", False)
    Profile.objects.create(user=one.user, access_needs="Plantamarker letters", used_at=now)

    assert needs_form(client, one.user, one) == ("Plantamarker letters", True)
    post(client, one.user, "assignment-step", {"belangen-has": "geen"}, key=one.uuid, step="belangen")
    for who in (project.lead, coordinator):
        assert "Plantamarker" not in get(client, who, "participants", slug=project.slug).text

    post(client, one.user, "assignment-step", {"nodig-text": "Plantamarker cijfers"}, key=one.uuid, step="nodig")
    assert needs_form(client, one.user, one) == ("Plantamarker cijfers", False)
    assert "Plantamarker cijfers" in get(client, project.lead, "participants", slug=project.slug).text
    assert one.user.profile.access_needs == "Plantamarker letters"


def test_needs_that_are_too_long_come_back_as_typed_and_not_as_in_the_profile(client, project, coordinator, now):
    one = started(project, coordinator, now)
    Profile.objects.create(user=one.user, access_needs="Plantamarker letters", used_at=now)

    answer = post(client, one.user, "assignment-step", {"nodig-text": "x" * 1001}, key=one.uuid, step="nodig")

    assert answer.status_code == 422
    assert soup(answer).select_one("#id_nodig-text").text.strip() == "x" * 1001
    assert "Het project ziet het nog niet" not in words(soup(answer))


def test_who_stopped_still_reads_why_but_can_change_nothing(client, project, coordinator, now):
    one = started(project, coordinator, now)
    assignments.end(assignment=one, by=project.lead, reason="Er is geen plek meer.", now=now)

    page = get(client, one.user, "assignment", key=one.uuid)

    assert "Er is geen plek meer." in read(page)
    assert soup(page).select("main form") == []
    answer = post(client, one.user, "assignment-step", {"nodig-text": "Iets"}, key=one.uuid, step="nodig")
    assert answer.status_code == 409


# --- Names -----------------------------------------------------------------------------------------------------------


def test_name_is_shown_only_with_consent_and_gone_at_once(client, project, coordinator, now):
    one = started(project, coordinator, now, user=UserFactory(name="Planta Marker"))
    assert "Planta" not in public_page(client, project)
    assert "Patiëntvertegenwoordiger 1: Adviseur" in public_page(client, project)

    post(client, one.user, "assignment-step", {}, key=one.uuid, step="naam-tonen")
    assert "Planta Marker (patiëntvertegenwoordiger 1)" in public_page(client, project)
    rename(name="Planta Anders", by=one.user, now=now)
    assert "Planta Anders" in public_page(client, project)
    post(client, one.user, "assignment-step", {}, key=one.uuid, step="naam-weg")

    assert "Planta" not in public_page(client, project)
    assert list(Consent.objects.filter(kind=ConsentKind.NAME, withdrawn_at=None)) == []


def test_consent_is_for_one_project(client, project, coordinator, now):
    one = started(project, coordinator, now, user=UserFactory(name="Planta Marker"))
    other = ProjectFactory()
    representative(other, user=one.user)

    post(client, one.user, "assignment-step", {}, key=one.uuid, step="naam-tonen")

    assert "Planta" not in public_page(client, other)


def test_name_goes_when_somebody_stops(client, project, coordinator, now):
    one = started(project, coordinator, now, user=UserFactory(name="Planta Marker"))
    post(client, one.user, "assignment-step", {}, key=one.uuid, step="naam-tonen")

    post(client, one.user, "assignment-step", {}, key=one.uuid, step="stoppen")

    assert "Planta" not in public_page(client, project)


# --- Interests -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("decision", InterestDecision)
def test_public_page_shows_the_words_of_the_decision_with_a_role_and_without_a_name(
    client, project, coordinator, now, decision
):
    one = started(project, coordinator, now, user=UserFactory(name="Planta Marker"))
    decided(declared(project, one.user, now, "Mijn man werkt bij de maker."), coordinator, now, decision)
    if decision == InterestDecision.EXCLUDE:
        decided(declared(project, one.user, now), coordinator, now)

    page = public_page(client, project)

    is_public = decision in (InterestDecision.PUBLISH, InterestDecision.LIMIT)
    assert ("Patiëntvertegenwoordiger: Zit niet bij dit onderwerp." in page) == is_public
    assert ("doet mee met een grens" in page) == (decision == InterestDecision.LIMIT)
    assert "Mijn man" not in page
    assert "Planta" not in page


def test_interest_of_who_left_the_team_is_not_shown_any_more(client, project, now):
    colleague = member(project.organisation, Role.EDITOR)
    seat = project.team.create(user=colleague, function="kinderarts", since=now)
    decided(declared(project, colleague, now, "Aandelen."), fund_manager(), now, InterestDecision.PUBLISH)
    assert "Kinderarts: Zit niet bij" in public_page(client, project)

    seat.delete()

    assert "Zit niet bij" not in read(client.get(project.get_absolute_url()))


def test_text_of_interests_is_read_by_who_decides_and_nobody_else(client, project, coordinator, now):
    one = proposed(project)
    declared(project, one.user, now, "Plantamarker BV")

    assert "Plantamarker" in get(client, coordinator, "interests", slug=project.slug).text
    for name, who in (("participants", project.lead), ("interests", project.lead), ("interests", fund_manager())):
        assert "Plantamarker" not in get(client, who, name, slug=project.slug).text
    assert "Plantamarker" not in str(list(AuditEvent.objects.values()))


def test_team_declares_in_the_workspace_and_a_fault_keeps_what_was_typed(client, project):
    data = {"belangen-has": "wel", "belangen-text": ""}
    wrong = post(client, project.lead, "interests", data, slug=project.slug)
    right = post(client, project.lead, "interests", {"belangen-has": "geen"}, slug=project.slug)

    assert (wrong.status_code, right.status_code) == (422, 302)
    assert soup(wrong).select_one("details[open] textarea") is not None
    assert Interest.objects.get().assignment is None


def test_decision_without_words_comes_back_with_what_was_chosen(client, project, coordinator, now):
    interest = declared(project, proposed(project).user, now, "Aandelen.")
    data = {f"besluit-{interest.pk}-decision": "LIMIT"}

    answer = post(client, coordinator, "interest-decide", data, slug=project.slug, key=interest.uuid)

    assert answer.status_code == 422
    assert soup(answer).select_one('input[value="LIMIT"]').has_attr("checked")


# --- Who takes part --------------------------------------------------------------------------------------------------


def test_lead_sees_what_is_missing_before_each_can_start(client, project, coordinator, now):
    one = proposed(project)
    sign_for(one, SigningSide.PROJECT, now)

    page = read(get(client, project.lead, "participants", slug=project.slug))

    assert "De vertegenwoordiger tekent nog." in page
    assert "De vertegenwoordiger meldt nog belangen." in page
    assert "Het project tekent nog." not in page


def test_nobody_learns_who_has_an_account(client, project, django_capture_on_commit_callbacks):
    there = UserFactory(email="bekend@elders.example")
    pages, mails = [], []
    for email in (there.email, "onbekend@elders.example"):
        RoleOffer.objects.all().delete()
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            data = {"vraag-email": email, "vraag-influence": "ADVISER"}
            answer = post(client, project.lead, "participants", data, slug=project.slug)
        assert answer.status_code == 302
        pages.append(read(get(client, project.lead, "participants", slug=project.slug)).replace(email, "X"))
        mails.append(LINK.sub("", mail.outbox[0].subject + mail.outbox[0].body))

    assert pages[0] == pages[1]
    assert mails[0] == mails[1]


def test_who_has_an_account_says_yes_with_one_button(client, project, now, django_capture_on_commit_callbacks):
    user = UserFactory(email="bekend@elders.example")
    with django_capture_on_commit_callbacks(execute=True):
        offers.offer_role(project=project, email=user.email, influence="PARTNER", by=project.lead, now=now)
    link = LINK.search(mail.outbox[0].body)[1]

    assert "Inloggen" in read(client.get(link))
    client.force_login(user)
    client.get(link)
    assert Assignment.objects.count() == 0
    client.post(link)

    made = Assignment.objects.get()
    assert (made.user, made.influence, made.state) == (user, "PARTNER", AssignmentState.PROPOSED)
    assert RoleOffer.objects.count() == 0
    assert client.get(link).status_code == 410


def test_who_still_has_to_set_up_a_second_step_does_so_before_saying_yes(
    client, project, now, django_capture_on_commit_callbacks
):
    user = UserFactory(email="bekend@elders.example")
    OrganisationFactory().memberships.create(user=user, role=Role.PUBLISHER, since=now)
    with django_capture_on_commit_callbacks(execute=True):
        offers.offer_role(project=project, email=user.email, influence="PARTNER", by=project.lead, now=now)
    client.force_login(user)

    answer = client.post(LINK.search(mail.outbox[0].body)[1])

    assert answer["Location"] == reverse("mfa_index")
    assert Assignment.objects.count() == 0


def test_who_has_no_account_makes_one_and_says_yes(client, project, now, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        offers.offer_role(project=project, email="nieuw@elders.example", influence="PARTNER", by=project.lead, now=now)
    link = LINK.search(mail.outbox[0].body)[1]

    answer = client.post(link, {"name": "Nieuw", "way": "password", "password1": PASSWORD})

    made = Assignment.objects.get(user__email="nieuw@elders.example")
    assert answer["Location"] == reverse("participation:assignment", args=[made.uuid])
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("why", ["lead left", "project over", "too old", "withdrawn", "of the team"])
def test_offer_that_should_not_work_makes_no_role(client, project, now, why, django_capture_on_commit_callbacks):
    lead = member(project.organisation, Role.PROJECT_LEAD)
    user = UserFactory(email="bekend@elders.example")
    with django_capture_on_commit_callbacks(execute=True):
        offer = offers.offer_role(project=project, email=user.email, influence="PARTNER", by=lead, now=now)
    link = LINK.search(mail.outbox[0].body)[1]
    if why == "lead left":
        lead.memberships.all().delete()
    elif why == "project over":
        type(project).objects.filter(pk=project.pk).update(state="CLOSED", ended_at=now, ending_reason="Klaar.")
    elif why == "too old":
        RoleOffer.objects.update(expires_at=now)
    elif why == "withdrawn":
        offers.withdraw_offer(offer=offer, by=project.lead, now=now)
    else:
        project.team.create(user=user, function="arts", since=now)
    client.force_login(user)

    answer = client.post(link)

    assert answer.status_code == (422 if why == "of the team" else 410)
    assert Assignment.objects.count() == 0


def test_offers_are_erased_a_month_after_they_stopped_working(project, now):
    offer = offers.offer_role(project=project, email="x@elders.example", influence="PARTNER", by=project.lead, now=now)

    assert offers.forget_old_offers(offer.expires_at + offers.FORGET_AFTER) == 0
    assert offers.forget_old_offers(offer.expires_at + offers.FORGET_AFTER * 2) == 1


def test_fault_at_one_who_takes_part_stays_with_that_one(client, project, coordinator, now):
    one, other = started(project, coordinator, now), started(project, coordinator, now)

    answer = post(client, project.lead, "participant-step", {"stoppen-2-text": " "}, slug=project.slug,
                  key=other.uuid, step="stoppen")  # fmt: skip

    page = soup(answer)
    assert answer.status_code == 422
    assert page.select_one("#id_stoppen-2-text")["aria-invalid"] == "true"
    assert not page.select_one("#id_stoppen-1-text").has_attr("aria-invalid")
    assert fresh(one).state == fresh(other).state == AssignmentState.ACTIVE


def test_step_that_came_too_late_says_so(client, project, coordinator, now):
    one = started(project, coordinator, now)
    assignments.end(assignment=one, by=one.user, now=now)

    answer = post(client, project.lead, "participant-step", {"stoppen-1-text": "Weg"}, slug=project.slug,
                  key=one.uuid, step="stoppen")  # fmt: skip

    assert answer.status_code == 409


# --- Buddies ---------------------------------------------------------------------------------------------------------


def test_buddy_and_newcomer_learn_names_only_after_a_yes(client, project, coordinator, now):
    one = started(project, coordinator, now, user=UserFactory(name="Nieuwe Marker"))
    buddy = started(project, coordinator, now, user=UserFactory(name="Buddy Marker")).user
    welcome.ask_buddy(assignment=one, buddy=buddy, by=coordinator, now=now)

    assert "Nieuwe Marker" not in get(client, buddy, "deelname").text
    assert "Buddy Marker" not in get(client, one.user, "assignment", key=one.uuid).text
    post(client, buddy, "buddy-answer", {}, key=one.uuid, answer="ja")

    assert "Nieuwe Marker" in get(client, buddy, "deelname").text
    assert "Buddy Marker" in get(client, one.user, "assignment", key=one.uuid).text


# --- What is asked of me ---------------------------------------------------------------------------------------------


def asked_of(user):
    return [str(task.what) for task in tasks_for(user)]


def test_everybody_is_told_what_waits_for_them(project, coordinator, now):
    manager = fund_manager()
    one = proposed(project)
    assert asked_of(one.user) == ["Lees en teken de afspraken", "Meld uw belangen"]
    assert asked_of(project.lead) == ["Teken de afspraken voor het project", "Meld uw belangen"]

    declared(project, one.user, now)
    declared(project, project.lead, now)
    for side in SigningSide:
        sign_for(one, side, now)

    assert asked_of(one.user) == asked_of(project.lead) == []
    assert (asked_of(coordinator), asked_of(manager)) == (["Beslis over gemelde belangen"],) * 2


def test_my_page_shows_what_is_asked_and_where_i_take_part(client, project):
    one = proposed(project)

    page = soup(get(client, one.user, "deelname"))

    assert page.select_one(".tasks a")["href"] == reverse("participation:agreement", args=[one.uuid])
    assert page.select_one(".rows a")["href"] == reverse("participation:assignment", args=[one.uuid])


def test_my_page_asks_the_database_no_more_for_more_roles(client, django_assert_max_num_queries):
    user = UserFactory()
    for _n in range(6):
        proposed(ProjectFactory(), user=user)
    client.force_login(user)

    with django_assert_max_num_queries(43):
        client.get(reverse("participation:deelname"))


def test_organisation_that_takes_part_acts_through_its_coordinator(client, project, now):
    side = project.patient_side
    coordinator = coordinator_of(project)
    one = assignments.propose(
        project=project, user=None, influence=Influence.PARTNER, by=project.lead, now=now, organisation=side
    )

    asked = asked_of(coordinator)
    page = get(client, coordinator, "assignment", key=one.uuid)

    declared(project, coordinator, now)
    agreements.sign(assignment=fresh(one), side=SigningSide.REPRESENTATIVE, typed_name="Naam", by=coordinator, now=now)

    assert page.status_code == 200
    assert Interest.objects.get().assignment == one
    assert "Lees en teken de afspraken" in asked
