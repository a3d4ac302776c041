"""Pages on which claims are checked and approved: what is shown first, what one click does and two do not."""

import datetime
import re

import pytest
from django.core import mail
from django.urls import reverse
from zeal import zeal_ignore

from participation.actions.money import checking, judging
from participation.actions.money.claims import cancel_claim
from participation.models import Booking, Claim, MoneyCommand, Receipt, Viewing
from participation.states import ClaimState, Regime
from portal.core.workflow import StepNotAllowed
from tests.conftest import StrictClient
from tests.factories.judging import approved, asked_to_undo, checked, claim_in
from tests.factories.money import IBAN, fresh, key, money
from tests.factories.participation import held_meeting
from tests.support.html import soup, words

pytestmark = pytest.mark.django_db
S = ClaimState
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def world(sends_at_once):
    return money()


def as_(user):
    client = StrictClient()
    client.force_login(user)
    return client


def page(name, *args):
    return reverse(f"participation:{name}", args=args)


def form_of(client, claim, step):
    """What the page has in the form of a step."""
    found = soup(client.get(page("money-work-claim", claim.uuid)))
    form = found.find("form", action=page("money-claim-step", claim.uuid, step))
    return {one["name"]: one.get("value", "") for one in form.find_all(["input", "textarea"])}


def step(client, claim, name, text=None, told=None):
    told = dict(told or form_of(client, claim, name))
    if text is not None:
        told[f"{name}-text"] = text
    return client.post(page("money-claim-step", claim.uuid, name), told)


def quiet(world):
    """A claim in which nothing stands out: for a meeting at which the person was."""
    person = world.representative()
    world.promise(person, 2_000)
    held_meeting(world.project, person, starts_at=world.now - 3 * HOUR, ends_at=world.now - HOUR)
    return world.sent(person)


# --- Checking --------------------------------------------------------------------------------------------------------


def test_what_stands_out_comes_first_with_the_name_and_the_amount(world):
    calm, strange = quiet(world), claim_in(world, S.SUBMITTED)

    rows = soup(as_(world.lead).get(page("money-check"))).select("main .rows__row")

    assert [one.a["href"].split("/")[-2] for one in rows] == [str(strange.uuid), str(calm.uuid)]
    assert strange.user.name in words(rows[0])
    assert "Er was geen gesprek met deze persoon" in words(rows[0])
    assert "€ 11,50" in words(rows[1])


def test_page_of_a_claim_has_rows_meeting_and_promise_beside_each_other(world):
    text = words(soup(as_(world.coordinator).get(page("money-work-claim", quiet(world).uuid))).main)

    for part in ("2 uur", "€ 11,50", "Eerste gesprek", "Het gesprek duurde 2 uur.", "nog € 8,50 over"):
        assert part in text


def test_looking_is_told_to_the_person(world):
    claim = quiet(world)

    as_(world.lead).get(page("money-work-claim", claim.uuid))

    seen = Viewing.objects.get(subject=claim.user)
    assert (seen.what, seen.viewer, seen.project) == ("CLAIM", world.lead, world.project)


def test_checking_with_one_click_and_with_two(world):
    claim, client = quiet(world), as_(world.lead)
    told = form_of(client, claim, "nagekeken")

    answers = [step(client, claim, "nagekeken", told=told).status_code for _n in range(2)]

    assert answers == [302, 302]
    assert (fresh(claim).state, fresh(claim).checked_by) == (S.CHECKED, world.lead)
    assert MoneyCommand.objects.filter(kind="money.claim_checked").count() == 1


def test_claim_that_changed_meanwhile_is_not_checked(world):
    claim, client = quiet(world), as_(world.lead)
    told = form_of(client, claim, "nagekeken")
    Claim.objects.filter(pk=claim.pk).update(revision=claim.revision + 2)

    answer = step(client, claim, "nagekeken", told=told)

    assert (answer.status_code, fresh(claim).state) == (409, S.SUBMITTED)
    assert page("money-work-claim", claim.uuid) in answer.text


def test_returning_asks_for_words_and_mails_them(world):
    claim, client = quiet(world), as_(world.lead)

    empty = step(client, claim, "terug", "")
    done = step(client, claim, "terug", "Welke dag was het?")

    assert (empty.status_code, done.status_code) == (422, 302)
    assert "Schrijf wat u wilt weten." in empty.text
    assert fresh(claim).state == S.RETURNED
    sent = mail.outbox[-1]
    assert (sent.to, sent.subject) == ([claim.user.email], "Er is een vraag over uw declaratie")
    assert "Welke dag was het?" in sent.body
    assert list(checking.faults()) == []


def test_rejecting_tells_the_reason_and_frees_the_money(world):
    claim = quiet(world)

    step(as_(world.coordinator), claim, "afwijzen", "Dit is al betaald.")

    sent = mail.outbox[-1]
    assert fresh(claim).state == S.REJECTED
    assert (sent.to, sent.subject) == ([claim.user.email], "Uw declaratie is afgewezen")
    assert "Dit is al betaald." in sent.body
    assert list(checking.faults()) == []


