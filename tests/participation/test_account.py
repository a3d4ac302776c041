"""The closing account: begun with what the project knows, agreed by the patient side, public when the project ended."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse

from participation.account import ITEMS, account_of, prefilled
from participation.actions import account as actions
from participation.actions.projects import end_project
from participation.models import ClosingAccount, Passage
from participation.states import ACCOUNT, PHASES, AccountState, AdviceState
from participation.workspace import tasks_for
from portal.audit.revision import current_revision
from portal.core.workflow import StepNotAllowed
from portal.organisations.roles import Role
from tests.factories.advice import advice_in, make_advice_world
from tests.factories.participation import held_meeting
from tests.factories.people import UserFactory, member
from tests.participation.test_project_work import HARD
from tests.support.html import soup, words

pytestmark = pytest.mark.django_db

TEXTS = dict.fromkeys(ITEMS, "Patiënten dachten mee over de folder.")
PEOPLE = ("lead", "other_lead", "coordinator", "decider", "rep", "stranger")
LEADS = {"lead", "other_lead"}
STEPS = {
    "write": lambda one, by, now: actions.write(account=one, revision=one.revision, texts=TEXTS, by=by, now=now),
    "offer": lambda one, by, now: actions.offer(account=one, revision=one.revision, by=by, now=now),
    "take_back": lambda one, by, now: actions.take_back(account=one, revision=one.revision, by=by, now=now),
    "return": lambda one, by, now: actions.send_back(
        account=one, revision=one.revision, remarks="Noem ook de ouders.", by=by, now=now
    ),
    "agree": lambda one, by, now: actions.agree(account=one, revision=one.revision, by=by, now=now),
    "reopen": lambda one, by, now: actions.reopen(account=one, revision=one.revision, by=by, now=now),
}
MATRIX = {
    (AccountState.DRAFT, "write"): LEADS,
    (AccountState.DRAFT, "offer"): LEADS,
    (AccountState.OFFERED, "take_back"): LEADS,
    (AccountState.OFFERED, "return"): {"coordinator"},
    (AccountState.OFFERED, "agree"): {"coordinator"},
    (AccountState.AGREED, "reopen"): LEADS,
}


@pytest.fixture
def world(now):
    made = make_advice_world()
    made.people = {
        "lead": made.lead,
        "other_lead": member(made.project.organisation, Role.PROJECT_LEAD),
        "coordinator": made.coordinator,
        "decider": made.decider,
        "rep": made.rep,
        "stranger": UserFactory(),
    }
    return made


def account_in(world, state, now):
    """The account of the project of `world`, in `state`."""
    made = actions.begin(project=world.project, by=world.lead, now=now)
    actions.write(account=made, revision=1, texts=TEXTS, by=world.lead, now=now)
    if state != AccountState.DRAFT:
        actions.offer(account=made, revision=2, by=world.lead, now=now)
    if state == AccountState.AGREED:
        actions.agree(account=made, revision=2, by=world.coordinator, now=now)
    return made


def ended(world, now):
    end_project(project=world.project, name="close", reason="Klaar.", by=world.lead, now=now)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", AccountState)
def test_step_is_for_whom_the_matrix_says(world, now, state, step):
    account_in(world, state, now)
    found = set()

    for name in PEOPLE:
        try:
            with transaction.atomic():
                STEPS[step](ClosingAccount.objects.get(), world.people[name], now)
                transaction.set_rollback(True)
        except (PermissionDenied, StepNotAllowed, ValidationError):
            continue
        found.add(name)

    assert found == MATRIX.get((state, step), set())


def test_somebody_can_act_in_every_state():
    assert {state for (state, _step), people in MATRIX.items() if people} == set(ACCOUNT.statuses)


def test_five_items_are_filled_in_with_what_the_project_knows(world, now):
    held_meeting(world.project, world.one)
    advice_in(world, AdviceState.JUDGED, now)

    found = prefilled(world.project)

    assert found["aim"] == world.project.question
    assert "Er dacht 1 patiëntvertegenwoordiger mee." in found["methods"]
    assert "In de fase “Idee” dacht 1 patiënt mee. Er was 1 gesprek, en wij kregen 1 advies." in found["methods"]
    assert "Patiënten gaven 1 advies. 1 daarvan namen wij over." in found["results"]
    assert "- Het advies over uitleg namen wij over." in found["results"]
    assert "- De folder ligt er." in found["discussion"]
    assert world.rep.name not in str(found)


@pytest.mark.parametrize("state", [None, *AdviceState])
@pytest.mark.parametrize("entered", [PHASES[:2], PHASES])
def test_what_is_filled_in_is_plain_enough_to_offer(world, now, state, entered):
    Passage.objects.bulk_create(Passage(project=world.project, phase=one, entered_at=now) for one in entered[1:])
    if state is not None:
        held_meeting(world.project, world.one, world.other)
        advice_in(world, state, now)

    made = actions.begin(project=world.project, by=world.lead, now=now)
    texts = {**prefilled(world.project), "reflection": "Het eerste gesprek ging goed."}
    actions.write(account=made, revision=made.revision, texts=texts, by=world.lead, now=now)
    actions.offer(account=made, revision=made.revision, by=world.lead, now=now)

    assert made.state == AccountState.OFFERED


def test_beginning_again_changes_nothing(world, now):
    first = account_in(world, AccountState.OFFERED, now)

    again = actions.begin(project=world.project, by=world.lead, now=now)

    assert (again.pk, again.state, again.aim) == (first.pk, AccountState.OFFERED, TEXTS["aim"])


@pytest.mark.parametrize(("text", "message"), [("", "Schrijf hier iets."), ("Dit ging goed: …", "puntjes")])
def test_text_that_is_not_whole_is_not_offered(world, now, text, message):
    made = account_in(world, AccountState.DRAFT, now)
    actions.write(account=made, revision=2, texts={**TEXTS, "reflection": text}, by=world.lead, now=now)

    with pytest.raises(ValidationError, match=message):
        actions.offer(account=made, revision=3, by=world.lead, now=now)


def test_text_that_patients_cannot_read_is_not_offered(world, now):
    made = account_in(world, AccountState.DRAFT, now)
    actions.write(account=made, revision=2, texts={**TEXTS, "results": HARD}, by=world.lead, now=now)

    with pytest.raises(ValidationError) as fault:
        actions.offer(account=made, revision=3, by=world.lead, now=now)

    assert set(fault.value.message_dict) == {"results"}


def test_nobody_agrees_to_a_text_that_is_another_by_now(world, now):
    made = account_in(world, AccountState.OFFERED, now)
    actions.take_back(account=made, revision=2, by=world.lead, now=now)
    actions.write(account=made, revision=2, texts=TEXTS, by=world.lead, now=now)
    actions.offer(account=made, revision=3, by=world.lead, now=now)

    with pytest.raises(StepNotAllowed):
        actions.agree(account=made, revision=2, by=world.coordinator, now=now)


def test_account_is_public_when_both_agree_and_the_project_ended(client, world, now):
    account_in(world, AccountState.AGREED, now)
    address = reverse("participation:project", args=["breukkijker"])
    assert TEXTS["aim"] not in client.get(address).text

    ended(world, now)

    section = soup(client.get(address)).select_one("[aria-labelledby=verantwoording]")
    assert [words(one) for one in section.select("h3")] == [str(label) for label in ITEMS.values()]


@pytest.mark.parametrize("state", [AccountState.DRAFT, AccountState.OFFERED])
def test_account_without_agreement_is_never_public(client, world, now, state):
    account_in(world, state, now)
    ended(world, now)

    assert account_of(world.project)["account"] is None
    assert TEXTS["aim"] not in client.get(reverse("participation:project", args=["breukkijker"])).text


def test_agreeing_after_the_end_tells_caches(world, now):
    made = account_in(world, AccountState.OFFERED, now)
    ended(world, now)
    before = current_revision()

    actions.agree(account=made, revision=2, by=world.coordinator, now=now)

    assert current_revision() > before


def test_account_that_is_public_does_not_change(world, now):
    made = account_in(world, AccountState.AGREED, now)
    ended(world, now)

    with pytest.raises(StepNotAllowed):
        actions.reopen(account=made, revision=2, by=world.lead, now=now)


def test_project_that_ended_can_still_write_and_agree(world, now):
    ended(world, now)
    world.project.refresh_from_db()

    account_in(world, AccountState.AGREED, now)

    assert account_of(world.project)["account"] is not None


def test_each_has_their_own_tasks(world, now):
    def tasks(user):
        return [str(task.what) for task in tasks_for(user)]

    ended(world, now)
    assert tasks(world.lead) == ["Schrijf de verantwoording"]

    world.project.refresh_from_db()
    account_in(world, AccountState.OFFERED, now)

    assert (tasks(world.lead), tasks(world.coordinator)) == ([], ["Lees de verantwoording"])


def test_each_side_is_mailed_when_it_is_its_turn(world, now, django_capture_on_commit_callbacks):
    def told(what):
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            what()
        return [message.to[0] for message in mail.outbox]

    made = account_in(world, AccountState.DRAFT, now)
    offer = {"account": made, "revision": 2, "now": now}

    assert told(lambda: actions.offer(by=world.lead, **offer)) == [world.coordinator.email]
    assert told(lambda: actions.send_back(remarks="Nee.", by=world.coordinator, **offer)) == [world.lead.email]
    actions.offer(by=world.lead, **offer)
    assert told(lambda: actions.agree(by=world.coordinator, **offer)) == [world.lead.email]


# --- The page --------------------------------------------------------------------------------------------------------


def url(*args):
    return reverse("participation:account-step" if args else "participation:account", args=["breukkijker", *args])


def test_account_is_begun_written_and_offered_on_one_page(client, world, now):
    client.force_login(world.lead)

    client.post(url("beginnen"))
    page = soup(client.get(url()))
    client.post(url("bewaren"), {**TEXTS, "tekst": page.select_one("[name=tekst]")["value"], "aanbieden": "ja"})

    assert page.select_one("textarea[name=aim]").text.strip() == world.project.question
    assert ClosingAccount.objects.get().state == AccountState.OFFERED


def test_what_is_too_hard_comes_back_with_what_was_typed(client, world, now):
    account_in(world, AccountState.DRAFT, now)
    client.force_login(world.lead)

    answer = client.post(url("bewaren"), {**TEXTS, "results": HARD, "tekst": "2", "aanbieden": "ja"})

    page = soup(answer)
    assert answer.status_code == 422
    assert page.select_one("textarea[name=results]").text.strip() == HARD
    assert page.select_one("[name=tekst]")["value"] == "3"
    assert ClosingAccount.objects.get().results == HARD


def test_coordinator_agrees_with_one_click(client, world, now):
    account_in(world, AccountState.OFFERED, now)
    client.force_login(world.coordinator)

    page = soup(client.get(url()))
    form = page.select_one(f'form[action="{url("akkoord")}"]')
    client.post(url("akkoord"), {"tekst": form.select_one("[name=tekst]")["value"]})

    assert ClosingAccount.objects.get().state == AccountState.AGREED


def test_draft_is_for_both_sides_only(client, world, now):
    account_in(world, AccountState.DRAFT, now)
    client.force_login(world.rep)

    assert TEXTS["aim"] not in client.get(url()).text
