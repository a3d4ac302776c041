"""In no state of anything is everybody stuck: somebody or the clock can go on, whoever left or never was there."""

import copy
import datetime
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from participation import states
from participation.account import ITEMS
from participation.actions import (
    account,
    advice,
    advice_jobs,
    agreements,
    assignments,
    candidacies,
    choosing,
    exceptions,
    gates,
    interests,
    meetings,
    projects,
    pulse,
    responses,
    tasks,
    vacancies,
    vacancy_ends,
)
from participation.actions.leaving import erase_myself
from participation.actions.money import claims, commitments, funds, judging, payments
from participation.models import AdviceDraft, Candidacy, ClosingAccount, Payer, Project, ProjectTask, PulseRound
from participation.states import LineKind
from portal.accounts.models import User
from portal.core.sealing import seal
from portal.core.workflow import StepNotAllowed, Workflow
from portal.organisations.actions.people import change_roles
from portal.organisations.models import Membership, OrganisationKind
from portal.organisations.roles import Role
from tests.conftest import NOW
from tests.factories.advice import NO, advice_in, draft_in
from tests.factories.meetings import planned_meeting
from tests.factories.money import IBAN, key
from tests.factories.money import fresh as fresh_claim
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import LONG_REASON, ProjectFactory, held_meeting, representative
from tests.factories.people import UserFactory, member
from tests.factories.recruiting import CandidacyFactory, VacancyFactory
from tests.factories.starting import declared, fresh, proposed
from tests.support.once import first_everywhere
from tests.support.standing import standing

pytestmark = pytest.mark.django_db

REFUSED = (PermissionDenied, ValidationError, StepNotAllowed)
WHY = "Het geld is op."
DAY = datetime.timedelta(days=1)
WORKFLOWS = {name: one for name, one in vars(states).items() if isinstance(one, Workflow)}
WORLDS = (
    "everybody is there", "nobody coordinates", "no patient organisation", "no fund", "the lead left",
    "who it is about left", "only an administrator", "the only coordinator takes part",
)  # fmt: skip


@pytest.fixture(scope="module", params=first_everywhere(WORLDS))
def everybody(request, django_db_setup, django_db_blocker):
    with standing(django_db_blocker, lambda: a_world(request.param, NOW)) as made:
        yield made


@pytest.fixture
def world(everybody):
    return copy.deepcopy(everybody)


def a_world(kind, now):
    """A project with everybody; `change` makes it the world that `kind` names, once the thing is there."""
    patients = None if kind == "no patient organisation" else OrganisationFactory(
        kind=OrganisationKind.PATIENT_ORGANISATION, verified_at=now
    )  # fmt: skip
    project = ProjectFactory(patient_side=patients)
    own, fund = project.organisation, OrganisationFactory(kind=OrganisationKind.FUND, verified_at=now)
    centre = OrganisationFactory(kind=OrganisationKind.EXPERTISE_CENTRE, verified_at=now)
    made = SimpleNamespace(kind=kind, project=project, lead=project.lead, now=now)
    member(own, Role.PROJECT_LEAD)
    member(own, Role.GATE_DECIDER)
    made.administrator = member(own, Role.ADMINISTRATOR)
    member(centre, Role.FUND_MANAGER)
    stand_in = member(centre, Role.COORDINATOR)
    made.coordinator = member(patients, Role.COORDINATOR) if patients else stand_in
    made.manager, made.officer = member(fund, Role.FUND_MANAGER), member(fund, Role.FINANCE_OFFICER)
    member(centre, Role.FINANCE_OFFICER)
    made.one, made.other = representative(project), representative(project)
    made.rep, made.candidate = made.one.user, UserFactory()
    if kind == "the only coordinator takes part":
        made.candidate = made.coordinator
    return made


