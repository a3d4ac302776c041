"""What somebody can do with a draft now, and what they must know before they do it."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language

from transparency.actions.drafts import fields_of
from transparency.actions.rechecks import is_recheck, reason_to_keep
from transparency.changes import Change, changes
from transparency.document import missing
from transparency.entry_page import page_context
from transparency.fields import BY_KEY
from transparency.models import Draft, TextColour, Version
from transparency.people import told_second
from transparency.permissions import can_decide_draft, can_take_back, can_write_draft
from transparency.plain_language import Hard, hard_texts, judged
from transparency.readability.gate import Gate, Verdict
from transparency.review_dates import with_review_date
from transparency.shape import Problem, problems
from transparency.states import WRITABLE, DraftState, Origin


def panel(user: Any, draft: Draft) -> dict[str, Any]:
    """What the page of a draft offers `user`: {name: whether}, and what it tells them."""
    writes = can_write_draft.ok(user, draft)
    return {
        "can_submit": writes and draft.state in WRITABLE,
        "can_discard": writes and draft.state in WRITABLE,
        "can_restore": writes and draft.state == DraftState.DISCARDED,
        "can_take_back": can_take_back.ok(user, draft),
        "can_decide": draft.state == DraftState.SUBMITTED and can_decide_draft.ok(user, draft),
        "second": told_second(draft.entry, draft.edited_by_id, draft.submitted_by_id),
    }


@dataclass(frozen=True, kw_only=True)
class Judged:
    """How one answer reads: the question, and its colour or none when it is too short for one."""

    question: str | Promise
    colour: str
    label: str | Promise


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What stands between a draft and its publication."""

    open: list[str | Promise]  # questions that need an answer
    wrong: list[Problem]
    hard: list[Hard]  # the closed ones first
    answers: list[Judged]
    gate: Gate | None

    @property
    def judged_answers(self) -> list[Judged]:
        """Those that are long enough for a colour."""
        return [one for one in self.answers if one.colour]

    @property
    def too_short(self) -> int:
        """How many are not."""
        return len(self.answers) - len(self.judged_answers)

    @property
    def is_ready(self) -> bool:
        """Whether it may be submitted: an approver may still let a hard text pass, but not a text that is too hard."""
        return not self.open and not self.wrong and not any(one.is_closed for one in self.hard)

    @property
    def needs_reason(self) -> bool:
        """Whether it may only be published with a reason of the approver."""
        return self.gate is not None and self.gate.verdict is Verdict.NEEDS_REASON

    @property
    def is_closed(self) -> bool:
        """Whether it may not be published as it is."""
        return self.gate is not None and self.gate.verdict is Verdict.CLOSED


def checked(draft: Draft) -> Checked:
    """What is missing, wrong or hard in a draft."""
    fields, entry = fields_of(draft), draft.entry
    content = draft.content if entry is None else with_review_date(draft.content, timezone.now())
    is_complete = entry is not None and entry.origin == Origin.PROVIDER
    needed = [field for field in missing(content, fields) if is_complete or field.key == "name"]
    gate = judged(entry, content) if entry is not None and entry.origin != Origin.IMPORTED else None
    hard = sorted(hard_texts(gate), key=lambda one: not one.is_closed) if gate else []
    wrong = problems(content, fields)
    return Checked(
        open=[field.label for field in needed], wrong=wrong, hard=hard, answers=_answers(gate) if gate else [],
        gate=gate,
    )  # fmt: skip


def _answers(gate: Gate) -> list[Judged]:
    """The answers in the order of the page."""
    found = []
    for name, report in gate.reports.items():
        colour = TextColour(report.score.colour) if report.score and report.is_reliable else None
        label = colour.label if colour else ""
        found.append(Judged(question=BY_KEY[name.split()[0]].label, colour=colour or "", label=label))
    return found


def differences(draft: Draft) -> list[Change]:
    """What is different from what the public reads now, question by question; empty for a first text."""
    thing: Any = draft.entry or draft.system
    if thing.current_version is None:
        return []
    return changes(thing.current_version.content, draft.content, fields_of(draft), get_language() or "nl")


def decision(draft: Draft) -> dict[str, Any]:
    """What an approver sees: the whole text, what is different, how it reads, and a reason that may be given."""
    found: dict[str, Any] = {"checked": checked(draft), "changes": differences(draft), "suggested_reason": ("", "")}
    if draft.entry is not None:
        unpublished = Version(
            entry=draft.entry, content=draft.content, number=(draft.base_number or 0) + 1,
            system_version=draft.system_version,
        )  # fmt: skip
        found |= page_context(draft.entry, unpublished)
        if is_recheck(draft) and found["checked"].needs_reason:
            found["suggested_reason"] = reason_to_keep(draft)
    return found
