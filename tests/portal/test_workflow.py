"""Workflow tables refuse what is not drawn in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.workflow import Step, StepNotAllowed, Workflow

STATUSES = ("OPEN", "BUSY", "DONE")
STEPS = [
    Step(name="start", source="OPEN", target="BUSY"),
    Step(name="finish", source="BUSY", target="DONE"),
    Step(name="reopen", source="DONE", target="OPEN"),
    Step(name="note", source="BUSY", target="BUSY"),
]
# Every status and the step names that may follow it, by hand.
ALLOWED = {"OPEN": {"start"}, "BUSY": {"finish", "note"}, "DONE": {"reopen"}}


def workflow() -> Workflow:
    return Workflow(initial="OPEN", statuses=STATUSES, steps=STEPS)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("name", ["start", "finish", "reopen", "note", "erase"])
def test_step_is_allowed_only_where_the_table_says_so(status, name):
    try:
        workflow().step(status, name)
        allowed = True
    except StepNotAllowed:
        allowed = False

    assert allowed == (name in ALLOWED[status])


def test_step_leads_to_its_target():
    assert workflow().step("OPEN", "start").target == "BUSY"


def test_refused_step_says_which_step_from_which_status():
    with pytest.raises(StepNotAllowed, match="finish from OPEN"):
        workflow().step("OPEN", "finish")


def test_unknown_status_has_no_steps():
    with pytest.raises(StepNotAllowed):
        workflow().step("GONE", "start")


def test_steps_from_gives_every_step_of_a_status_and_no_other():
    assert {step.name for step in workflow().steps_from("BUSY")} == {"finish", "note"}


def test_status_that_cannot_be_reached_is_refused():
    with pytest.raises(ValueError, match="LOST"):
        Workflow(initial="OPEN", statuses=[*STATUSES, "LOST"], steps=STEPS)


def test_step_to_a_status_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="NOWHERE"):
        Workflow(
            initial="OPEN",
            statuses=STATUSES,
            steps=[*STEPS, Step(name="fall", source="OPEN", target="NOWHERE")],
        )


def test_step_from_a_status_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="NOWHERE"):
        Workflow(
            initial="OPEN",
            statuses=STATUSES,
            steps=[*STEPS, Step(name="come-back", source="NOWHERE", target="OPEN")],
        )


def test_two_steps_of_one_name_from_one_status_are_refused():
    with pytest.raises(ValueError, match="same name"):
        Workflow(initial="OPEN", statuses=STATUSES, steps=[*STEPS, Step(name="start", source="OPEN", target="DONE")])


def test_one_name_may_start_from_two_statuses():
    steps = [*STEPS, Step(name="finish", source="OPEN", target="DONE")]

    made = Workflow(initial="OPEN", statuses=STATUSES, steps=steps)

    assert made.step("OPEN", "finish").target == made.step("BUSY", "finish").target == "DONE"


def test_steps_may_come_from_a_generator():
    made = Workflow(initial="OPEN", statuses=STATUSES, steps=(step for step in STEPS))

    assert made.step("OPEN", "start").target == "BUSY"


def test_drawing_starts_at_the_initial_status_and_has_an_arrow_per_step():
    assert workflow().as_mermaid().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> OPEN",
        "    OPEN --> BUSY: start",
        "    BUSY --> DONE: finish",
        "    DONE --> OPEN: reopen",
        "    BUSY --> BUSY: note",
    ]


@given(st.lists(st.sampled_from(["start", "finish", "reopen", "note"]), max_size=30))
def test_any_walk_stays_within_the_statuses(names):
    table, status = workflow(), "OPEN"

    for name in names:
        if name in ALLOWED[status]:
            status = table.step(status, name).target

    assert status in table.statuses
