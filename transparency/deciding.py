"""What somebody can do with a draft now: the panel below its text."""

from typing import Any

from transparency.models import Draft
from transparency.permissions import can_decide_draft, can_take_back, can_write_draft
from transparency.states import WRITABLE, DraftState


def panel(user: Any, draft: Draft) -> dict[str, Any]:
    """What the page of a draft offers `user`: {name: whether}."""
    writes = can_write_draft.ok(user, draft)
    return {
        "can_submit": writes and draft.state in WRITABLE,
        "can_discard": writes and draft.state in WRITABLE,
        "can_restore": writes and draft.state == DraftState.DISCARDED,
        "can_take_back": can_take_back.ok(user, draft),
        "can_decide": draft.state == DraftState.SUBMITTED and can_decide_draft.ok(user, draft),
    }