def test_mails_tell_nothing_of_a_person_in_their_subject(world):
    for one in ("terug", "afwijzen"):
        step(as_(world.lead), quiet(world), one, "Persoon van Dijk")

    assert not [one.subject for one in mail.outbox if "Persoon" in one.subject or world.project.name in one.subject]


def test_two_clicks_return_once(world):
    claim, client = quiet(world), as_(world.lead)
    told = form_of(client, claim, "terug")
    mail.outbox.clear()

    answers = [step(client, claim, "terug", "Welke dag?", told).status_code for _n in range(2)]

    assert (answers, len(mail.outbox)) == ([302, 302], 1)


def test_who_checks_sees_nothing_of_account_and_wishes(world):
    claim = quiet(world)
    text = as_(world.lead).get(page("money-work-claim", claim.uuid)).text

    hidden = (IBAN, claim.iban_end, claim.holder, str(Regime.VOLUNTEER.label))
    assert [one for one in hidden if re.search(rf"\b{re.escape(one)}\b", text)] == []


# --- Receipts --------------------------------------------------------------------------------------------------------


def a_receipt(world, claim, form="PDF"):
    return Receipt.objects.create(claim=claim, form=form, data=b"<script>x</script>", size=18, added_at=world.now)


@pytest.mark.parametrize(("form", "kind", "ending"), [
    ("PDF", "application/pdf", "pdf"), ("JPG", "image/jpeg", "jpg"),
])  # fmt: skip
def test_receipt_is_a_file_to_keep_and_opens_nowhere(world, form, kind, ending):
    claim = claim_in(world, S.SUBMITTED)
    found = a_receipt(world, claim, form)

    answer = as_(world.lead).get(page("money-receipt", claim.uuid, found.uuid))

    assert answer.headers["Content-Type"] == kind
    assert answer.headers["Content-Disposition"] == f'attachment; filename="bon-{found.uuid}.{ending}"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.content == b"<script>x</script>"


def test_receipt_of_another_claim_is_not_there(world):
    mine, other = claim_in(world, S.SUBMITTED), claim_in(world, S.DRAFT)
    found = a_receipt(world, other)

    client = as_(world.lead)
    assert client.get(page("money-receipt", mine.uuid, found.uuid)).status_code == 404
    assert client.get(page("money-receipt", other.uuid, found.uuid)).status_code == 404


# --- Approving -------------------------------------------------------------------------------------------------------


def boxes(answer):
    return {one["value"]: one.has_attr("checked") for one in soup(answer).find_all("input", {"name": "declaratie"})}


def ticked(answer, *claims):
    """What the page sends with these boxes ticked."""
    fields = {one["name"]: one["value"] for one in soup(answer).main.find_all("input", type="hidden")}
    return fields | {"declaratie": [str(one.uuid) for one in claims]}


def test_what_stands_out_is_first_and_unticked_and_the_rest_is_ticked(world):
    calm, strange = checked(world, quiet(world)), claim_in(world, S.CHECKED)

    answer = as_(world.manager).get(page("money-approve"))

    assert list(boxes(answer).items()) == [(str(strange.uuid), False), (str(calm.uuid), True)]


def test_page_shows_what_each_line_has_left(world):
    claim_in(world, S.CHECKED)
    claim_in(world, S.CHECKED)

    row = soup(as_(world.manager).get(page("money-approve"))).table.tbody.tr

    assert [words(cell) for cell in row.find_all("td")] == ["€ 23", "€ 0", "€ 40", "€ 460"]


def test_many_are_approved_at_once_and_each_refusal_is_told(world):
    own, changed, good = (claim_in(world, S.CHECKED) for _n in range(3))
    client = as_(world.manager)
    told = ticked(client.get(page("money-approve")), own, changed, good)
    Claim.objects.filter(pk=own.pk).update(checked_by=world.manager)
    Claim.objects.filter(pk=changed.pk).update(revision=9)

    with zeal_ignore():
        answer = client.post(page("money-approve"), told, follow=True)

    assert [fresh(one).state for one in (own, changed, good)] == [S.CHECKED, S.CHECKED, S.APPROVED]
    text = words(soup(answer).main)
    assert "Goedgekeurd: 1 declaratie, € 11,50." in text
    assert "U deed al iets met deze declaratie. Iemand anders moet verder." in text
    assert "Deze declaratie is ondertussen veranderd. Bekijk haar opnieuw." in text
    assert list(checking.faults()) == []


def test_two_clicks_approve_once(world):
    claims = [claim_in(world, S.CHECKED) for _n in range(2)]
    client = as_(world.manager)
    told = ticked(client.get(page("money-approve")), *claims)

    with zeal_ignore():  # each claim is approved on its own
        answers = [client.post(page("money-approve"), told).status_code for _n in range(2)]

    assert answers == [302, 302]
    assert Booking.objects.filter(kind="approve").count() == 2
    assert list(checking.faults()) == []


@pytest.mark.parametrize("told", [
    {}, {"declaratie": "x"}, {"declaratie": "00000000-0000-4000-8000-000000000000"},
])  # fmt: skip
def test_nothing_ticked_or_made_up_approves_nothing(world, told):
    claim = claim_in(world, S.CHECKED)

    answer = as_(world.manager).post(page("money-approve"), told, follow=True)

    assert "U koos geen declaratie." in answer.text
    assert fresh(claim).state == S.CHECKED


