"""What a publication sets in motion elsewhere: proposals to who takes a text over, and the end of what is answered."""

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from portal.audit.record import record
from portal.core.workflow import StepNotAllowed
from transparency.actions.draft_saves import forget_saves
from transparency.models import AISystem, Claim, Draft, Entry, Proposal, SystemVersion, Version
from transparency.products import changed_keys, product_of
from transparency.recipients import editors, mail_all, writers_of
from transparency.states import (
    CLAIM,
    DRAFT,
    PROPOSAL,
    WRITABLE,
    DraftState,
    ProposalKind,
    ProposalState,
)


def move_proposal(proposal: Proposal, name: str, **fields: Any) -> None:
    """One step by compare-and-set. Raises StepNotAllowed when somebody else was first."""
    step = PROPOSAL.step(proposal.state, name)
    there = Proposal.objects.filter(pk=proposal.pk, state=step.source)
    if not there.update(state=step.target, **fields):
        raise StepNotAllowed(f"{name}: the proposal changed meanwhile")
    proposal.refresh_from_db()


# --- A product has a new text ----------------------------------------------------------------------------------------


def propose_system(*, system: AISystem, entries: Iterable[Entry], by: Any, now: datetime.datetime) -> list[Proposal]:
    """Tell the writers of each of `entries`, which use `system`, what is new in its text and touches their entry.

    An entry that takes over nothing of what changed gets no proposal. Call it in the transaction of the change.
    """
    after = system.current_version
    assert after is not None  # noqa: S101 (it was published a moment ago)
    made = [made for entry in entries if (made := _propose_to(entry, after, by=by, now=now)) is not None]
    told: Counter[Any] = Counter(person for one in made for person in writers_of(one.entry))
    for person, number in told.items():
        mail_all([person], "transparency/proposals",
                 {"name": after.content["name"], "number": number, "is_law": False}, but=by)  # fmt: skip
    return made


def _propose_to(entry: Entry, after: SystemVersion, *, by: Any, now: datetime.datetime) -> Proposal | None:
    version = entry.current_version
    assert version is not None  # noqa: S101 (callers take public ones)
    shown = product_of(version)
    if shown is None:
        return None
    decided = entry.proposals.filter(kind=ProposalKind.SYSTEM, state=ProposalState.LEFT).order_by("-pk").first()
    considered = decided.to_version if decided is not None else None
    waiting = entry.proposals.open().filter(kind=ProposalKind.SYSTEM).first()
    before = considered if considered is not None and considered.pk > shown.pk else shown
    credited = [key for draft in entry.drafts.all() for row in draft.credit for key in row.get("keys", [])]
    keys = changed_keys(version.content, shown.content, before.content, after.content, credited)
    if waiting is not None:
        move_proposal(waiting, "supersede", decided_at=now)
    if not keys:
        return None
    made = Proposal.objects.create(
        entry=entry, kind=ProposalKind.SYSTEM, from_version=shown, to_version=after, keys=keys, made_at=now
    )
    record("proposal.made", by=by, target=f"entry:{entry.uuid}", now=now, questions=len(keys))
    return made


# --- An entry has a new version --------------------------------------------------------------------------------------


def close_proposals(entry: Entry, version: Version, *, by: Any, now: datetime.datetime) -> None:
    """A new version answers every flag of the law, and each proposal whose text of the product it shows."""
    answered = Q(kind=ProposalKind.LAW)
    if version.system_version is not None:
        shown = version.system_version
        answered |= Q(to_version__system=shown.system_id, to_version__number__lte=shown.number)
    live = entry.proposals.filter(state__in=[ProposalState.OPEN, ProposalState.TAKEN])
    for proposal in live.filter(answered):
        move_proposal(proposal, "publish", decided_by=by, decided_at=now)


def take_over(draft: Draft, *, by: Any, now: datetime.datetime) -> None:
    """The provider's own text replaces that of our editors: what they were writing stops, and so do open claims."""
    entry = draft.entry
    assert entry is not None  # noqa: S101 (a claim is of an entry)
    for other in entry.drafts.open().exclude(pk=draft.pk):
        if other.state not in WRITABLE:  # it was submitted or scheduled: first back, then away
            name = "take_back" if other.state == DraftState.SUBMITTED else "recall"
            step = DRAFT.step(other.state, name)
            Draft.objects.filter(pk=other.pk, state=step.source).update(state=step.target, publish_at=None)
        discard = DRAFT.step(DraftState.WRITING, "discard").target
        Draft.objects.filter(pk=other.pk, state__in=WRITABLE).update(state=discard, decided_by=by, decided_at=now)
        forget_saves([other.pk])
        record("draft.discarded", by=by, target=f"entry:{entry.uuid}", now=now, draft=str(other.uuid))
    for claim in entry.claims.open():
        step = CLAIM.step(claim.state, "withdraw")
        Claim.objects.filter(pk=claim.pk, state=step.source).update(state=step.target, withdrawn_at=now)
        record("claim.withdrawn", by=by, target=f"entry:{entry.uuid}", now=now, claim=str(claim.uuid))
    record("entry.taken_over", by=by, target=f"entry:{entry.uuid}", now=now)
    told = {"entry": entry, "name": draft.content["name"], "organisation": entry.organisation.name}
    mail_all(editors(), "transparency/taken_over", told, but=by)


def reopen_proposals(draft: Draft, *, now: datetime.datetime) -> None:
    """A draft was thrown away: what it took over waits for a choice again, unless there is a newer proposal."""
    for proposal in draft.proposals.filter(state=ProposalState.TAKEN):
        newer = Proposal.objects.open().filter(entry=proposal.entry_id, kind=proposal.kind).exists()
        move_proposal(proposal, "supersede" if newer else "reopen", decided_at=now if newer else None)
