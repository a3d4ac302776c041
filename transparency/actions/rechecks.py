""" "Nog juist": two people say that a text is still right, and it becomes a new version with new dates."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.core.workflow import StepNotAllowed
from transparency.actions.draft_steps import MEANWHILE
from transparency.actions.drafts import approve, start_correction, submit
from transparency.field import Content
from transparency.models import Draft, Entry, Version
from transparency.permissions import can_write_entry
from transparency.plain_language import judged, readability_of, too_hard
from transparency.review_dates import KEY, latest
from transparency.states import DraftPurpose, DraftState

LAST = "last_checked_on"  # of the answer: when somebody looked
DATES = frozenset({KEY, LAST})
CHECKED = gettext_noop("Gecontroleerd: de tekst klopt nog.")
CHECKED_EN = "Checked: the text is still right."
KEPT = gettext_noop("Deze tekst stond er al. Wij keken alleen of hij nog klopt.")
KEPT_EN = "This text was there already. We only looked whether it is still right."


def rechecked(content: Content, day: datetime.date) -> dict[str, Any]:
    """`content` as it is when somebody looked at it on `day` and found it right."""
    made = {**content, LAST: day.isoformat(), KEY: latest(day).isoformat()}
    if "unknown" in content:
        made["unknown"] = [key for key in content["unknown"] if key not in DATES]
    return made


def is_recheck(draft: Draft) -> bool:
    """Whether only the dates of `draft` are new: somebody who changes more writes a new version."""
    version = draft.entry.current_version if draft.entry else None
    if draft.purpose != DraftPurpose.RECHECK or version is None:
        return False
    return _without_dates(draft.content) == _without_dates(version.content)


def _without_dates(content: Content) -> dict[str, Any]:
    kept = {key: value for key, value in content.items() if key not in DATES}
    return kept | {"unknown": [key for key in content.get("unknown", []) if key not in DATES]}


@transaction.atomic
def ask(*, entry: Entry, by: Any, now: datetime.datetime) -> Draft:
    """Say as the first person that the text of `entry` is still right.

    Raises PermissionDenied, StepNotAllowed when the text is being changed, and ValidationError with all that keeps it
    from being published as it is: a question that came later, or a text that is too hard now.
    """
    can_write_entry(by, entry)
    if entry.current_version is None or not entry.is_listed:
        told = _("Deze toepassing staat niet in het register.")
        raise StepNotAllowed(f"recheck: {entry.slug} is not listed", told=told)
    if entry.drafts.open().exists():
        told = _("Er wordt al aan een nieuwe tekst gewerkt. Maak die eerst af.")
        raise StepNotAllowed(f"recheck: {entry.slug} has a draft", told=told)
    content = rechecked(entry.current_version.content, timezone.localdate(now))
    _check_language(entry, content)
    draft = start_correction(entry=entry, by=by, now=now, purpose=DraftPurpose.RECHECK)
    if draft.purpose != DraftPurpose.RECHECK or draft.started_by_id != by.pk:
        raise StepNotAllowed(f"recheck: {entry.slug} has a draft", told=MEANWHILE)  # somebody began one meanwhile
    Draft.objects.filter(pk=draft.pk, revision=draft.revision).update(content=content)
    draft.refresh_from_db()
    submit(draft=draft, reason=CHECKED, reason_en=CHECKED_EN, by=by, now=now)
    return draft


def _check_language(entry: Entry, content: Content) -> None:
    """An old text that is hard may stay as it is; one that is too hard for anybody needs a new version."""
    gate = judged(entry, content)
    if gate and (refused := too_hard(gate, KEPT)):
        raise ValidationError(refused)


def reason_to_keep(draft: Draft) -> tuple[str, str]:
    """Why a text that is not easy may stay so, in Dutch and in English (or nothing).

    What was said of it before, else that it was only checked.
    """
    assert draft.entry is not None and draft.entry.current_version is not None  # noqa: S101, PT018 (`is_recheck`)
    before = readability_of(draft.entry.current_version)
    return (before.reason, before.reason_en) if before and before.reason else (KEPT, KEPT_EN)


def confirm(*, draft: Draft, revision: int, by: Any, now: datetime.datetime) -> Version:
    """Say it as the second person: the text becomes a new version. Raises as `approve` does."""
    if draft.state != DraftState.SUBMITTED or not is_recheck(draft):
        raise StepNotAllowed("recheck: more than the dates changed", told=MEANWHILE)
    gate = judged(draft.entry, draft.content) if draft.entry else None
    reason, english = reason_to_keep(draft) if gate and too_hard(gate, "") else ("", "")
    made = approve(
        draft=draft, revision=revision, by=by, now=now, language_reason=reason, language_reason_en=english
    )  # fmt: skip
    assert isinstance(made, Version)  # noqa: S101 (an entry, and at once)
    return made