def test_box_without_what_was_seen_approves_nothing(world):
    claim = claim_in(world, S.CHECKED)
    for wrong in ({}, {f"gezien-{claim.uuid}": "x", f"sleutel-{claim.uuid}": str(key())}):
        as_(world.manager).post(page("money-approve"), {"declaratie": str(claim.uuid), **wrong})

    assert fresh(claim).state == S.CHECKED


def test_who_checked_does_not_approve(world):
    claim = claim_in(world, S.CHECKED)

    answer = as_(world.coordinator).post(page("money-claim-step", claim.uuid, "goedkeuren"), {
        "goedkeuren-key": str(key()), "goedkeuren-revision": claim.revision,
    })  # fmt: skip

    assert (answer.status_code, fresh(claim).state) == (403, S.CHECKED)


def test_approver_sends_back_what_was_checked(world):
    claim = claim_in(world, S.CHECKED)

    step(as_(world.manager), claim, "terug", "Waar is de bon?")

    assert (fresh(claim).state, fresh(claim).checked_by) == (S.RETURNED, None)


def test_claim_that_its_person_takes_back_is_not_checked_any_more(world):
    claim, client = quiet(world), as_(world.lead)
    told = form_of(client, claim, "nagekeken")
    cancel_claim(claim=claim, revision=claim.revision, by=claim.user, now=world.now, key=key())

    assert step(client, claim, "nagekeken", told=told).status_code == 404
    assert fresh(claim).state == S.CANCELLED


# --- Undoing ---------------------------------------------------------------------------------------------------------


def test_undoing_takes_two_people_and_tells_the_claimant(world):
    claim = claim_in(world, S.PAID)

    step(as_(world.second_manager), claim, "terugdraaien-vragen", "Twee keer betaald.")
    asked = words(soup(as_(world.officer).get(page("money-work-claim", claim.uuid))).main)
    step(as_(world.officer), fresh(claim), "terugdraaien")

    assert "Twee keer betaald." in asked
    assert fresh(claim).state == S.REVERSED
    sent = mail.outbox[-1]
    assert (sent.to, sent.subject) == ([claim.user.email], "Uw declaratie is teruggedraaid")
    assert "Twee keer betaald." in sent.body
    assert list(checking.faults()) == []


def test_undoing_that_is_refused_is_told_to_who_asked(world):
    claim = asked_to_undo(world, claim_in(world, S.APPROVED))

    step(as_(world.officer), claim, "laten-staan")

    assert fresh(claim).reversal_asked_at is None
    assert mail.outbox[-1].to == [world.second_manager.email]


def test_undoing_cannot_be_refused_after_it_was_done(world):
    claim = asked_to_undo(world, claim_in(world, S.APPROVED))
    client = as_(world.officer)
    told = form_of(client, claim, "laten-staan")
    step(client, claim, "terugdraaien")

    assert step(client, claim, "laten-staan", told=told).status_code == 409
    assert fresh(claim).reason == "Dubbel betaald."


def test_what_was_approved_before_can_be_found_by_the_fund_alone(world):
    claim = approved(world, quiet(world))

    mine, others = (as_(who).get(page("money-approved")).text for who in (world.manager, world.lead))

    assert str(claim.uuid) in mine
    assert str(claim.uuid) not in others


def test_page_is_there_in_english(world):
    claim = quiet(world)

    answer = as_(world.lead).get(f"/en{page('money-work-claim', claim.uuid)}")

    assert "What somebody asks" in answer.text
    assert "This stands out" not in answer.text


def test_judging_action_of_a_stale_page_raises(world):
    claim = quiet(world)
    checked(world, claim)

    with pytest.raises(StepNotAllowed):
        judging.check_claim(claim=claim, revision=claim.revision, by=world.lead, now=world.now, key=key())


# --- The ways there --------------------------------------------------------------------------------------------------


def test_workspace_leads_who_works_with_money_to_it(world):
    home = reverse("work")

    links = {who: page("money-work") in as_(getattr(world, who)).get(home).text for who in ("lead", "officer")}
    stranger = as_(claim_in(world, S.DRAFT).user).get(home).text

    assert links == {"lead": True, "officer": True}
    assert page("money-work") not in stranger


def test_first_page_tells_how_much_waits_for_each(world):
    claim_in(world, S.SUBMITTED)
    claim_in(world, S.CHECKED)
    claim_in(world, S.APPROVED)

    def rows(user):
        found = soup(as_(user).get(page("money-work"))).select("main .rows__row")
        return {words(row.a): words(row.select_one(".rows__fact")) for row in found if row.select_one(".rows__fact")}

    assert rows(world.coordinator) == {"Nakijken": "1 declaratie"}
    assert rows(world.manager) == {"Nakijken": "0 declaraties", "Goedkeuren": "1 declaratie"}
    assert rows(world.officer) == {"Nakijken": "0 declaraties", "Betalen": "1 declaratie"}
