"""Pages on which is paid: what cannot be in a file and why, one file from made to paid, what failed, and secrecy."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from zeal import zeal_ignore

from participation.actions.money import checking, payments
from participation.iban import opened
from participation.models import Booking, Claim, Payer, PaymentBatch, PaymentProfile, PeriodTotal
from participation.pay_preview import left_out
from participation.states import BatchState, ClaimState
from portal.audit.models import AuditEvent
from portal.core.dates import add_months
from portal.core.workflow import StepNotAllowed
from portal.organisations.roles import Role
from tests.conftest import StrictClient
from tests.factories.judging import approved, asked_to_undo, batched, claim_in, failed, paid
from tests.factories.money import IBAN, fresh, key, money
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member
from tests.support.html import soup, words

pytestmark = pytest.mark.django_db
S = ClaimState
OTHER = "NL02ABNA0123456789"
DAY = datetime.timedelta(days=1)


@pytest.fixture
def world(sends_at_once):
    made = money()
    made.slug = made.payer.organisation.slug
    return made


def as_(user):
    client = StrictClient()
    client.force_login(user)
    return client


def page(name, *args):
    return reverse(f"participation:{name}", args=args)


def fields(form):
    return {one["name"]: one.get("value", "") for one in form.find_all(["input", "textarea"]) if one.get("name")}


def make(client, world, *claims, day=None):
    """What the page of the payer sends with these ticked."""
    told = {
        "key": str(key()), "dag": (day or world.now.date()).isoformat(), "declaratie": [str(c.uuid) for c in claims]
    }  # fmt: skip
    with zeal_ignore():  # each claim is taken on its own
        return client.post(page("money-batch-make", world.slug), told)


# --- The account -----------------------------------------------------------------------------------------------------


def test_account_is_kept_sealed_and_shown_by_its_end(world):
    client = as_(world.officer)

    answer = client.post(page("money-payer-account", world.slug), {
        "account_name": "Stichting Fonds", "iban": "nl02 abna 0123 4567 89", "may_pay_volunteers": "on",
    }, follow=True)  # fmt: skip

    kept = Payer.objects.get(pk=world.payer.pk)
    assert (opened(kept.iban_sealed), kept.account_name) == (OTHER, "Stichting Fonds")
    assert OTHER not in kept.iban_sealed
    assert "Stichting Fonds, eindigt op 6789" in words(soup(answer).main)
    assert AuditEvent.objects.filter(kind="money.payer_changed").count() == 1


def test_first_account_of_an_organisation_is_given(world):
    organisation = OrganisationFactory(verified_at=world.now)
    client = as_(member(organisation, Role.FINANCE_OFFICER))
    address = page("money-payer-account", organisation.slug)

    assert client.get(page("money-payer", organisation.slug)).status_code == 200
    assert client.get(address).status_code == 200
    client.post(address, {"account_name": "Stichting", "iban": OTHER})

    assert opened(Payer.objects.get(organisation=organisation).iban_sealed) == OTHER


@pytest.mark.parametrize(("told", "fault"), [
    ({"account_name": "", "iban": ""}, "Vul in op welke naam de rekening staat."),
    ({"account_name": "Fonds", "iban": "NL00ABNA0123456789"}, "Dit rekeningnummer klopt niet."),
])  # fmt: skip
def test_account_that_is_not_right_is_refused_at_its_field(world, told, fault):
    answer = as_(world.officer).post(page("money-payer-account", world.slug), told)

    assert answer.status_code == 422
    assert fault in answer.text
    assert opened(Payer.objects.get(pk=world.payer.pk).iban_sealed) == IBAN


def test_empty_number_leaves_the_one_that_is_there(world):
    as_(world.officer).post(page("money-payer-account", world.slug), {"account_name": "Anders", "iban": ""})

    assert opened(Payer.objects.get(pk=world.payer.pk).iban_sealed) == IBAN


def test_without_an_account_no_file_is_made(world):
    claim = claim_in(world, S.APPROVED)
    Payer.objects.update(iban_sealed="")

    answer = make(as_(world.officer), world, claim)

    assert answer.status_code == 422
    assert "Vul eerst de rekening in om van te betalen." in answer.text
    assert fresh(claim).state == S.APPROVED


def test_organisation_that_never_paid_can_begin(world):
    elsewhere = world.project.organisation
    officer = member(elsewhere, Role.FINANCE_OFFICER)
    client = as_(officer)

    assert "nog geen rekening" in client.get(page("money-payer", elsewhere.slug)).text
    client.post(page("money-payer-account", elsewhere.slug), {"account_name": "Ziekenhuis", "iban": IBAN})

    assert opened(Payer.objects.get(organisation=elsewhere).iban_sealed) == IBAN


# --- What would be left out ------------------------------------------------------------------------------------------


def spend(claim, month, cents):
    """Give the person of a claim so much in a month."""
    PeriodTotal.objects.update_or_create(user=claim.user, period=month, defaults={"amount": cents})


def left_out_cases(world):
    """One claim of each kind that cannot be paid, and one that can: {name: claim}."""
    made = {name: claim_in(world, S.APPROVED) for name in ("good", "limit", "no number", "undo", "did something")}
    spend(made["limit"], "2026-12", 21_900)
    Claim.objects.filter(pk=made["no number"].pk).update(iban_sealed="", iban_end="")
    asked_to_undo(world, fresh(made["undo"]))
    Claim.objects.filter(pk=made["did something"].pk).update(checked_by=world.officer)
    return made


def test_page_says_what_cannot_be_in_the_file_of_a_day_and_why(world):
    made = left_out_cases(world)
    december = "2026-12-01"

    found = soup(as_(world.officer).get(page("money-payer", world.slug), {"dag": december}))

    boxes = {one["value"] for one in found.find_all("input", {"name": "declaratie"})}
    text = words(found.main)
    assert boxes == {str(made["good"].uuid)}
    assert "komt deze persoon in die maand boven het hoogste bedrag" in text
    assert "Er is geen rekeningnummer meer. Vraag het opnieuw." in text
    assert "219" not in text


def test_what_the_page_says_is_what_making_does(world):
    made = left_out_cases(world)
    claims, day = [fresh(one) for one in made.values()], datetime.date(2026, 12, 1)

    said = left_out(claims, day, world.officer)
    _batch, refused = payments.make_batch(
        payer=world.payer, claims=claims, pay_on=day, by=world.officer, now=world.now, key=key()
    )

    assert said == refused
    assert set(refused) == {one.pk for name, one in made.items() if name != "good"}


def test_two_claims_of_one_person_fit_together_or_not(world):
    person = world.representative()
    world.promise(person, 5_000)
    claims = [approved(world, world.sent(person)) for _n in range(2)]
    spend(claims[0], "2026-12", 22_000 - 1_150)
    day = datetime.date(2026, 12, 1)

    said = left_out(claims, day, world.officer)
    batch, refused = payments.make_batch(
        payer=world.payer, claims=claims, pay_on=day, by=world.officer, now=world.now, key=key()
    )

    assert said == refused
    assert list(refused) == [claims[1].pk]
    assert batch.count == 1
    assert fresh(claims[1]).state == S.APPROVED


def test_own_ceiling_keeps_it_out_and_is_not_told(world):
    claim = claim_in(world, S.APPROVED)
    PaymentProfile.objects.filter(user=claim.user).update(ceiling=1_000)
    day = datetime.date(2026, 12, 1)

    _none = left_out([claim], day, world.officer)

    assert list(_none) == [claim.pk]
    assert "€" not in _none[claim.pk]


def test_limit_of_the_month_in_which_is_paid_leaves_the_claim_approved_and_is_told(world):
    good, full = claim_in(world, S.APPROVED), claim_in(world, S.APPROVED)
    spend(full, "2026-12", 22_000)

    answer = make(as_(world.officer), world, good, full, day=add_months(world.now.date().replace(day=1), 1))

    batch = PaymentBatch.objects.get()
    assert answer.headers["Location"] == page("money-batch", world.slug, batch.uuid)
    shown = words(soup(as_(world.officer).get(answer.headers["Location"])).main)
    assert (fresh(good).state, fresh(full).state) == (S.EXPORTED, S.APPROVED)
    assert (fresh(good).counts_in, fresh(full).counts_in) == (datetime.date(2026, 12, 1), datetime.date(2026, 11, 1))
    assert "€ 11,50" in shown
    PeriodTotal.objects.filter(user=full.user, period="2026-12").delete()
    assert list(checking.faults()) == []


def test_why_it_stays_behind_is_told_after_making(world):
    good, full = claim_in(world, S.APPROVED), claim_in(world, S.APPROVED)
    spend(full, "2026-12", 22_000)
    client = as_(world.officer)

    answer = make(client, world, good, full, day=datetime.date(2026, 12, 1))

    text = words(soup(client.get(answer.headers["Location"])).main)
    assert "Niet in dit bestand: € 11,50" in text
    assert full.user.name not in text


@pytest.mark.parametrize("days", [-1, 61])
def test_day_in_the_past_or_far_away_is_refused(world, days):
    claim = claim_in(world, S.APPROVED)

    answer = make(as_(world.officer), world, claim, day=world.now.date() + days * DAY)

    assert (answer.status_code, fresh(claim).state) == (422, S.APPROVED)
    assert "Kies vandaag of een dag in de komende twee maanden." in answer.text


def test_claim_that_is_not_theirs_to_pay_is_not_taken(world):
    elsewhere = money()
    claim = claim_in(elsewhere, S.APPROVED)

    answer = make(as_(world.officer), world, claim)

    assert (answer.status_code, fresh(claim).state) == (422, S.APPROVED)


# --- One file --------------------------------------------------------------------------------------------------------


def test_two_clicks_make_one_file_and_pay_once(world):
    claim, client = claim_in(world, S.APPROVED), as_(world.officer)
    told = {"key": str(key()), "dag": world.now.date().isoformat(), "declaratie": str(claim.uuid)}

    places = {client.post(page("money-batch-make", world.slug), told).headers["Location"] for _n in range(2)}

    place = places.pop()
    form = soup(client.get(place)).find("form", action=f"{place}betaald/")
    told = fields(form) | {"betaald-reference": "ING-77"}
    answers = [client.post(f"{place}betaald/", told).status_code for _n in range(2)]
    assert (places, answers) == (set(), [302, 302])
    assert PaymentBatch.objects.get().reference == "ING-77"
    assert Booking.objects.filter(kind="pay").count() == 1
    assert [one.subject for one in mail.outbox if one.to == [claim.user.email]][-1:] == ["Uw declaratie is betaald"]
    assert list(checking.faults()) == []


def test_paying_asks_for_the_mark_of_the_bank(world):
    batch = batched(world, claim_in(world, S.APPROVED))
    told = {"betaald-key": str(key()), "betaald-reference": " "}

    answer = as_(world.officer).post(page("money-batch-step", world.slug, batch.uuid, "betaald"), told)

    assert answer.status_code == 422
    assert "Vul het kenmerk van de bank in." in answer.text


def test_taking_a_file_back_makes_its_claims_wait_again(world):
    claim = claim_in(world, S.APPROVED)
    batch = batched(world, claim)

    as_(world.officer).post(
        page("money-batch-step", world.slug, batch.uuid, "intrekken"), {"intrekken-key": str(key())}
    )

    assert (fresh(claim).state, fresh(claim).batch) == (S.APPROVED, None)
    assert PaymentBatch.objects.get().state == BatchState.CANCELLED


def test_file_goes_out_as_a_download_that_no_browser_keeps(world):
    batch = batched(world, claim_in(world, S.APPROVED))

    answer = as_(world.officer).post(page("money-batch-file", world.slug, batch.uuid, "xml"))

    assert answer.headers["Content-Disposition"] == f'attachment; filename="uitbetaling-{world.slug}-1.xml"'
    assert "no-store" in answer.headers["Cache-Control"]
    assert AuditEvent.objects.filter(kind="money.batch_taken").count() == 1


def test_officer_who_did_another_step_cannot_say_that_it_was_paid(world):
    claim = claim_in(world, S.APPROVED)
    second = member(world.payer.organisation, Role.FINANCE_OFFICER)
    batch = batched(world, claim)
    Claim.objects.filter(pk=claim.pk).update(checked_by=second)
    client = as_(second)

    text = client.get(page("money-batch", world.slug, batch.uuid)).text
    answer = client.post(page("money-batch-step", world.slug, batch.uuid, "betaald"), {
        "betaald-key": str(key()), "betaald-reference": "B",
    })  # fmt: skip

    assert "Een collega moet zeggen dat de bank betaalde" in text
    assert (answer.status_code, fresh(claim).state) == (403, S.EXPORTED)


# --- What failed -----------------------------------------------------------------------------------------------------


def fail(client, world, batch, claim, reason="Rekening opgeheven", told=None):
    told = told or {f"{claim.uuid.hex}-key": str(key()), f"{claim.uuid.hex}-reason": reason}
    return client.post(page("money-batch-failed", world.slug, batch.uuid, claim.uuid), told)


def test_what_failed_is_told_to_the_person_who_gives_another_number_and_is_paid(world):
    claim = claim_in(world, S.APPROVED)
    batch = batched(world, claim)
    fail(as_(world.officer), world, batch, claim)
    told = mail.outbox[-1]
    place, mine = page("money-claim-account", claim.uuid), as_(claim.user)

    asked = mine.get(place)
    form = fields(soup(asked).main.find("form"))
    done = mine.post(place, form | {"holder": "B. Voorbeeld", "iban": OTHER})

    assert (told.to, told.subject) == ([claim.user.email], "Wij konden uw declaratie niet betalen")
    assert "Rekening opgeheven" in told.body
    assert place in told.body
    assert "De bank zei: Rekening opgeheven" in words(soup(asked).main)
    assert done.status_code == 302
    after = fresh(claim)
    assert (opened(after.iban_sealed), after.iban_end, after.holder) == (OTHER, "6789", "B. Voorbeeld")
    again = batched(world, after)
    payments.mark_paid(batch=again, reference="B", by=world.officer, now=world.now, key=key())
    assert (fresh(claim).state, fresh(claim).failed_at) == (S.PAID, None)
    assert list(checking.faults()) == []


def test_two_clicks_fail_once(world):
    claim = claim_in(world, S.APPROVED)
    batch, client = batched(world, claim), as_(world.officer)
    told = {f"{claim.uuid.hex}-key": str(key()), f"{claim.uuid.hex}-reason": "Onbekend"}
    mail.outbox.clear()

    answers = [fail(client, world, batch, claim, told=told).status_code for _n in range(2)]

    assert (answers, len(mail.outbox)) == ([302, 302], 1)


def test_old_page_fails_nothing_in_a_newer_file(world):
    claim = claim_in(world, S.APPROVED)
    first, client = batched(world, claim), as_(world.officer)
    fail(client, world, first, claim)
    second = batched(world, fresh(claim))

    answer = fail(client, world, first, claim)

    assert answer.status_code == 409
    assert (fresh(claim).state, fresh(claim).batch) == (S.EXPORTED, second)


def test_what_came_back_after_it_was_paid_is_owed_again(world):
    claim = paid(world, claim_in(world, S.APPROVED))[0]

    fail(as_(world.officer), world, claim.batch, claim)

    assert (fresh(claim).state, fresh(claim).paid_at) == (S.APPROVED, None)
    assert list(checking.faults()) == []


def test_nobody_says_that_their_own_payment_failed(world):
    claim = paid(world, claim_in(world, S.APPROVED))[0]
    second = member(world.payer.organisation, Role.FINANCE_OFFICER)
    Claim.objects.filter(pk=claim.pk).update(user=second)

    answer = fail(as_(second), world, claim.batch, claim)

    assert (answer.status_code, fresh(claim).state) == (403, S.PAID)


def test_file_of_which_all_failed_can_only_be_taken_back(world):
    claim = claim_in(world, S.APPROVED)
    batch = batched(world, claim)
    fail(as_(world.officer), world, batch, claim)
    batch.refresh_from_db()

    with pytest.raises(StepNotAllowed):
        payments.mark_paid(batch=batch, reference="B", by=world.officer, now=world.now, key=key())
    payments.cancel_batch(batch=batch, by=world.officer, now=world.now, key=key())
    assert list(checking.faults()) == []


def test_what_failed_is_not_ticked_until_there_is_another_number(world):
    claim, client = failed(world, claim_in(world, S.SUBMITTED)), as_(world.officer)

    def is_ticked():
        box = soup(client.get(page("money-payer", world.slug))).find("input", value=str(claim.uuid))
        return box.has_attr("checked")

    before = is_ticked()
    Claim.objects.filter(pk=claim.pk).update(failed_reason="")
    assert (before, is_ticked()) == (False, True)


@pytest.mark.parametrize("state", [S.SUBMITTED, S.APPROVED, S.EXPORTED, S.PAID, S.REJECTED])
def test_no_other_number_is_asked_when_nothing_failed(world, state):
    claim = claim_in(world, state)
    client, place = as_(claim.user), page("money-claim-account", claim.uuid)

    asked = client.get(place)
    answer = client.post(place, {"revision": claim.revision, "holder": "B", "iban": OTHER})

    assert "Wij hebben nu geen rekeningnummer van u nodig." in asked.text
    assert answer.status_code == 409
    assert opened(fresh(claim).iban_sealed) == IBAN


def test_number_that_is_not_right_is_refused(world):
    claim = failed(world, claim_in(world, S.SUBMITTED))

    answer = as_(claim.user).post(
        page("money-claim-account", claim.uuid), {"revision": claim.revision, "holder": "B", "iban": "NL1"}
    )

    assert answer.status_code == 422
    assert "Dit rekeningnummer klopt niet." in answer.text


# --- Nobody sees a whole number --------------------------------------------------------------------------------------


def test_number_stands_on_no_page_in_no_mail_and_in_no_log(world, caplog, monkeypatch):
    states = (S.SUBMITTED, S.CHECKED, S.APPROVED, S.EXPORTED, S.PAID, S.REJECTED, S.RETURNED, S.REVERSED)
    claims = [claim_in(world, one) for one in states]
    claims.append(failed(world, claim_in(world, S.SUBMITTED)))
    people = (world.lead, world.coordinator, world.manager, world.second_manager, world.officer)
    places = [page(f"money-{name}") for name in ("work", "check", "approve", "approved", "pay")]
    places += [page("money-payer", world.slug), page("money-payer-account", world.slug)]
    places += [page("money-batch", world.slug, one.uuid) for one in PaymentBatch.objects.all()]
    places += [page("money-work-claim", one.uuid) for one in claims]
    places += [page("money-claim-account", one.uuid) for one in claims]

    texts = [as_(who).get(place).text for who in people for place in places]
    texts += [as_(one.user).get(page("money-claim-account", one.uuid)).text for one in claims]
    wrong = as_(claims[-1].user).post(
        page("money-claim-account", claims[-1].uuid), {"revision": 99, "holder": "B", "iban": IBAN}
    )
    texts += [wrong.text, caplog.text, *(f"{one.subject}\n{one.body}" for one in mail.outbox)]
    texts += [str(one.__dict__) for one in AuditEvent.objects.all()]
    texts += [str(one) for one in Claim.objects.values_list("iban_sealed", "iban_end", "failed_reason")]

    found = "\n".join(texts).replace(" ", "")
    assert {one.subject for one in mail.outbox} >= {
        "Er is een vraag over uw declaratie", "Uw declaratie is afgewezen", "Uw declaratie is betaald",
        "Uw declaratie is teruggedraaid", "Wij konden uw declaratie niet betalen",
    }  # fmt: skip
    assert [part for part in (IBAN, IBAN[:-4], IBAN[4:], IBAN[8:]) if part in found] == []


def test_page_says_how_long_each_waits(world):
    claims = [claim_in(world, S.APPROVED) for _n in range(3)]
    for claim, days in zip(claims, (0, 1, 12), strict=True):
        Claim.objects.filter(pk=claim.pk).update(submitted_at=world.now - days * DAY)

    rows = soup(as_(world.officer).get(page("money-payer", world.slug))).select(".rows__row--choose .rows__fact")

    assert [words(one) for one in rows] == ["wacht 12 dagen", "wacht 1 dag", "vandaag verstuurd"]


def test_list_of_payers_tells_what_waits(world):
    claim_in(world, S.APPROVED)

    row = soup(as_(world.officer).get(page("money-pay"))).select_one("main .rows__row")

    assert words(row.select_one(".rows__fact")) == "1 declaratie wacht, € 11,50"
