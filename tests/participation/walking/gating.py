"""Gates and exceptions, held against an account of who did what that this walk keeps itself."""

import datetime
from itertools import pairwise
from typing import Any

from participation.actions import exceptions, gates
from participation.models import Assignment, GateException, GateReview, Passage
from participation.states import PHASES, AssignmentState, Influence, Phase
from tests.factories.participation import LONG_REASON
from tests.participation.walking.engine import promise, rule
from tests.participation.walking.ground import COORDINATORS, LEADS, Ground

ENOUGH = (Influence.ADVISER, Influence.PARTNER, Influence.DIRECTOR)


def asks_for(phase: str) -> tuple[Influence, ...]:
    """The roles that count at the gate out of `phase`, written out once more."""
    return (*ENOUGH, Influence.THINKER) if phase in (Phase.IDEA, Phase.IN_USE) else ENOUGH


class Gating(Ground):
    """Rules on gates and exceptions, and that no phase is entered without contribution or exception."""

    def prepare(self) -> None:
        super().prepare()
        self.entered: list[tuple[datetime.datetime, str]] = [(self.now, self.project.phase)]
        self.did: dict[int, set[str]] = {}  # assignment → phases in which it did something
        self.must: dict[int, str] = {}  # advice that must be answered → its phase
        self.why: dict[str, str] = {}  # phase → why it could be entered

    # --- The account -------------------------------------------------------------------------------------------------

    def contributed(self) -> bool:
        """Whether somebody active, with role enough and for this phase, did something in it; all MUST answered."""
        phase = self.project.phase
        active = Assignment.objects.filter(pk__in=self.did, state=AssignmentState.ACTIVE)
        fit = [one for one in active if one.influence in asks_for(phase) and (not one.phases or phase in one.phases)]
        return any(phase in self.did[one.pk] for one in fit) and phase not in self.must.values()

    def stands(self) -> bool:
        """Whether an exception may be used: granted for this phase, in time, and this phase not entered by one."""
        phase = self.project.phase
        granted = GateException.objects.filter(project=self.project, state="GRANTED", from_phase=phase)
        return any(one.repair_by >= self.today for one in granted) and self.why.get(phase) != "exception"

    # --- The gate ----------------------------------------------------------------------------------------------------

    @rule(3)
    def asks_a_gate(self) -> None:
        by = self.who(*LEADS)
        if self.attempt(gates.ask_gate, project=self.project, text="Wij zijn klaar.", by=by) and not self.one_in(4):
            self.passes_a_gate()

    def gate(self) -> Any:
        """A gate, mostly one on which somebody has to decide."""
        return self.one(GateReview.objects.select_related("project__organisation"), "ASKED")

    @rule()
    def passes_a_gate(self) -> None:
        gate, by = self.gate(), self.who("decider", "decider", "deciding_lead")
        if gate is None:
            return
        before, contributed, stands = self.project.phase, self.contributed(), self.stands()
        deciders = {self.people["decider"], self.people["deciding_lead"]} - {self.project.lead}
        right = by in deciders and by.pk != gate.asked_by_id
        can = gate.state == "ASKED" and self.project.state == "RUNNING" and gate.from_phase == before

        done = self.attempt(gates.pass_gate, gate=gate, text="Akkoord.", by=by)

        assert done == (right and can and (contributed or stands))
        if done:
            after = self.project.phase
            assert PHASES.index(Phase(after)) == PHASES.index(Phase(before)) + 1
            self.why[after] = "contribution" if contributed else "exception"
            self.entered.append((self.now, after))

    @rule(1)
    def closes_a_gate(self) -> None:
        gate = self.gate()
        if gate is not None and self.one_in(2):
            self.attempt(gates.refuse_gate, gate=gate, text="Nog niet.", by=self.who("decider"))
        elif gate is not None:
            self.attempt(gates.withdraw_gate, gate=gate, by=self.who(*LEADS))

    # --- The exception -----------------------------------------------------------------------------------------------

    @rule(1)
    def asks_an_exception(self) -> None:
        day = (self.now + datetime.timedelta(days=self.dice.randint(-5, 190))).date()
        reason = "Te druk." if self.one_in(5) else LONG_REASON
        asked = self.attempt(
            exceptions.ask_exception, project=self.project, reason=reason, missing="Ouders", repair="Via scholen",
            repair_by=day, by=self.who(*LEADS),
        )  # fmt: skip
        if asked and not self.one_in(3):
            self.handles_an_exception()

    @rule()
    def handles_an_exception(self) -> None:
        one = self.one(GateException.objects.select_related("project__organisation"), "GRANTED", "ASKED")
        if one is None:
            return
        if one.state == "GRANTED" and not self.one_in(4):
            self.attempt(exceptions.repair_exception, exception=one, by=self.who(*COORDINATORS))
            return
        if self.one_in(5):
            self.attempt(exceptions.withdraw_exception, exception=one, by=self.who(*LEADS))
            return
        act, by = (exceptions.refuse_exception if self.one_in(4) else exceptions.grant_exception), self.who("manager")
        assert not self.attempt(act, exception=one, text="Goed.", by=by) or by == self.people["manager"]

    # --- What always holds -------------------------------------------------------------------------------------------

    @promise
    def every_phase_was_entered_through_its_gate(self) -> None:
        passages = list(Passage.objects.filter(project=self.project).select_related("gate").order_by("pk"))
        first = PHASES.index(Phase(self.project.entry_phase))
        entered = list(PHASES[first : PHASES.index(Phase(self.project.phase)) + 1])
        assert [one.phase for one in passages] == entered
        assert passages[0].gate is None
        for before, after in pairwise(passages):
            gate = after.gate
            assert (gate.state, gate.from_phase, gate.to_phase) == ("PASSED", before.phase, after.phase)
            assert (gate.exception_id is not None) == (self.why[after.phase] == "exception")

    @promise
    def no_two_gates_in_a_row_are_passed_by_exception(self) -> None:
        whys = [self.why[phase] for phase in PHASES if phase in self.why]
        assert ("exception", "exception") not in list(pairwise(whys))

    @promise
    def at_most_one_exception_runs_and_no_own_fund_gave_it(self) -> None:
        of_project = GateException.objects.filter(project=self.project)
        assert of_project.filter(state__in=["ASKED", "GRANTED"]).count() <= 1
        granted = of_project.filter(state__in=["GRANTED", "REPAIRED"])
        assert not granted.filter(granted_for=self.project.organisation).exists()
