"""The life of a draft: begin, submit, return, take back, discard; approving publishes it (its text: `writing`)."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from portal.accounts.permissions import can_edit_for_portal
from portal.audit.record import record
from portal.core.actors import person_of
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Organisation
from portal.organisations.permissions import can_write
from transparency import emails
from transparency.actions.draft_steps import check_stands, take_step, target_of
from transparency.actions.following import reopen_proposals, take_over
from transparency.actions.publishing import check_publishable, lock_entry, publish_entry, publish_system
from transparency.actions.writing import Conflict as Conflict  # so that all of a draft is in one place to callers
from transparency.actions.writing import Saved as Saved
from transparency.actions.writing import comment as comment
from transparency.actions.writing import fields_of as fields_of
from transparency.actions.writing import save_answers as save_answers
from transparency.document import has_value, living
from transparency.models import AISystem, Draft, DraftComment, Entry, SystemVersion, Version
from transparency.permissions import (
    can_claim,
    can_decide_draft,
    can_see_draft,
    can_take_back,
    can_write_draft,
    can_write_entry,
)
from transparency.plain_language import check_reason, judged, too_hard
from transparency.readers import reason_to_publish
from transparency.review_dates import BOUND, check_review_date, with_review_date
from transparency.states import EDITORS, DraftPurpose, DraftState, Origin
from transparency.writing.credit import with_credit

ENDED = _lazy("Deze toepassing is uit het register. Er kan geen nieuwe versie meer komen.")


# --- Beginning -------------------------------------------------------------------------------------------------------


@transaction.atomic
def start_entry(
    *,
    organisation: Organisation,
    slug: str,
    content: Mapping[str, Any],
    by: Any,
    now: datetime.datetime,
    system: AISystem | None = None,
    credit: Iterable[Mapping[str, Any]] = (),
    key: uuid.UUID | None = None,
) -> Draft:
    """Begin a new entry of `organisation` with a draft of `content`. Raises PermissionDenied, ValidationError.

    `key` is the name that the draft gets: who sends the same form twice begins one.
    """
    can_write(by, organisation)
    try:
        with transaction.atomic():
            entry = Entry.objects.create(organisation=organisation, slug=slug, system=system, origin=Origin.PROVIDER)
    except IntegrityError as error:
        raise ValidationError(_("Dit adres bestaat al. Kies een andere naam.")) from error
    begun = Draft(entry=entry, content=dict(content), credit=list(credit), uuid=key or uuid.uuid4())
    return _start(begun, by=by, now=now)


@transaction.atomic
def start_correction(
    *, entry: Entry, by: Any, now: datetime.datetime, purpose: DraftPurpose = DraftPurpose.CORRECTION
) -> Draft:
    """The open draft of `entry`, or a new one with what its newest version says. Raises PermissionDenied."""
    can_write_entry(by, entry)
    if there := entry.drafts.open().exclude(purpose=DraftPurpose.CLAIM).first():
        return there
    version = entry.current_version
    if version is None:
        return _start(Draft(entry=entry), by=by, now=now)
    if not entry.is_listed:
        raise StepNotAllowed(f"correct: {entry.slug} has ended", told=ENDED)
    begun = Draft(entry=entry, purpose=purpose, content=living(version.content), base_number=version.number)
    return _start(begun, by=by, now=now)


@transaction.atomic
def start_claim(*, entry: Entry, by: Any, now: datetime.datetime) -> Draft:
    """The provider's open draft of what our editors wrote about it, or a new one; once approved the text is theirs.

    Raises PermissionDenied, and StepNotAllowed when the entry is not our editors' (any more) or has ended.
    """
    can_claim(by, entry)
    if there := entry.drafts.open().filter(purpose=DraftPurpose.CLAIM).first():
        return there
    version = entry.current_version
    if version is None or not entry.is_listed or entry.origin != Origin.EDITORIAL:
        raise StepNotAllowed(f"claim: {entry.slug} is not a living text of the editors")
    begun = Draft(
        entry=entry, purpose=DraftPurpose.CLAIM, content=version.content, base_number=version.number,
    )  # fmt: skip
    return _start(begun, by=by, now=now)


@transaction.atomic
def start_system(*, system: AISystem, by: Any, now: datetime.datetime) -> Draft:
    """The open draft of `system`, or a new one with what its newest version says.

    Raises PermissionDenied, and StepNotAllowed when the system went on under another name.
    """
    if system.merged_into_id is not None:
        can_edit_for_portal(by)
        raise StepNotAllowed(f"write: {system.slug} went on under another name")
    if there := system.drafts.open().first():
        can_write_draft(by, there)
        return there
    version = system.current_version
    purpose = DraftPurpose.CORRECTION if version else DraftPurpose.FIRST
    begun = Draft(
        system=system, purpose=purpose,
        content=living(version.content) if version else {}, base_number=version.number if version else None,
    )  # fmt: skip
    can_write_draft(by, begun)
    return _start(begun, by=by, now=now)


def _start(draft: Draft, *, by: Any, now: datetime.datetime) -> Draft:
    draft.started_by = draft.edited_by = person_of(by)
    draft.started_at = draft.edited_at = now
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError as error:  # somebody else began one at the same moment: go on with that
        of_claim = Q(purpose=DraftPurpose.CLAIM)
        same = of_claim if draft.purpose == DraftPurpose.CLAIM else ~of_claim
        owner = {"entry": draft.entry} if draft.entry_id else {"system": draft.system}
        there = Draft.objects.open().filter(same, **owner).first()
        if there is None:  # the name that was asked for is taken
            raise ValidationError(_("Deze tekst bestaat al.")) from error
        return there
    record("draft.started", by=by, target=target_of(draft), now=now, draft=str(draft.uuid))
    return draft


# --- Steps -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def submit(
    *,
    draft: Draft,
    reason: str,
    by: Any,
    now: datetime.datetime,
    reason_en: str = "",
    responsible_editor: Any = None,
    revision: int | None = None,
) -> None:
    """Ask for approval. `reason` tells readers in plain words what changed; `by` answers for the text unless another.

    `revision`: the text that was looked through before it was submitted. A text without a day for its next check
    gets the latest one. Raises ValidationError with everything that keeps it from being published (but not how hard
    it is: the approver may give a reason for that), PermissionDenied, StepNotAllowed.
    """
    can_write_draft(by, draft)
    person = responsible_editor or person_of(by)
    check_says_why(reason)
    check_reason(draft.entry, reason)
    check_answers_for(draft, person)
    there = Draft.objects.select_for_update().get(pk=draft.pk)  # what is checked is what is submitted
    if there.aside:
        raise ValidationError(_("Bij een vraag staan nog twee teksten. Kies er eerst een."))
    content = with_credit(there.content, there.credit)
    content = content if draft.entry is None else with_review_date(content, now)
    check_publishable(content, fields_of(draft), complete=draft.entry_id is not None and not _is_looser(draft))
    if _is_from_sources(draft) and not has_value(content, "sources"):
        raise ValidationError(_("Noem bij Bronnen ten minste één openbare bron. Daar komt deze tekst vandaan."))
    _check_review_date(draft, content, now)
    seen = there.revision if revision is None else revision
    take_step(
        draft, "submit", revision=seen, submitted_by=person_of(by), submitted_at=now, reason=clean(reason).strip(),
        reason_en=clean(reason_en).strip(), responsible_editor=person, content=content,
        revision_after=seen + (content != there.content),
    )  # fmt: skip
    responsible = draft.responsible_editor_id
    record("draft.submitted", by=by, target=target_of(draft), now=now, draft=str(draft.uuid), responsible=responsible)
    if draft.purpose != DraftPurpose.RECHECK:  # of many texts at once one mail goes out, see `rechecks`
        emails.draft_submitted(draft, by=by)


def check_says_why(reason: str) -> None:
    """Raises ValidationError when nothing is said."""
    if not clean(reason).strip():
        raise ValidationError(_("Schrijf in een of twee zinnen wat er nieuw is. Iedereen kan dat lezen."))


def check_answers_for(draft: Draft, person: Any) -> None:
    """Raises ValidationError when `person` does not work for whoever publishes the text of `draft`."""
    if person is None or not can_see_draft.ok(person, draft):
        raise ValidationError(_("Kies een collega die voor de tekst instaat."))


def _check_review_date(draft: Draft, content: Mapping[str, Any], published: datetime.datetime) -> None:
    if draft.entry is not None and draft.entry.origin in BOUND:
        check_review_date(content, published)


def _is_looser(draft: Draft) -> bool:
    """An entry from public sources says what those say; only its shape is asked for."""
    is_ours = draft.entry is not None and draft.entry.origin != Origin.PROVIDER
    return is_ours and draft.purpose != DraftPurpose.CLAIM


def _is_from_sources(draft: Draft) -> bool:
    """Whether our editors write it about a provider."""
    is_ours = draft.entry is not None and draft.entry.origin == Origin.EDITORIAL
    return is_ours and draft.purpose != DraftPurpose.CLAIM


@transaction.atomic
def take_back(*, draft: Draft, by: Any, now: datetime.datetime) -> None:
    """Go on writing a draft that was submitted or scheduled. Raises PermissionDenied, StepNotAllowed."""
    can_take_back(by, draft)
    take_step(draft, "take_back" if draft.state == DraftState.SUBMITTED else "recall", publish_at=None)
    record("draft.taken_back", by=by, target=target_of(draft), now=now, draft=str(draft.uuid))


@transaction.atomic
def return_draft(*, draft: Draft, remarks: str, by: Any, now: datetime.datetime) -> None:
    """Give a submitted draft back with remarks. Raises PermissionDenied, ValidationError, StepNotAllowed."""
    can_decide_draft(by, draft)
    if not clean(remarks).strip():
        raise ValidationError(_("Schrijf op wat er anders moet."))
    take_step(draft, "return", decided_by=by, decided_at=now)
    DraftComment.objects.create(draft=draft, author=by, text=clean(remarks).strip(), is_return=True, written_at=now)
    emails.draft_returned(draft, clean(remarks).strip(), by=by)
    record("draft.returned", by=by, target=target_of(draft), now=now, draft=str(draft.uuid))


@transaction.atomic
def discard(*, draft: Draft, by: Any, now: datetime.datetime) -> None:
    """Throw a draft away; `restore` brings it back. Raises PermissionDenied, StepNotAllowed."""
    can_write_draft(by, draft)
    take_step(draft, "discard", decided_by=by, decided_at=now)
    reopen_proposals(draft, now=now)
    record("draft.discarded", by=by, target=target_of(draft), now=now, draft=str(draft.uuid))


@transaction.atomic
def restore(*, draft: Draft, by: Any, now: datetime.datetime) -> None:
    """Bring back what was thrown away, unless there is another draft. Raises PermissionDenied, StepNotAllowed."""
    can_write_draft(by, draft)
    if draft.entry is not None and draft.entry.ended_at is not None:
        raise StepNotAllowed(f"restore: {draft.entry.slug} has ended", told=ENDED)
    try:
        with transaction.atomic():
            take_step(draft, "restore")
    except IntegrityError as error:
        told = _("Er is al een andere nieuwe tekst. Werk daar aan verder, of gooi die eerst weg.")
        raise StepNotAllowed("restore: there is another draft", told=told) from error
    record("draft.restored", by=by, target=target_of(draft), now=now, draft=str(draft.uuid))


# --- Approving -------------------------------------------------------------------------------------------------------


@transaction.atomic
def approve(
    *,
    draft: Draft,
    revision: int,
    by: Any,
    now: datetime.datetime,
    language_reason: str = "",
    language_reason_en: str = "",
    publish_at: datetime.datetime | None = None,
) -> Version | SystemVersion | None:
    """Approve the text of `draft` at `revision`: it is published at once, or at `publish_at` (then None).

    `language_reason`: why a text that is not easy may stay so; readers see it. Raises PermissionDenied,
    ValidationError when the text may not be published, StepNotAllowed when it is no longer the one that was read.
    """
    can_decide_draft(by, draft)
    lock_entry(draft.entry_id)
    check_stands(draft, "approve", revision)
    decided = {
        "decided_by": by, "decided_at": now, "language_reason": clean(language_reason).strip(),
        "language_reason_en": clean(language_reason_en).strip(),
    }  # fmt: skip
    is_later = publish_at is not None and publish_at > now
    _check_review_date(draft, draft.content, publish_at if publish_at is not None and is_later else now)
    check_language(draft, language_reason)
    if is_later:
        take_step(draft, "schedule", revision=revision, publish_at=publish_at, **decided)
        record("draft.scheduled", by=by, target=target_of(draft), now=now, draft=str(draft.uuid))
        return None
    take_step(draft, "approve", revision=revision, **decided)
    record("draft.approved", by=by, target=target_of(draft), now=now, draft=str(draft.uuid))
    emails.draft_published(draft, by=by)
    return _publish(draft, by=by, now=now)


def check_language(draft: Draft, reason: str) -> None:
    """Raises ValidationError when the gate of readability.md keeps the text of a draft from being published."""
    if draft.entry is None or draft.entry.origin == Origin.IMPORTED:
        return
    gate = judged(draft.entry, draft.content)
    reason = reason or reason_to_publish(draft.entry, draft.content)
    if gate and (refused := too_hard(gate, reason)):
        raise ValidationError(refused)


@transaction.atomic
def publish_scheduled(*, draft: Draft, now: datetime.datetime) -> Version | SystemVersion:
    """Publish a scheduled draft whose time has come; whoever approved it did so. Raises as `publish_entry` does."""
    lock_entry(draft.entry_id)
    take_step(draft, "publish")
    emails.draft_published(draft, by=None)
    return _publish(draft, by=draft.decided_by, now=now)


def _publish(draft: Draft, *, by: Any, now: datetime.datetime) -> Version | SystemVersion:
    if draft.entry is None:
        assert draft.system is not None  # noqa: S101 (a constraint of the database says so)
        return publish_system(
            system=draft.system, content=draft.content, reason=draft.reason, reason_en=draft.reason_en,
            responsible=EDITORS, by=by, now=now,
        )  # fmt: skip
    entry = draft.entry
    _refuse_older(draft, entry)
    if draft.purpose == DraftPurpose.CLAIM:
        _hand_over(draft, entry, by=by, now=now)
    return publish_entry(
        entry=entry, content=draft.content, reason=draft.reason, reason_en=draft.reason_en, by=by, now=now,
        responsible=entry.organisation.name if entry.origin == Origin.PROVIDER else EDITORS,
        language_reason=draft.language_reason, language_reason_en=draft.language_reason_en,
        system_version=draft.system_version,
    )  # fmt: skip


def _hand_over(draft: Draft, entry: Entry, *, by: Any, now: datetime.datetime) -> None:
    """From here on the entry is the provider's own. Raises StepNotAllowed when it is not our editors' any more."""
    if not Entry.objects.filter(pk=entry.pk, origin=Origin.EDITORIAL).update(origin=Origin.PROVIDER):
        raise StepNotAllowed(f"claim: {entry.slug} is not a text of the editors any more")
    entry.refresh_from_db()
    take_over(draft, by=by, now=now)


def _refuse_older(draft: Draft, entry: Entry) -> None:
    """A draft never undoes a version that came after it was begun. Raises StepNotAllowed."""
    number = entry.current_version.number if entry.current_version else None
    if number != draft.base_number:
        told = _("Er kwam intussen een nieuwere versie. Stuur de tekst terug en begin met die versie.")
        raise StepNotAllowed(f"approve: {entry.slug} has version {number} meanwhile", told=told)