def change(world: SimpleNamespace) -> None:
    """Make the world what its name says."""
    roles = Membership.objects.all()
    if world.kind == "nobody coordinates":
        roles.filter(organisation=world.project.patient_side, role=Role.COORDINATOR).delete()
    elif world.kind == "no fund":
        roles.filter(user__in=[world.manager, world.officer]).delete()
    elif world.kind == "the lead left":
        erase_myself(by=world.lead, now=world.now)
    elif world.kind == "who it is about left":
        for user in (world.rep, world.candidate):
            erase_myself(by=user, now=world.now)
    elif world.kind == "only an administrator":
        roles.filter(organisation=world.project.organisation).exclude(role=Role.ADMINISTRATOR).delete()


# --- Things in each state --------------------------------------------------------------------------------------------


def a_vacancy(w, state):
    return VacancyFactory(project=w.project, state=state, submitted_by=w.lead)


def a_vacancy_with_replies(w, state):
    made = a_vacancy(w, state)
    if state == "CLOSED":  # on whom something has to be decided first
        CandidacyFactory(vacancy=made, user=w.candidate)
        CandidacyFactory(vacancy=made)
    return made


def a_candidacy(w, state):
    return CandidacyFactory(vacancy=a_vacancy(w, "OPEN"), state=state, user=w.candidate)


def a_role(w, state):
    if state == "PROPOSED":
        return proposed(w.project, user=w.candidate)
    w.candidate = representative(w.project, state=state, user=w.candidate).user
    return w.project.assignments.get(user=w.candidate)


def an_exception(w, state):
    held_meeting(w.project, w.other)
    made = exceptions.ask_exception(
        project=w.project, reason=LONG_REASON, missing="Ouders", repair="Via scholen", by=w.lead, now=w.now,
        repair_by=(w.now + 30 * DAY).date(),
    )  # fmt: skip
    if state == "GRANTED":
        exceptions.grant_exception(exception=made, text="Goed.", by=w.manager, now=w.now)
    return made


def an_account(w, state):
    made = account.begin(project=w.project, by=w.lead, now=w.now)
    texts = {**dict.fromkeys(ITEMS, "Patiënten dachten mee."), "language_reason": ""}
    account.write(account=made, revision=1, texts=texts, by=w.lead, now=w.now)
    if state != "DRAFT":
        account.offer(account=made, revision=2, by=w.lead, now=w.now)
    if state == "AGREED":
        account.agree(account=made, revision=2, by=w.coordinator, now=w.now)
    return made


def a_pulse(w, state):
    day = w.now.date() + 21 * DAY
    return PulseRound.objects.create(
        project=w.project, phase="IDEA", reason="HALF_YEAR", opened_at=w.now, closes_on=day
    )


def a_task(w, state):
    tasks.ask_task(project=w.project, what="Lees dit", doer=w.rep, due=w.now.date(), by=w.lead, now=w.now)
    return ProjectTask.objects.get()


def advice_of(w, state):
    return advice_in(w, state, w.now)


def a_draft(w, state):
    return draft_in(w, state, w.now)


def an_interest(w, state):
    return declared(w.project, w.rep, w.now)


def a_gate(w, state):
    return gates.ask_gate(project=w.project, text="Klaar.", by=w.lead, now=w.now)


def a_budget(w, state):
    """Money that the fund set apart for the project."""
    fund_of = w.manager.memberships.get().organisation
    fields = {"name": "Fonds", "summary": "Geld.", "starts_on": w.now.date(), "ends_on": w.now.date() + 900 * DAY}
    fund = funds.begin_fund(organisation=fund_of, fields=fields, by=w.manager, now=w.now)
    funds.provide(fund=fund, cents=50_000, by=w.manager, now=w.now, key=key())
    made = funds.open_budget(
        fund=fund, payer=Payer.objects.create(organisation=fund_of, iban_sealed=seal(IBAN)), project=w.project,
        starts_on=w.now.date(), ends_on=w.now.date() + 300 * DAY, by=w.manager, now=w.now,
    )  # fmt: skip
    funds.earmark(budget=made, kind=LineKind.FEE, cents=50_000, by=w.manager, now=w.now, key=key())
    return made


