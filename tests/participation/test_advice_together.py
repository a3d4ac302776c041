"""Two who act on the same advice at the same moment, on a real PostgreSQL: what they do happens once.

Each test plays several rounds in one database: sweeping it takes longer than a round.
"""

import pytest
from django.db import connection

from participation.actions import advice as actions
from participation.actions import advice_jobs, responses
from participation.actions.gates import ask_gate, pass_gate
from participation.models import Advice, AdviceDraft, GateReview, Verdict
from participation.states import AdviceDraftState, AdviceState, Phase
from portal.organisations.roles import Role
from tests.factories.advice import FIELDS, NO, advice_in, answer, draft_in, given, make_advice_world
from tests.factories.participation import held_meeting
from tests.factories.people import member
from tests.participation.test_together import ROUNDS, together

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"),
    pytest.mark.usefixtures("committed_db"),
]


def in_rounds(scene):
    """A test that plays `scene(now, world)` several times, each in a world of its own."""

    def test(now):
        for number in range(ROUNDS):
            scene(now, make_advice_world(f"ronde-{number}"))

    return test


def fresh(advice):
    return Advice.objects.select_related("project__organisation").get(pk=advice.pk)


@in_rounds
def test_two_answers_at_once_are_one(now, world):
    advice = advice_in(world, AdviceState.ACKNOWLEDGED, now)
    other = member(world.project.organisation, Role.PROJECT_LEAD)
    one, two = fresh(advice), fresh(advice)

    done = together(
        lambda: responses.respond(advice=one, fields=answer(now), by=world.lead, now=now),
        lambda: responses.respond(advice=two, fields=NO, by=other, now=now),
    )

    advice.refresh_from_db()
    assert sorted(done) == [False, True]
    assert advice.responses.get().decision == ("ADOPTED" if done[0] else "NOT_ADOPTED")
    assert advice.state == (AdviceState.RESPONDED if done[0] else AdviceState.WILL_NOT_DO)


@in_rounds
def test_two_corrections_of_one_answer_are_one(now, world):
    advice = advice_in(world, AdviceState.RESPONDED, now)
    copies = [fresh(advice) for _n in range(2)]

    done = together(*(
        lambda copy=copy: responses.amend(advice=copy, after=1, fields=answer(now), by=world.lead, now=now)
        for copy in copies
    ))  # fmt: skip

    assert (sorted(done), advice.responses.count()) == ([False, True], 2)


@in_rounds
def test_two_verdicts_at_once_are_one(now, world):
    advice = advice_in(world, AdviceState.DONE, now)
    advice.givers.add(world.other)
    one, two = fresh(advice), fresh(advice)

    done = together(
        lambda: responses.judge(advice=one, judgement="CONFIRMED", text="", by=world.rep, now=now),
        lambda: responses.judge(advice=two, judgement="DISPUTED", text="Nee.", by=world.other_rep, now=now),
    )

    assert sorted(done) == [False, True]
    assert advice.verdict.judgement == ("CONFIRMED" if done[0] else "DISPUTED")


@in_rounds
def test_reconsidering_and_judging_at_once_does_one_of_them(now, world):
    advice = advice_in(world, AdviceState.WILL_NOT_DO, now)
    one, two = fresh(advice), fresh(advice)

    done = together(
        lambda: responses.amend(advice=one, after=1, fields=answer(now), by=world.lead, now=now),
        lambda: responses.judge(advice=two, judgement="DISPUTED", text="Nee.", by=world.rep, now=now),
    )

    advice.refresh_from_db()
    assert sorted(done) == [False, True]
    assert (advice.state == AdviceState.JUDGED) == Verdict.objects.filter(advice=advice).exists() == done[1]


@in_rounds
def test_releasing_and_rewriting_at_once_never_publishes_what_nobody_read(now, world):
    draft = given(world.project, world.one, now)
    one, two = (AdviceDraft.objects.select_related("advice__project").get(pk=draft.pk) for _n in range(2))

    done = together(
        lambda: actions.release(draft=one, revision=1, nobody_recognised=True, by=world.coordinator, now=now),
        lambda: actions.rewrite(draft=two, revision=1, fields={**FIELDS, "text": "Jan zei."}, by=world.rep, now=now),
    )

    texts = [version.text for version in draft.advice.versions.all()]
    assert sorted(done) == [False, True]
    assert texts == ([FIELDS["text"]] if done[0] else [])


@in_rounds
def test_two_who_agree_at_once_both_do(now, world):
    draft = draft_in(world, AdviceDraftState.TO_AGREE, now)
    draft.asked.add(world.other)

    done = together(*(
        lambda who=who: actions.join(draft=AdviceDraft.objects.get(pk=draft.pk), revision=1, by=who, now=now)
        for who in (world.rep, world.other_rep)
    ))  # fmt: skip

    assert (done, draft.agreed.count()) == ([True, True], 2)


@in_rounds
def test_advice_that_must_either_holds_the_gate_or_counts_for_the_next_phase(now, world):
    held_meeting(world.project, world.one)
    draft = given(world.project, world.one, now, fields={"weight": "MUST"})
    gate = ask_gate(project=world.project, text="Klaar.", by=world.lead, now=now)
    own = GateReview.objects.select_related("project__organisation").get(pk=gate.pk)

    done = together(
        lambda: pass_gate(gate=own, text="Ja.", by=world.decider, now=now),
        lambda: actions.release(draft=draft, revision=1, nobody_recognised=True, by=world.coordinator, now=now),
    )

    assert done[1]
    assert world.project.advice.get().phase == (Phase.EXPLORE if done[0] else Phase.IDEA)


@in_rounds
def test_two_processes_tell_of_lateness_once(now, world):
    advice = advice_in(world, AdviceState.ACKNOWLEDGED, now)
    late = now.replace(year=2027)
    told = []

    together(*(lambda: told.append(advice_jobs.tell_late_advice(late)) for _n in range(2)))

    advice.refresh_from_db()
    assert (sorted(told), advice.late_told) == ([0, 1], advice.respond_by)
