"""Random legal and illegal steps over a project: never a phase entered without contribution or exception.

The machine keeps its own account of who did what, so that what the gate finds is held against something else.
"""

import datetime
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from participation.actions import exceptions, gates
from participation.actions.assignments import propose
from participation.actions.projects import end_project
from participation.models import Advice, Assignment, GateException, GateReview, Passage, TeamMember
from participation.states import PHASES, AdviceState, AssignmentState, Influence, MeetingState, Phase, Weight
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.conftest import NOW
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import LONG_REASON, ProjectFactory, given_advice, held_meeting, representative
from tests.factories.people import UserFactory, member

REFUSED = (PermissionDenied, ValidationError, StepNotAllowed)
WHO = st.sampled_from(
    ["lead", "other_lead", "decider", "deciding_lead", "coordinator", "manager", "own_manager", "nobody"]
)
ENOUGH = (Influence.ADVISER, Influence.PARTNER, Influence.DIRECTOR)
DAYS = st.integers(min_value=-5, max_value=200)


def asks_for(phase):
    return (*ENOUGH, Influence.THINKER) if phase in (Phase.IDEA, Phase.IN_USE) else ENOUGH


class Walk(RuleBasedStateMachine):
    """One project and everybody around it, under a clock that moves."""

    def __init__(self):
        super().__init__()
        self.database = transaction.atomic()
        self.database.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.database.__exit__(None, None, None)

    @initialize(entry=st.sampled_from(PHASES[:3]))
    def begin(self, entry):
        self.now = NOW
        self.project = ProjectFactory(phase=entry, entry_phase=entry)
        own, lead = self.project.organisation, self.project.lead
        fund = OrganisationFactory(kind=OrganisationKind.FUND, verified_at=NOW)
        self.people = {
            "lead": lead,
            "other_lead": member(own, Role.PROJECT_LEAD),
            "decider": member(own, Role.GATE_DECIDER),
            "deciding_lead": member(own, Role.GATE_DECIDER, Role.PROJECT_LEAD),
            "coordinator": member(self.project.patient_side, Role.COORDINATOR),
            "manager": member(fund, Role.FUND_MANAGER),
            "own_manager": member(own, Role.FUND_MANAGER),
            "nobody": UserFactory(),
        }
        TeamMember.objects.create(project=self.project, user=lead, function="projectleider", since=NOW)
        self.did: dict[int, set[str]] = {}  # assignment → phases in which it did something
        self.must: dict[int, str] = {}  # advice that must be answered → its phase
        self.why: dict[str, str] = {}  # phase → why it could be entered, by this account

    # --- The account -------------------------------------------------------------------------------------------------

    def phase(self):
        self.project.refresh_from_db()
        return self.project.phase

    def contributed(self):
        """Whether somebody active, with role enough and for this phase, did something in it; all MUST answered."""
        phase = self.project.phase
        active = Assignment.objects.filter(pk__in=self.did, state=AssignmentState.ACTIVE)
        fit = [one for one in active if one.influence in asks_for(phase) and (not one.phases or phase in one.phases)]
        return any(phase in self.did[one.pk] for one in fit) and phase not in self.must.values()

    def stands(self):
        """Whether an exception may be used: granted for this phase, in time, and this phase not entered by one."""
        day, phase = self.now.date(), self.project.phase
        granted = GateException.objects.filter(project=self.project, state="GRANTED", from_phase=phase)
        return any(one.repair_by >= day for one in granted) and self.why.get(phase) != "exception"

    def attempt(self, action, **arguments):
        """Whether the action was carried out."""
        try:
            with transaction.atomic():
                action(now=self.now, **arguments)
        except REFUSED:
            return False
        return True

    # --- Who takes part ----------------------------------------------------------------------------------------------

    @rule(influence=st.sampled_from(Influence), phases=st.lists(st.sampled_from(PHASES), max_size=2, unique=True))
    def joins(self, influence, phases):
        made = representative(self.project, influence=influence, phases=[phase.value for phase in phases])
        self.did[made.pk] = set()

    @rule(who=WHO, influence=st.sampled_from(Influence))
    def is_asked(self, who, influence):
        self.attempt(propose, project=self.project, user=UserFactory(), influence=influence, by=self.people[who])

    @rule(data=st.data(), state=st.sampled_from(AssignmentState))
    def changes(self, data, state):
        if self.did:
            pk = data.draw(st.sampled_from(sorted(self.did)))
            Assignment.objects.filter(pk=pk).exclude(active_since=None).update(state=state)

    @rule(data=st.data(), state=st.sampled_from(MeetingState), elsewhere=st.booleans())
    def meets(self, data, state, elsewhere):
        chosen = data.draw(st.sets(st.sampled_from(sorted(self.did)))) if self.did else set()
        phase = data.draw(st.sampled_from(PHASES)) if elsewhere else Phase(self.phase())
        held_meeting(self.project, *Assignment.objects.filter(pk__in=chosen), state=state, phase=phase)
        if state == MeetingState.HELD:
            for pk in chosen:
                self.did[pk].add(phase)

    @rule(data=st.data(), weight=st.sampled_from(Weight), state=st.sampled_from(["WAITING", "SUBMITTED", "WITHDRAWN"]))
    def advises(self, data, weight, state):
        if not self.did:
            return
        pk = data.draw(st.sampled_from(sorted(self.did)))
        phase = self.phase()
        made = given_advice(self.project, Assignment.objects.get(pk=pk), weight=weight, state=state)
        if state == AdviceState.SUBMITTED:
            self.did[pk].add(phase)
            if weight == Weight.MUST:
                self.must[made.pk] = phase

    @rule(data=st.data())
    def answers(self, data):
        if self.must:
            pk = data.draw(st.sampled_from(sorted(self.must)))
            Advice.objects.filter(pk=pk).update(state=AdviceState.RESPONDED)
            del self.must[pk]

    # --- The gate ----------------------------------------------------------------------------------------------------

    @rule(who=WHO)
    def asks(self, who):
        self.phase()
        self.attempt(gates.ask_gate, project=self.project, text="Wij zijn klaar.", by=self.people[who])

    @rule(who=WHO, data=st.data())
    def passes(self, who, data):
        found = list(GateReview.objects.filter(project=self.project).order_by("pk"))
        if not found:
            return
        gate, before = data.draw(st.sampled_from(found)), self.phase()
        contributed, stands = self.contributed(), self.stands()
        right = who in {"decider", "deciding_lead"} and gate.asked_by_id != self.people[who].pk
        can = gate.state == "ASKED" and self.project.state == "RUNNING" and gate.from_phase == before

        done = self.attempt(gates.pass_gate, gate=gate, text="Akkoord.", by=self.people[who])

        assert done == (right and can and (contributed or stands))
        if done:
            after = self.phase()
            assert PHASES.index(after) == PHASES.index(before) + 1
            self.why[after] = "contribution" if contributed else "exception"

    @rule(who=WHO)
    def refuses(self, who):
        if gate := GateReview.objects.filter(project=self.project, state="ASKED").first():
            self.attempt(gates.refuse_gate, gate=gate, text="Nog niet.", by=self.people[who])

    @rule(who=WHO)
    def withdraws(self, who):
        if gate := GateReview.objects.filter(project=self.project).last():
            self.attempt(gates.withdraw_gate, gate=gate, by=self.people[who])

    # --- The exception -----------------------------------------------------------------------------------------------

    @rule(who=WHO, days=DAYS, reason=st.sampled_from([LONG_REASON, LONG_REASON, LONG_REASON, "Te druk."]))
    def asks_exception(self, who, days, reason):
        self.phase()
        day = (self.now + datetime.timedelta(days=days)).date()
        self.attempt(
            exceptions.ask_exception, project=self.project, reason=reason, missing="Ouders", repair="Via scholen",
            repair_by=day, by=self.people[who],
        )  # fmt: skip

    @rule(who=WHO)
    def grants(self, who):
        if one := GateException.objects.filter(project=self.project).last():
            done = self.attempt(exceptions.grant_exception, exception=one, text="Goed.", by=self.people[who])
            assert not done or who == "manager"

    @rule(who=WHO)
    def refuses_exception(self, who):
        if one := GateException.objects.filter(project=self.project).last():
            self.attempt(exceptions.refuse_exception, exception=one, text="Nee.", by=self.people[who])

    @rule(who=WHO)
    def repairs(self, who):
        if one := GateException.objects.filter(project=self.project).last():
            done = self.attempt(exceptions.repair_exception, exception=one, by=self.people[who])
            assert not done or who == "coordinator"

    @rule(days=st.integers(min_value=1, max_value=120))
    def time_goes_by(self, days):
        self.now += datetime.timedelta(days=days)

    @rule(who=WHO, name=st.sampled_from(["stop", "close"]), really=st.integers(min_value=0, max_value=9))
    def ends(self, who, name, really):
        if really == 0:
            self.phase()
            self.attempt(end_project, project=self.project, name=name, reason="Op.", by=self.people[who])

    # --- What always holds -------------------------------------------------------------------------------------------

    @invariant()
    def every_phase_was_entered_through_its_gate(self):
        now = self.phase()
        passages = list(Passage.objects.filter(project=self.project).select_related("gate").order_by("pk"))
        first = PHASES.index(Phase(self.project.entry_phase))
        assert [one.phase for one in passages] == list(PHASES[first : PHASES.index(Phase(now)) + 1])
        assert passages[0].gate is None
        for before, after in pairwise(passages):
            gate = after.gate
            assert (gate.state, gate.from_phase, gate.to_phase) == ("PASSED", before.phase, after.phase)
            assert gate.decided_by_id not in {None, self.project.lead_id, gate.asked_by_id}
            assert (gate.exception_id is not None) == (self.why[after.phase] == "exception")

    @invariant()
    def no_two_gates_in_a_row_are_passed_by_exception(self):
        whys = [self.why[phase] for phase in PHASES if phase in self.why]
        assert ("exception", "exception") not in list(pairwise(whys))

    @invariant()
    def at_most_one_exception_runs_and_no_own_fund_gave_it(self):
        running = GateException.objects.filter(project=self.project, state__in=["ASKED", "GRANTED"])
        assert running.count() <= 1
        granted = GateException.objects.filter(project=self.project, state__in=["GRANTED", "REPAIRED"])
        assert not granted.filter(granted_for=self.project.organisation).exists()


@pytest.mark.django_db
def test_no_walk_enters_a_phase_without_contribution_or_exception():
    run_state_machine_as_test(Walk, settings=settings(max_examples=40, stateful_step_count=40))