def a_promise(w, state):
    made = commitments.ask_commitment(
        line=a_budget(w, "OPEN").lines.get(), cents=5_000, what_for="Meedenken", assignment=w.one, by=w.lead, now=w.now
    )
    if state == "RESERVED":
        commitments.agree(commitment=made, by=w.coordinator, now=w.now, key=key())
        made.refresh_from_db()
    return made


def a_claim(w, state):
    """A claim of a representative, as far as `state`, through the real actions."""
    promise = a_promise(w, "RESERVED")
    claims.choose_regime(assignment=w.one, regime="TAXABLE_FEE", by=w.rep, now=w.now)
    made = claims.begin_claim(assignment=w.one, budget=promise.line.budget, by=w.rep, now=w.now, key=key())
    row = {"kind": "TIME", "day": w.now.date(), "amount": 1_000}
    claims.write_claim(claim=made, revision=0, rows=[row], holder="A. Voorbeeld", iban=IBAN, by=w.rep, now=w.now)
    steps = {
        "HELD": lambda **told: claims.hold_claim(until=w.now.date() + 40 * DAY, by=w.rep, **told),
        "SUBMITTED": lambda **told: claims.submit_claim(by=w.rep, **told),
        "RETURNED": lambda **told: judging.return_claim(question="Welke dag?", by=w.coordinator, **told),
        "CHECKED": lambda **told: judging.check_claim(by=w.coordinator, **told),
        "APPROVED": lambda **told: judging.approve_claim(by=w.manager, **told),
        "EXPORTED": lambda claim, revision, **told: payments.make_batch(
            payer=claim.budget.payer, claims=[claim], pay_on=w.now.date(), by=w.officer, **told
        ),
        "PAID": lambda claim, revision, **told: payments.mark_paid(
            batch=claim.batch, reference="BANK", by=w.officer, **told
        ),
    }  # fmt: skip
    road = {"DRAFT": [], "HELD": ["HELD"], "RETURNED": ["SUBMITTED", "RETURNED"]}
    whole = ["SUBMITTED", "CHECKED", "APPROVED", "EXPORTED", "PAID"]
    for step in road.get(state) if state in road else whole[: whole.index(state) + 1]:
        claim = fresh_claim(made)
        steps[step](claim=claim, revision=claim.revision, now=w.now, key=key())
    return fresh_claim(made)


MAKE: dict[str, Callable[[Any, str], Any]] = {
    "PROJECT": lambda w, state: w.project,
    "VACANCY": a_vacancy_with_replies,
    "CANDIDACY": a_candidacy,
    "ASSIGNMENT": a_role,
    "INTEREST": an_interest,
    "MEETING": lambda w, state: planned_meeting(w.project, w.one),
    "TASK": a_task,
    "ADVICE": advice_of,
    "ADVICE_DRAFT": a_draft,
    "GATE": a_gate,
    "EXCEPTION": an_exception,
    "PULSE": a_pulse,
    "ACCOUNT": an_account,
    "BUDGET": a_budget,
    "COMMITMENT": a_promise,
    "CLAIM": a_claim,
    "BATCH": lambda w, state: a_claim(w, "EXPORTED").batch,
}

# --- What can be done with each, by whoever may; the clock last ------------------------------------------------------

Act = Callable[..., Any]


def choosing_acts(find: Callable[[Any], Any]) -> list[Act]:
    """What both sides do about somebody who replied, one after the other."""
    sides = [
        lambda t, by, now, side=side: choosing.assess(
            candidacy=find(t), side=side, judgement="NOT", text="Past niet.", by=by, now=now
        )
        for side in ("PROJECT", "PATIENTS")
    ]
    return [
        lambda t, by, now: choosing.shortlist(candidacy=find(t), by=by, now=now),
        *sides,
        lambda t, by, now: find(t).proposed or choosing.propose_choice(
            candidacy=find(t), choice="DECLINE", text="Dit past nu niet.", by=by, now=now
        ),
        lambda t, by, now: choosing.agree(candidacy=find(t), seen=find(t).proposed_at, by=by, now=now),
    ]  # fmt: skip


