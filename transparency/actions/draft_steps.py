"""One step of a draft, right when several people or processes take it at once; and the steps that nobody takes."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from portal.audit.record import record
from portal.core.workflow import StepNotAllowed
from transparency import emails
from transparency.actions.draft_saves import forget_saves
from transparency.models import Draft, DraftComment, Entry
from transparency.states import DRAFT, OPEN_DRAFT

MEANWHILE = _lazy("Iemand veranderde de tekst terwijl u keek, of u klikte twee keer. Bekijk de tekst opnieuw.")


def target_of(draft: Draft) -> str:
    """What a draft is of, as the log names it."""
    if draft.entry is not None:
        return f"entry:{draft.entry.uuid}"
    assert draft.system is not None  # noqa: S101 (a constraint of the database says so)
    return f"system:{draft.system.uuid}"


def check_stands(draft: Draft, name: str, revision: int) -> None:
    """Raises StepNotAllowed unless the step `name` can be taken and `draft` is still the text of `revision`."""
    DRAFT.step(draft.state, name)
    if draft.revision != revision:
        raise StepNotAllowed(f"{name}: the draft changed meanwhile", told=MEANWHILE)


def take_step(
    draft: Draft, name: str, *, revision: int | None = None, revision_after: int | None = None, **fields: Any
) -> None:
    """One step by compare-and-set. Raises StepNotAllowed when someone else was first or the text changed.

    `revision`: the text it is about; `revision_after`: its number from then on, when the step changes the text.
    """
    step = DRAFT.step(draft.state, name)
    there = Draft.objects.filter(pk=draft.pk, state=step.source)
    if revision is not None:
        there = there.filter(revision=revision)
    if revision_after is not None:
        fields["revision"] = revision_after
    if not there.update(state=step.target, **fields):
        raise StepNotAllowed(f"{name}: the draft changed meanwhile", told=MEANWHILE)
    if step.target not in OPEN_DRAFT:
        forget_saves([draft.pk])
    draft.refresh_from_db()


@transaction.atomic
def give_back(*, draft: Draft, why: str, now: datetime.datetime) -> None:
    """Return a scheduled draft that could not become public at its moment; `why` is told. Raises StepNotAllowed."""
    take_step(draft, "fail", publish_at=None, decided_at=now)
    text = _("Deze tekst werd niet openbaar op het gekozen moment. %(why)s") % {"why": why}
    DraftComment.objects.create(draft=draft, text=text, is_return=True, written_at=now)
    emails.draft_failed(draft, why)
    record("draft.failed", by=None, target=target_of(draft), now=now, draft=str(draft.uuid))


@transaction.atomic
def end_drafts(*, entry: Entry, by: Any, now: datetime.datetime) -> None:
    """Throw away the open draft of an entry that leaves the register. One that is published meanwhile stays so."""
    for draft in entry.drafts.open():
        try:
            take_step(draft, "end", decided_by=by, decided_at=now, publish_at=None)
        except StepNotAllowed:
            continue
        record("draft.ended", by=by, target=target_of(draft), now=now, draft=str(draft.uuid))
