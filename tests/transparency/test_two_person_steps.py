"""Every state of a draft, a notice and an ending with every step, by hand."""

import pytest

from portal.core.workflow import StepNotAllowed
from transparency.states import DRAFT, ENDING, NOTICE, DraftState, EndingState, NoticeState

# (state, step) → the state it leads to; every pair that does not stand here is refused.
OF_DRAFT = {
    ("WRITING", "submit"): "SUBMITTED",
    ("WRITING", "discard"): "DISCARDED",
    ("WRITING", "end"): "DISCARDED",
    ("SUBMITTED", "take_back"): "WRITING",
    ("SUBMITTED", "return"): "RETURNED",
    ("SUBMITTED", "approve"): "PUBLISHED",
    ("SUBMITTED", "schedule"): "SCHEDULED",
    ("SUBMITTED", "end"): "DISCARDED",
    ("RETURNED", "submit"): "SUBMITTED",
    ("RETURNED", "discard"): "DISCARDED",
    ("RETURNED", "end"): "DISCARDED",
    ("SCHEDULED", "publish"): "PUBLISHED",
    ("SCHEDULED", "recall"): "WRITING",
    ("SCHEDULED", "fail"): "RETURNED",
    ("SCHEDULED", "end"): "DISCARDED",
    ("DISCARDED", "restore"): "WRITING",
}
OF_NOTICE = {
    ("UNCONFIRMED", "confirm"): "CONFIRMED",
    ("UNCONFIRMED", "correct"): "UNCONFIRMED",
    ("UNCONFIRMED", "ask_to_close"): "CLOSING",
    ("CONFIRMED", "correct"): "UNCONFIRMED",
    ("CONFIRMED", "ask_to_close"): "CLOSING",
    ("CLOSING", "keep"): "UNCONFIRMED",
    ("CLOSING", "close"): "CLOSED",
}
OF_ENDING = {
    ("ASKED", "confirm"): "DONE",
    ("ASKED", "plan"): "PLANNED",
    ("ASKED", "cancel"): "CANCELLED",
    ("PLANNED", "cancel"): "CANCELLED",
    ("PLANNED", "end"): "DONE",
}
TABLES = {
    "draft": (DRAFT, ("WRITING", "SUBMITTED", "RETURNED", "SCHEDULED", "PUBLISHED", "DISCARDED"),
              ("submit", "take_back", "return", "approve", "schedule", "publish", "recall", "discard", "restore",
               "fail", "end"), OF_DRAFT),
    "notice": (NOTICE, ("UNCONFIRMED", "CONFIRMED", "CLOSING", "CLOSED"),
               ("confirm", "correct", "ask_to_close", "keep", "close"), OF_NOTICE),
    "ending": (ENDING, ("ASKED", "PLANNED", "DONE", "CANCELLED"), ("confirm", "plan", "cancel", "end"), OF_ENDING),
}  # fmt: skip
CASES = [(name, state, step) for name, (_w, states, steps, _a) in TABLES.items() for state in states for step in steps]


@pytest.mark.parametrize(("name", "state", "step"), CASES, ids=[" ".join(case) for case in CASES])
def test_step_leads_where_the_table_says_or_is_refused(name, state, step):
    workflow, _states, _steps, allowed = TABLES[name]
    if (state, step) in allowed:
        assert workflow.step(state, step).target == allowed[state, step]
        return

    with pytest.raises(StepNotAllowed):
        workflow.step(state, step)


@pytest.mark.parametrize(("name", "enum"), [("draft", DraftState), ("notice", NoticeState), ("ending", EndingState)])
def test_table_has_no_state_or_step_that_this_test_does_not_know(name, enum):
    workflow, states, steps, _allowed = TABLES[name]

    assert set(enum.values) == set(states)
    assert {step.name for state in enum for step in workflow.steps_from(state)} == set(steps)


@pytest.mark.parametrize(("workflow", "first"), [(DRAFT, "WRITING"), (NOTICE, "UNCONFIRMED"), (ENDING, "ASKED")])
def test_each_begins_where_one_person_acted(workflow, first):
    assert workflow.initial == first


@pytest.mark.parametrize("enum", [DraftState, NoticeState, EndingState], ids=lambda enum: enum.__name__)
def test_every_state_has_its_own_dutch_words(enum):
    labels = [str(label).strip() for label in enum.labels]

    assert all(labels)
    assert len(set(labels)) == len(labels)