def undecided(vacancy: Any) -> Candidacy:
    """The first on whom something has to be decided."""
    found = vacancy.candidacies.live().select_related("vacancy__project__organisation", "user").order_by("pk").first()
    if found is None:
        raise StepNotAllowed("nobody")
    return found


ACTS: dict[str, list[Act]] = {
    "PROJECT": [lambda t, by, now: projects.end_project(project=t, name="stop", reason=WHY, by=by, now=now)],
    "VACANCY": [
        *choosing_acts(undecided),
        lambda t, by, now: vacancies.submit_vacancy(vacancy=t, by=by, now=now),
        lambda t, by, now: vacancies.open_vacancy(vacancy=t, by=by, now=now),
        lambda t, by, now: vacancies.close_vacancy(vacancy=t, by=by, now=now),
        lambda t, by, now: t.proposed or vacancy_ends.propose_outcome(
            vacancy=t, outcome="NOT_FILLED", text="Het lukte niet.", missing=[], by=by, now=now
        ),
        lambda t, by, now: vacancy_ends.agree_outcome(vacancy=t, seen=t.proposed_at, by=by, now=now),
    ],
    "CANDIDACY": [
        *choosing_acts(lambda t: t),
        lambda t, by, now: candidacies.withdraw(candidacy=t, by=by, now=now),
    ],
    "ASSIGNMENT": [
        lambda t, by, now: assignments.end(assignment=fresh(t), by=by, now=now, reason=WHY),
        lambda t, by, now: agreements.record_paper(assignment=fresh(t), typed_name="Naam", by=by, now=now),
    ],
    "INTEREST": [lambda t, by, now: interests.decide(interest=t, decision="NONE", text="", by=by, now=now)],
    "MEETING": [lambda t, by, now: meetings.cancel_meeting(meeting=t, reason=WHY, by=by, now=now)],
    "TASK": [
        lambda t, by, now: tasks.finish_task(task=t, by=by, now=now),
        lambda t, by, now: tasks.cancel_task(task=t, by=by, now=now),
    ],
    "ADVICE": [
        lambda t, by, now: [
            advice.release(draft=draft, revision=draft.revision, nobody_recognised=True, by=by, now=now)
            for draft in AdviceDraft.objects.filter(advice=t)
        ],
        lambda t, by, now: responses.respond(advice=t, fields=NO, by=by, now=now),
        lambda t, by, now: responses.finish(advice=t, text="De folder ligt er.", by=by, now=now),
        lambda t, by, now: responses.judge(advice=t, judgement="CONFIRMED", text="", by=by, now=now),
    ],
    "ADVICE_DRAFT": [
        lambda t, by, now: advice.agree_on_paper(draft=t, revision=t.revision, by=by, now=now),
        lambda t, by, now: advice.take_back_question(draft=t, by=by, now=now),
        lambda t, by, now: advice.release(draft=t, revision=t.revision, nobody_recognised=True, by=by, now=now),
    ],
    "GATE": [
        lambda t, by, now: gates.refuse_gate(gate=t, text="Nog niet.", by=by, now=now),
        lambda t, by, now: gates.withdraw_gate(gate=t, by=by, now=now),
    ],
    "EXCEPTION": [
        lambda t, by, now: exceptions.grant_exception(exception=t, text="Goed.", by=by, now=now),
        lambda t, by, now: exceptions.repair_exception(exception=t, by=by, now=now),
    ],
    "PULSE": [lambda t, by, now: pulse.close_pulses(now + 22 * DAY)],
    "ACCOUNT": [
        lambda t, by, now: account.offer(account=t, revision=t.revision, by=by, now=now),
        lambda t, by, now: account.agree(account=t, revision=t.revision, by=by, now=now),
        lambda t, by, now: account.reopen(account=t, revision=t.revision, by=by, now=now),
    ],
    "BUDGET": [lambda t, by, now: funds.close_budget(budget=t, text=WHY, by=by, now=now, key=key())],
    "COMMITMENT": [
        lambda t, by, now: commitments.refuse(commitment=t, reason=WHY, by=by, now=now, key=key()),
        lambda t, by, now: commitments.release(commitment=t, by=by, now=now, key=key()),
    ],
    "CLAIM": [
        lambda t, by, now: claims.submit_claim(claim=t, revision=t.revision, by=by, now=now, key=key()),
        lambda t, by, now: judging.check_claim(claim=t, revision=t.revision, by=by, now=now, key=key()),
        lambda t, by, now: judging.approve_claim(claim=t, revision=t.revision, by=by, now=now, key=key()),
        lambda t, by, now: payments.make_batch(
            payer=t.budget.payer, claims=[t], pay_on=now.date(), by=by, now=now, key=key()
        ),
        lambda t, by, now: t.batch and payments.mark_paid(batch=t.batch, reference="BANK", by=by, now=now, key=key()),
        lambda t, by, now: payments.mark_failed(claim=t, reason="Rekening dicht", by=by, now=now, key=key()),
    ],
    "BATCH": [lambda t, by, now: payments.cancel_batch(batch=t, by=by, now=now, key=key())],
}  # fmt: skip


