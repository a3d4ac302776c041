"""Holding the row of a text of advice that is not public yet while something is done with it."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from participation.models import AdviceDraft
from participation.states import ADVICE_DRAFT
from portal.core.workflow import StepNotAllowed


def locked(draft: AdviceDraft, revision: int | None = None) -> AdviceDraft:
    """The row of `draft` as it is now, locked. Raises StepNotAllowed when it is gone, or another than `revision`."""
    rows = AdviceDraft.objects.select_for_update(of=("self",)).select_related("advice__project__patient_side")
    found = rows.filter(pk=draft.pk).first()
    if found is None:
        raise StepNotAllowed("draft: it was released or withdrawn", told=_("Deze tekst is al openbaar of ingetrokken."))
    if revision is not None and found.revision != revision:
        raise StepNotAllowed("draft: the text changed", told=_("De tekst is intussen veranderd. Lees hem nog eens."))
    return found


def take_draft(draft: AdviceDraft, name: str, **fields: Any) -> None:
    """Take the step `name`, by compare-and-set. Raises StepNotAllowed."""
    step = ADVICE_DRAFT.step(draft.state, name)
    same = AdviceDraft.objects.filter(pk=draft.pk, state=step.source, revision=draft.revision)
    if not same.update(state=step.target, **fields):
        raise StepNotAllowed(f"{name}: the draft changed meanwhile")
    for field, value in {"state": step.target, **fields}.items():
        setattr(draft, field, value)


def part_with(draft: AdviceDraft) -> Q:
    """Of assignments: who stands behind `draft`, or is asked to."""
    return Q(drafts_agreed=draft) | Q(drafts_asked=draft)
