"""Every state of claims, joined products, proposals and wishes to stand outside with every step, by hand."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.core.workflow import StepNotAllowed
from tests.factories.claims import claim_in, editorial_entry
from transparency.models import Claim
from transparency.states import (
    CLAIM,
    LEAVE_OUT,
    MERGE,
    OPEN_CLAIM,
    PROPOSAL,
    ClaimKind,
    ClaimState,
    LeaveOutState,
    MergeState,
    ProposalState,
)

# (state, step) → the state it leads to; every pair that does not stand here is refused.
TABLES = {
    "claim": (CLAIM, ClaimState, {
        ("ASKED", "confirm"): "CONFIRMED",
        ("ASKED", "file"): "FILED",
        ("ASKED", "refuse"): "REFUSED",
        ("ASKED", "withdraw"): "WITHDRAWN",
        ("CONFIRMED", "withdraw"): "WITHDRAWN",
        ("FILED", "show"): "SHOWN",
        ("FILED", "return"): "RETURNED",
        ("FILED", "withdraw"): "WITHDRAWN",
        ("RETURNED", "file"): "FILED",
        ("RETURNED", "withdraw"): "WITHDRAWN",
        ("SHOWN", "answer"): "ANSWERING",
        ("SHOWN", "withdraw"): "WITHDRAWN",
        ("ANSWERING", "approve_answer"): "ANSWERED",
        ("ANSWERING", "return_answer"): "SHOWN",
        ("ANSWERING", "withdraw"): "WITHDRAWN",
    }),
    "merge": (MERGE, MergeState, {
        ("ASKED", "confirm"): "DONE",
        ("ASKED", "refuse"): "REFUSED",
        ("ASKED", "withdraw"): "WITHDRAWN",
        ("DONE", "ask_undo"): "UNDO_ASKED",
        ("UNDO_ASKED", "undo"): "UNDONE",
        ("UNDO_ASKED", "refuse"): "DONE",
    }),
    "proposal": (PROPOSAL, ProposalState, {
        ("OPEN", "take"): "TAKEN",
        ("OPEN", "leave"): "LEFT",
        ("OPEN", "publish"): "DONE",
        ("OPEN", "supersede"): "SUPERSEDED",
        ("TAKEN", "publish"): "DONE",
        ("TAKEN", "reopen"): "OPEN",
        ("TAKEN", "supersede"): "SUPERSEDED",
    }),
    "leave out": (LEAVE_OUT, LeaveOutState, {
        ("ASKED", "accept"): "ACCEPTED",
        ("ASKED", "refuse"): "REFUSED",
        ("ASKED", "withdraw"): "WITHDRAWN",
        ("ACCEPTED", "withdraw"): "WITHDRAWN",
    }),
}  # fmt: skip
STATES = {
    "claim": ("ASKED", "REFUSED", "CONFIRMED", "FILED", "RETURNED", "SHOWN", "ANSWERING", "ANSWERED", "WITHDRAWN"),
    "merge": ("ASKED", "REFUSED", "WITHDRAWN", "DONE", "UNDO_ASKED", "UNDONE"),
    "proposal": ("OPEN", "TAKEN", "DONE", "LEFT", "SUPERSEDED"),
    "leave out": ("ASKED", "ACCEPTED", "REFUSED", "WITHDRAWN"),
}
PAIRS = [
    (name, state, step)
    for name, (_workflow, _enum, allowed) in TABLES.items()
    for state in STATES[name]
    for step in sorted({step for _state, step in allowed})
]


@pytest.mark.parametrize(("name", "state", "step"), PAIRS)
def test_step_leads_where_the_table_says_or_is_refused(name, state, step):
    workflow, _enum, allowed = TABLES[name]
    if (state, step) in allowed:
        assert workflow.step(state, step).target == allowed[state, step]
        return

    with pytest.raises(StepNotAllowed):
        workflow.step(state, step)


@pytest.mark.parametrize("name", TABLES)
def test_table_knows_every_state_and_step(name):
    workflow, enum, allowed = TABLES[name]
    names = {step.name for state in enum for step in workflow.steps_from(state)}

    assert set(enum.values) == set(STATES[name])
    assert names == {step for _state, step in allowed}


@pytest.mark.parametrize("enum", [ClaimState, MergeState, ProposalState, LeaveOutState], ids=lambda enum: enum.__name__)
def test_every_state_has_its_own_dutch_words(enum):
    labels = [str(label).strip() for label in enum.labels]

    assert all(labels)
    assert len(set(labels)) == len(labels)


# --- One test for each constraint of a claim ------------------------------------------------------------------------


def refused(name):
    return pytest.raises(IntegrityError, match=name)


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "state"), [("CONFIRM", "FILED"), ("CONFIRM", "ANSWERED"), ("DISPUTE", "CONFIRMED")])
def test_claim_has_no_state_of_the_other_kind(kind, state):
    entry = editorial_entry()
    moments = {"filed_at": timezone.now(), "show_at": timezone.now(), "shown_at": timezone.now()}
    values = {
        "kind": kind,
        "state": state,
        "text": "x",
        "outcome": "CHANGED",
        "answer": "x",
        "asked_at": timezone.now(),
    }

    with refused("claim_state_of_its_kind"), transaction.atomic():
        Claim.objects.create(entry=entry, version=entry.current_version, **values, **moments)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "change", "name"),
    [
        ("ASKED", {"text": ""}, "claim_state_of_its_kind"),
        ("FILED", {"show_at": None}, "claim_filed_has_moments"),
        ("SHOWN", {"shown_at": None}, "claim_shown_has_moment"),
        ("ANSWERING", {"answer": ""}, "claim_answer_says_something"),
        ("ANSWERED", {"outcome": ""}, "claim_answer_says_something"),
    ],
)
def test_database_refuses_a_claim_that_is_not_whole(state, change, name):
    claim = claim_in(state)

    with refused(name), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**change)


@pytest.mark.django_db
@pytest.mark.parametrize("state", OPEN_CLAIM)
def test_entry_has_one_open_dispute(state):
    claim = claim_in(state)

    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(
            entry=claim.entry, version=claim.version, kind=ClaimKind.DISPUTE, text="Ook fout.", asked_at=timezone.now()
        )