def people(world: SimpleNamespace) -> list[User]:
    """Everybody who is left; where nobody leads any more, the administrator lets somebody do so first."""
    if world.kind == "only an administrator":
        somebody = member(world.project.organisation, Role.EDITOR)
        change_roles(
            organisation=world.project.organisation, user=somebody, roles=[Role.PROJECT_LEAD, Role.GATE_DECIDER],
            by=world.administrator, now=world.now,
        )  # fmt: skip
    return list(User.objects.order_by("pk"))


def again(thing: Any) -> Any:
    """The thing as it is now; None when it is gone."""
    found = type(thing)._default_manager.filter(pk=thing.pk)
    return found.first()


def goes_on(world: SimpleNamespace, workflow: str, thing: Any, state: str) -> bool:
    """Whether whoever is left gets it out of `state`, each doing what they may, as often as needed."""
    everybody, rounds = people(world), 3
    for _round in range(rounds):
        for act in ACTS[workflow]:
            for person in everybody:
                found = again(thing)
                if found is None or found.state != state:
                    return True
                try:
                    with transaction.atomic():
                        act(found, person, world.now)
                except REFUSED:
                    continue
    found = again(thing)
    return found is None or found.state != state


def left_by_steps() -> Iterator[tuple[str, str]]:
    """Every state from which a step leads to another one."""
    for name, workflow in WORKFLOWS.items():
        for state in sorted(workflow.statuses):
            if any(step.target != state for step in workflow.steps_from(state)):
                yield name, str(state)


@pytest.mark.parametrize(("workflow", "state"), list(left_by_steps()))
def test_somebody_can_go_on(world, workflow, state):
    thing = MAKE[workflow](world, state)
    assert thing.state == state
    change(world)

    assert goes_on(world, workflow, thing, state)


def test_every_workflow_is_asked():
    assert set(WORKFLOWS) == set(MAKE) == set(ACTS)


# --- What goes on by itself ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("workflow", "state", "job", "days"), [
    ("VACANCY", "OPEN", vacancies.close_due_vacancies, 22),
    ("ADVICE", "DONE", advice_jobs.lapse_verdicts, 61),
    ("ADVICE", "WILL_NOT_DO", advice_jobs.lapse_verdicts, 61),
    ("PULSE", "OPEN", pulse.close_pulses, 22),
])  # fmt: skip
@pytest.mark.parametrize("everybody", ["everybody is there"], indirect=True)
def test_clock_goes_on_where_nobody_does(world, workflow, state, job, days):
    thing = MAKE[workflow](world, state)

    job(world.now + days * DAY)

    assert again(thing).state != state


@pytest.mark.parametrize("everybody", ["everybody is there"], indirect=True)
def test_account_that_is_agreed_is_the_end_once_the_project_ended(world):
    made = an_account(world, "AGREED")
    projects.end_project(project=world.project, name="close", reason="Klaar.", by=world.lead, now=world.now)

    assert not goes_on(world, "ACCOUNT", ClosingAccount.objects.get(pk=made.pk), "AGREED")
    assert Project.objects.get().state == "CLOSED"
