"""Claiming through the pages: from a meeting to sent, one row more without a script, kept, answered and withdrawn."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from participation.actions.money import claims, commitments, judging, payments, telling
from participation.actions.money.reminders import remind_of_held_claims
from participation.models import Assignment, Attendance, Claim, PaymentChoice, PaymentProfile, Viewing
from participation.money_claim_emails import may_claim
from participation.money_permissions import can_check
from participation.states import ClaimState, ItemKind, LineKind, Regime
from participation.workspace import tasks_for
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.money import IBAN, fresh, key, money
from tests.factories.money_pictures import photo
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import held_meeting
from tests.factories.people import UserFactory, member
from tests.support.html import soup, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return money()


@pytest.fixture
def person(world, client):
    """A representative with money promised for time and travel, signed in."""
    made = world.representative()
    world.promise(made, 40_000)
    world.promise(made, 10_000, LineKind.TRAVEL)
    client.force_login(made.user)
    return made


def meeting_of(world, person, minutes=150):
    made = held_meeting(world.project, person)
    Attendance.objects.filter(meeting=made).update(minutes=minutes)
    return made


ON = {"checkbox": "on"}  # what a browser sends for a box without a value


def typed(page):
    """What the form of a page would send, without its buttons."""
    form = page.select_one("form.project-form")
    data = {}
    for one in form.select("input, textarea, select"):
        if one.get("type") in {"checkbox", "radio"} and not one.has_attr("checked"):
            continue
        if one.name == "select":
            chosen = one.select_one("option[selected]") or one.select_one("option")
            data[one["name"]] = chosen["value"] if chosen else ""
        elif one.get("name") and one["name"] != "csrfmiddlewaretoken":
            data[one["name"]] = (
                one.text.strip() if one.name == "textarea" else one.get("value", ON.get(one.get("type"), ""))
            )
    return data


def seen(client, address):
    return soup(client.get(address))


def back_from(page):
    """Where the page under which `page` stands is."""
    return page.select(".utrecht-breadcrumb-nav a")[-1]["href"]


def page_of(claim):
    return reverse("participation:claim", args=[claim.uuid])


def hidden(page, step):
    """The fields of the form of a step on the page of a claim."""
    form = page.select_one(f'form[action$="/{step}/"]')
    return {
        one["name"]: one["value"] for one in form.select("input[type=hidden]") if one["name"] != "csrfmiddlewaretoken"
    }


def take(client, claim, step, **more):
    page = seen(client, page_of(claim))
    return client.post(reverse("participation:claim-step", args=[claim.uuid, step]), hidden(page, step) | more)


# --- From a meeting --------------------------------------------------------------------------------------------------


def test_claim_of_a_meeting_is_filled_in_and_sent(client, world, person):
    PaymentProfile.objects.filter(user=person.user).update(usual_km=340)
    meeting = meeting_of(world, person)
    address = reverse("participation:claim-for-meeting", args=[person.uuid, meeting.uuid])

    data = typed(seen(client, address))
    assert (data["rij-1-hours"], data["rij-2-km"]) == ("2,5", "34")
    response = client.post(address, data | {"holder": "A. Voorbeeld", "iban": IBAN, "doe": "nakijken"}, follow=True)

    claim = Claim.objects.get()
    shown = words(soup(response).select_one("main"))
    assert "Samen: € 22,19" in shown
    assert "Met dit bedrag komt u deze maand op € 22,19 van € 220." in shown
    assert "Met dit bedrag komt u dit jaar op € 22,19 van € 2.200." in shown
    assert take(client, claim, "versturen").status_code == 302
    claim = fresh(claim)
    assert (claim.state, claim.amount, claim.meeting) == (ClaimState.SUBMITTED, 2_219, meeting)
    assert "De projectleider of de coördinator kijkt nu of alles klopt." in words(seen(client, page_of(claim)).main)


def test_who_has_to_choose_first_goes_on_with_the_meeting(client, world, person):
    PaymentChoice.objects.all().delete()
    PaymentProfile.objects.all().delete()
    meeting = meeting_of(world, person)
    address = reverse("participation:claim-for-meeting", args=[person.uuid, meeting.uuid])

    choice = client.get(address).headers["Location"]
    for told in ({"regime": "VOLUNTEER", "stap": "keuze"}, {"is_21": "ja", "stap": "leeftijd"}):
        choice = client.post(choice, told).headers["Location"]

    assert seen(client, choice).select_one(f'a[href="{address}"]')
    assert client.get(choice.replace(str(meeting.uuid), "verzonnen")).status_code == 200


def test_link_of_the_mail_leads_to_the_claim_that_is_there(client, world, person):
    meeting = meeting_of(world, person)
    address = reverse("participation:claim-for-meeting", args=[person.uuid, meeting.uuid])
    client.post(address, typed(seen(client, address)) | {"doe": "nakijken"})

    assert client.get(address).headers["Location"] == page_of(Claim.objects.get())


def test_who_is_not_signed_in_lands_on_the_claim_after_signing_in(client, world, person):
    meeting = meeting_of(world, person)
    address = reverse("participation:claim-for-meeting", args=[person.uuid, meeting.uuid])
    client.logout()

    assert client.get(address).headers["Location"].endswith(f"?next={address}")


@pytest.mark.parametrize(("row", "words_of_receipts"), [
    ({"kind": ItemKind.TIME, "quantity": 60}, "U hoeft geen bon mee te sturen."),
    ({"kind": ItemKind.TICKET, "amount": 500}, "Er zit nog geen bon bij."),
])  # fmt: skip
def test_page_says_whether_a_receipt_is_needed(client, world, person, row, words_of_receipts):
    draft = world.draft(person, row | {"day": timezone.localdate()})

    assert words_of_receipts in words(seen(client, page_of(draft)).select_one("[aria-labelledby=bonnen]"))


def test_double_click_on_a_new_claim_makes_one(client, world, person):
    address = reverse("participation:claim-new", args=[person.uuid])
    data = typed(seen(client, address)) | {"rij-1-hours": "2", "doe": "nakijken"}

    for _click in range(2):
        assert client.post(address, data).status_code == 302
    assert Claim.objects.count() == 1


def test_double_click_on_sending_sends_once(client, world, person):
    claim = world.draft(person)
    data = hidden(seen(client, page_of(claim)), "versturen")
    address = reverse("participation:claim-step", args=[claim.uuid, "versturen"])

    assert [client.post(address, data).status_code for _click in range(2)] == [302, 302]
    assert fresh(claim).state == ClaimState.SUBMITTED


# --- The form --------------------------------------------------------------------------------------------------------


def test_one_row_more_and_one_less_keep_what_was_typed(client, world, person):
    address = reverse("participation:claim-new", args=[person.uuid])
    start = typed(seen(client, address)) | {"rij-1-hours": "drie", "holder": "Mevrouw Ålund", "iban": "NL00"}

    more = soup(client.post(address, start | {"doe": "erbij-TICKET"}))
    data = typed(more)
    assert (data["rij-1-hours"], data["rij-2-kind"], data["holder"]) == ("drie", "TICKET", "Mevrouw Ålund")
    assert not more.select("[role=alert], .field__fault")
    less = typed(soup(client.post(address, data | {"rij-2-text": "Trein", "doe": "weg-1"})))
    assert (less["rij-1-kind"], less["rij-1-text"], "rij-2-kind" in less) == ("TICKET", "Trein", False)
    assert not Claim.objects.exists()


def test_what_is_wrong_is_told_at_its_row_and_nothing_is_lost(client, world, person):
    address = reverse("participation:claim-new", args=[person.uuid])
    data = typed(seen(client, address)) | {"rij-1-hours": "25", "iban": "NL91 ABNA 0417 1643 01", "doe": "nakijken"}

    response = client.post(address, data)

    page = soup(response)
    assert response.status_code == 422
    assert "Een dag heeft 24 uur." in words(page.select_one("#rij-1"))
    assert page.select_one('[role=alert] a[href="#rij-1"]')
    assert typed(page)["iban"] == "NL91 ABNA 0417 1643 01"
    response = client.post(address, typed(page) | {"rij-1-hours": "2", "doe": "nakijken"})
    assert "Dit rekeningnummer klopt niet." in words(soup(response).select_one("#id_iban_error"))
    assert not Claim.objects.exists()


@pytest.mark.parametrize(
    ("told", "minutes"),
    [("2,5", 150), ("2.5", 150), ("2:30", 150), ("2 uur 30", 150), ("3 uur", 180), ("1,33", 79), ("0:45", 45)],
)
def test_hours_are_read_as_people_write_them(client, world, person, told, minutes):
    address = reverse("participation:claim-new", args=[person.uuid])
    client.post(address, typed(seen(client, address)) | {"rij-1-hours": told, "doe": "nakijken"})

    assert Claim.objects.get().items.get().quantity == minutes


def test_second_tab_tells_that_the_claim_changed_and_keeps_what_was_typed(client, world, person):
    claim = world.draft(person)
    address = reverse("participation:claim-edit", args=[claim.uuid])
    first, second = typed(seen(client, address)), typed(seen(client, address))
    client.post(address, first | {"rij-1-hours": "1", "doe": "nakijken"})

    response = client.post(address, second | {"rij-1-hours": "4", "doe": "nakijken"})

    page = soup(response)
    assert response.status_code == 422
    assert "veranderde in een ander venster" in words(page.select_one("[role=alert]"))
    assert typed(page)["rij-1-hours"] == "4"
    assert fresh(claim).amount == 575
    assert client.post(address, typed(page) | {"doe": "nakijken"}).status_code == 302
    assert fresh(claim).amount == 2_300


def test_sending_what_changed_in_another_tab_is_refused(client, world, person):
    claim = world.draft(person)
    data = hidden(seen(client, page_of(claim)), "versturen")
    address = reverse("participation:claim-edit", args=[claim.uuid])
    client.post(address, typed(seen(client, address)) | {"rij-1-hours": "1", "doe": "nakijken"})

    response = client.post(reverse("participation:claim-step", args=[claim.uuid, "versturen"]), data)

    assert (response.status_code, fresh(claim).state) == (409, ClaimState.DRAFT)


def test_same_account_as_before_is_taken_over_sealed(client, world, person):
    world.sent(person)
    address = reverse("participation:claim-new", args=[person.uuid])

    page = seen(client, address)
    assert "Zelfde rekening als vorige keer, eindigt op 4300" in words(page.main)
    client.post(address, typed(page) | {"rij-1-hours": "1", "doe": "nakijken"})

    claim = Claim.objects.order_by("-pk").first()
    assert (claim.iban_end, claim.holder) == ("4300", "A. Voorbeeld")
    assert IBAN not in page.text


def test_account_of_somebody_else_is_never_taken_over(client, world, person):
    other = world.representative()
    world.promise(other, 5_000)
    world.sent(other)

    assert "Zelfde rekening" not in words(seen(client, reverse("participation:claim-new", args=[person.uuid])).main)


# --- Limits, as the page tells them ----------------------------------------------------------------------------------


def test_above_the_limit_one_can_lower_it_or_keep_it(client, world, person):
    day = world.now.date()
    claim = world.draft(person, *({"kind": ItemKind.TIME, "day": day, "quantity": 1_200} for _row in range(2)))

    page = seen(client, page_of(claim))
    shown = words(page.main)
    assert "Met dit bedrag komt u deze maand op € 230 van € 220. Dat is te veel." in shown
    assert "u kunt deze maand nog € 220 krijgen" in shown
    assert page.select_one('form[action$="/versturen/"]') is None
    assert take(client, claim, "bewaren", until="2026-12").status_code == 302
    assert (fresh(claim).state, fresh(claim).held_until) == (ClaimState.HELD, datetime.date(2026, 12, 1))


def test_own_ceiling_and_what_others_pay_are_counted(client, world, person):
    telling.set_ceiling(cents=2_000, by=person.user, now=world.now)
    telling.tell_elsewhere(month=world.now.date(), cents=1_000, by=person.user, now=world.now)
    claim = world.draft(person)

    shown = words(seen(client, page_of(claim)).main)

    assert "Met dit bedrag komt u deze maand op € 21,50 van € 220." in shown
    assert "Uw eigen grens: u komt deze maand op € 21,50 van € 20. Dat is te veel." in shown


def test_year_without_rates_stops_the_sending_and_not_the_keeping(client, world, person):
    with time_machine.travel(datetime.datetime(2027, 1, 4, 12, tzinfo=datetime.UTC), tick=False):
        client.force_login(person.user)
        address = reverse("participation:claim-new", args=[person.uuid])
        data = typed(seen(client, address)) | {"rij-1-hours": "2", "holder": "A", "iban": IBAN, "doe": "nakijken"}
        page = soup(client.post(address, data, follow=True))
        claim = Claim.objects.get()

        assert "De bedragen voor 2027 zijn nog niet bekend bij ons." in words(page.main)
        assert page.select_one('form[action$="/versturen/"]') is None
        response = client.post(
            reverse("participation:claim-step", args=[claim.uuid, "versturen"]), hidden(page, "bewaren")
        )
        assert response.status_code == 422
        assert take(client, claim, "bewaren", until="2027-02").status_code == 302
        assert fresh(claim).state == ClaimState.HELD


# --- Later, back, away -----------------------------------------------------------------------------------------------


def test_question_is_answered_and_the_claim_sent_again(client, world, person):
    claim = world.sent(person)
    judging.return_claim(
        claim=claim, revision=claim.revision, question="Waarom twee uur?", by=world.lead, now=world.now, key=key()
    )

    assert "Waarom twee uur?" in words(seen(client, page_of(claim)).main)
    assert "Er is een vraag over uw declaratie" in [str(task.what) for task in tasks_for(person.user)]
    take(client, claim, "versturen", answer="Een uur lezen, een uur praten.")

    claim = fresh(claim)
    assert (claim.state, claim.question) == (ClaimState.SUBMITTED, "Waarom twee uur?")
    assert claim.answer == "Een uur lezen, een uur praten."


def test_kept_claim_comes_back_when_its_month_begins_with_one_mail(client, world, person, committing):
    claim = world.draft(person)
    take(client, claim, "bewaren", until="2026-12")
    assert [task for task in tasks_for(person.user) if "bewaarde" in str(task.what)] == []

    with time_machine.travel(datetime.datetime(2026, 12, 1, 8, tzinfo=datetime.UTC), tick=False), committing():
        assert [remind_of_held_claims(timezone.now()) for _round in range(2)] == [1, 0]
        assert "Verstuur de declaratie die u bewaarde" in [str(task.what) for task in tasks_for(person.user)]
    assert [one.subject for one in mail.outbox] == ["U kunt uw declaratie nu versturen"]
    assert page_of(claim) in mail.outbox[0].body


def test_sent_claim_can_be_withdrawn_until_it_is_checked(client, world, person):
    claim = world.sent(person)
    assert take(client, claim, "intrekken").status_code == 302
    assert (fresh(claim).state, fresh(claim).ended_at) == (ClaimState.CANCELLED, world.now)

    second = world.sent(person)
    judging.check_claim(claim=second, revision=second.revision, by=world.lead, now=world.now, key=key())
    assert seen(client, page_of(second)).select_one('form[action$="/intrekken/"]') is None


# --- The mail after a meeting ----------------------------------------------------------------------------------------


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.mark.parametrize(
    ("regime", "mails"), [(Regime.VOLUNTEER, 1), (Regime.COSTS_ONLY, 1), (Regime.NONE, 0), (Regime.ORG_INVOICE, 0)]
)
def test_who_wants_no_money_is_not_mailed_about_it(world, person, committing, regime, mails):
    PaymentChoice.objects.filter(assignment=person).update(regime=regime)
    meeting = meeting_of(world, person)

    with committing():
        may_claim(meeting)

    assert len(mail.outbox) == mails


def test_only_who_was_there_and_was_promised_money_is_mailed(world, person, committing):
    absent, unpromised = world.representative(), world.representative()
    world.promise(absent, 5_000)
    meeting = held_meeting(world.project, person, unpromised)
    Attendance.objects.create(meeting=meeting, assignment=absent, was_there=False)

    with committing():
        may_claim(meeting)

    assert [one.to for one in mail.outbox] == [[person.user.email]]
    assert reverse("participation:claim-for-meeting", args=[person.uuid, meeting.uuid]) in mail.outbox[0].body


# --- How to be paid --------------------------------------------------------------------------------------------------


def test_every_way_is_an_equal_choice_and_none_is_chosen_beforehand(client, world, person):
    PaymentChoice.objects.all().delete()
    address = reverse("participation:money-choice", args=[person.uuid])

    page = seen(client, address)
    assert [one["value"] for one in page.select("[name=regime]")] == Regime.values
    assert not page.select("[name=regime][checked]")
    client.post(address, {"regime": "NONE", "stap": "keuze"})

    assert PaymentChoice.objects.get().regime == Regime.NONE
    assert client.get(reverse("participation:claim-new", args=[person.uuid])).headers["Location"] == address


def test_payer_that_may_not_pay_volunteers_does_not_offer_it(client, world, person):
    world.payer.may_pay_volunteers = False
    world.payer.save()

    page = seen(client, reverse("participation:money-choice", args=[person.uuid]))

    assert "VOLUNTEER" not in [one["value"] for one in page.select("[name=regime]")]


def test_age_is_asked_before_hours_are_counted(client, world, person):
    PaymentProfile.objects.all().delete()
    address = reverse("participation:money-choice", args=[person.uuid])

    assert client.get(reverse("participation:claim-new", args=[person.uuid])).headers["Location"] == address
    assert client.post(address, {"is_21": "nee", "turns_21_in": "", "stap": "leeftijd"}).status_code == 422
    assert client.post(address, {"is_21": "nee", "turns_21_in": "3-2028", "stap": "leeftijd"}).status_code == 302
    assert PaymentProfile.objects.get().turns_21_in == datetime.date(2028, 3, 1)


def test_own_ceiling_and_others_are_kept_and_taken_away(client, world, person):
    address = reverse("participation:money-choice", args=[person.uuid])
    client.post(address, {"ceiling": "€ 100", "stap": "grens"})
    client.post(address, {"month": "2026-11", "amount": "50", "stap": "elders"})
    assert PaymentProfile.objects.get().ceiling == 10_000
    assert "november 2026: € 50" in words(seen(client, address).main)

    client.post(address, {"ceiling": "", "stap": "grens"})
    client.post(address, {"month": "2026-11", "amount": "0", "stap": "elders"})
    assert PaymentProfile.objects.get().ceiling is None
    assert "november 2026: € 50" not in words(seen(client, address).main)


def test_no_page_asks_whether_somebody_has_a_benefit(client, world, person):
    shown = words(seen(client, reverse("participation:money-choice", args=[person.uuid])).main)

    assert "kan gevolgen hebben voor uw belasting, toeslagen of uitkering" in shown
    assert "hebt u een uitkering" not in shown.lower()


# --- Who may see it --------------------------------------------------------------------------------------------------


def test_claim_of_somebody_else_is_hidden(client, world, person):
    claim = world.draft(person)
    for user in (UserFactory(), world.lead, world.coordinator, world.manager, world.officer):
        client.force_login(user)
        assert client.get(page_of(claim)).status_code == 404
        assert client.get(reverse("participation:claim-edit", args=[claim.uuid])).status_code == 404
        assert client.get(reverse("participation:claim-new", args=[person.uuid])).status_code == 404


def test_list_shows_claims_choices_and_meetings_without_a_claim(client, world, person):
    meeting_of(world, person)
    world.sent(person)

    shown = words(seen(client, reverse("participation:my-money")).main)

    assert "Hier vroeg u nog niets voor" in shown
    assert "Eerste gesprek" in shown
    assert "Verstuurd" in shown
    assert "Vrijwilligersvergoeding" in shown


# --- Invoices of an organisation, and paper --------------------------------------------------------------------------


def test_organisation_sends_an_invoice_on_its_promise(client, world):
    own = OrganisationFactory(kind=OrganisationKind.PATIENT_ORGANISATION, verified_at=world.now)
    coordinator = member(own, Role.COORDINATOR)
    world.earmark(LineKind.ORGANISATION, 30_000)
    made = commitments.ask_commitment(
        line=world.line(LineKind.ORGANISATION), cents=20_000, what_for="Werving", organisation=own, by=world.lead,
        now=world.now,
    )  # fmt: skip
    commitments.agree(commitment=made, by=world.coordinator, now=world.now, key=key())
    client.force_login(coordinator)
    home = reverse("participation:money-organisation", args=[own.slug])
    address = seen(client, home).select_one('a[href*="/organisatie/"].rows__name')["href"]

    form = seen(client, address)
    assert back_from(form) == home
    data = typed(form) | {"rij-1-amount": "150", "holder": "Vereniging", "iban": IBAN}
    refused = client.post(address, data | {"doe": "nakijken"})
    assert "Vul het nummer van de rekening in." in words(soup(refused).select_one("#rij-1"))
    client.post(address, data | {"rij-1-text": "2026-17", "doe": "nakijken"})
    claim = Claim.objects.get()
    assert "Voeg een bon of rekening toe." in words(seen(client, page_of(claim)).main)
    assert take(client, claim, "versturen").status_code == 422  # its PDF is missing
    client.post(
        reverse("participation:claim-receipt-add", args=[claim.uuid]),
        {"receipt": SimpleUploadedFile("rekening.pdf", b"%PDF-1.7\n%%EOF\n")},
    )
    assert take(client, claim, "versturen").status_code == 302
    assert (fresh(claim).state, fresh(claim).amount) == (ClaimState.SUBMITTED, 15_000)
    colleague = member(own, Role.COORDINATOR)
    assert "Verstuurd" in words(seen(client, home).main)
    assert [can_check.ok(who, fresh(claim)) for who in (coordinator, colleague, world.lead)] == [False, False, True]


def test_coordinator_types_out_a_paper_and_may_not_check_it(client, world, person):
    PaymentChoice.objects.all().delete()
    PaymentProfile.objects.all().delete()
    client.force_login(world.coordinator)
    slug = world.project.slug
    address = seen(client, reverse("participation:claims-on-paper", args=[slug])).select_one(
        'a[href*="op-papier/"].rows__name'
    )["href"]
    assert address == reverse("participation:claim-type-out", args=[slug, person.uuid])
    assert client.post(address, {"regime": "VOLUNTEER", "stap": "eerst"}).status_code == 422
    assert client.post(address, {"regime": "VOLUNTEER", "is_21": "ja", "stap": "eerst"}).status_code == 302

    form = seen(client, address)
    assert back_from(form) == reverse("participation:claims-on-paper", args=[slug])
    client.post(address, typed(form) | {"rij-1-hours": "2", "holder": "A", "iban": IBAN, "doe": "nakijken"})
    claim = Claim.objects.get()
    assert (claim.user, claim.typed_out_by) == (person.user, world.coordinator)
    assert take(client, claim, "versturen").status_code == 422  # the signed paper is missing
    client.post(
        reverse("participation:claim-receipt-add", args=[claim.uuid]), {"receipt": SimpleUploadedFile("p.jpg", photo())}
    )
    assert take(client, claim, "versturen").status_code == 302
    claim = fresh(claim)
    with pytest.raises(PermissionDenied):
        judging.check_claim(claim=claim, revision=claim.revision, by=world.coordinator, now=world.now, key=key())
    judging.check_claim(claim=claim, revision=claim.revision, by=world.lead, now=world.now, key=key())
    assert PaymentProfile.objects.get(user=person.user).is_21 is True


def test_nobody_types_out_their_own_claim(client, world):
    mine = world.representative(user=world.coordinator)
    client.force_login(world.coordinator)

    address = reverse("participation:claim-type-out", args=[world.project.slug, mine.uuid])

    assert Assignment.objects.get(pk=mine.pk).user == world.coordinator
    assert client.get(address).status_code == 403


def test_payment_that_failed_asks_another_account(client, world, person):
    claim = world.sent(person)
    judging.check_claim(claim=claim, revision=claim.revision, by=world.lead, now=world.now, key=key())
    claim = fresh(claim)
    judging.approve_claim(claim=claim, revision=claim.revision, by=world.manager, now=world.now, key=key())
    payments.make_batch(
        payer=world.payer, claims=[fresh(claim)], pay_on=world.now.date(), by=world.officer, now=world.now, key=key()
    )
    payments.mark_failed(claim=fresh(claim), reason="Onbekend", by=world.officer, now=world.now, key=key())

    page = seen(client, page_of(claim))
    assert "De bank zei: Onbekend" in words(page.main)
    assert page.main.select_one(f'a[href="{reverse("participation:money-claim-account", args=[claim.uuid])}"]')


def test_regime_of_somebody_else_cannot_be_chosen(world, person):
    with pytest.raises(PermissionDenied):
        claims.choose_regime(assignment=person, regime="NONE", by=world.lead, now=world.now)


# --- Another choice since --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("regime", [Regime.NONE, Regime.COSTS_ONLY])
def test_nothing_is_sent_after_another_choice_until_it_was_looked_at(client, world, person, regime):
    claim = world.draft(person)
    claims.choose_regime(assignment=person, regime=regime, by=person.user, now=world.now)

    assert take(client, claim, "versturen").status_code == 422
    assert fresh(claim).state == ClaimState.DRAFT
    address = reverse("participation:claim-edit", args=[claim.uuid])
    assert client.get(address).status_code == (302 if regime == Regime.NONE else 200)


def test_claim_follows_the_new_choice_when_it_is_written_again(client, world, person):
    claim = world.draft(person)
    claims.choose_regime(assignment=person, regime="COSTS_ONLY", by=person.user, now=world.now)
    address = reverse("participation:claim-edit", args=[claim.uuid])

    page = seen(client, address)
    assert [one["value"] for one in page.select(".claim-more button")] == ["erbij-DISTANCE", "erbij-TICKET"]
    data = typed(soup(client.post(address, typed(page) | {"doe": "erbij-DISTANCE"})))
    number = max(int(name.split("-")[1]) for name in data if name.startswith("rij-"))
    client.post(address, data | {f"rij-{number}-km": "10", "doe": "nakijken"})

    assert (fresh(claim).regime, fresh(claim).amount) == ("COSTS_ONLY", 230)


def test_coordinator_who_types_or_reads_is_in_the_log_of_the_person(client, world, person):
    client.force_login(world.coordinator)
    client.get(reverse("participation:claims-on-paper", args=[world.project.slug]))

    assert Viewing.objects.filter(subject=person.user, viewer=world.coordinator).exists()
