"""Everything that writes advice until it is public: given, typed out, joined, returned, released or withdrawn.

Who gives it writes it, the coordinator releases it and never changes it. See responses.py for what comes after.
"""

import datetime
import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from participation import advice_emails as emails
from participation.actions.advice_drafts import locked, part_with, take_draft
from participation.actions.common import day_of, hold_running, needed, target_of
from participation.advice_dates import acknowledge_by, respond_by
from participation.advice_permissions import (
    can_correct,
    can_join,
    can_release,
    can_withdraw,
    can_write_draft,
)
from participation.advice_texts import advice_checked, cleaned
from participation.entry_summary import tell_entries
from participation.models import Advice, AdviceDraft, AdviceVersion, Assignment, Meeting, Project
from participation.permissions import assignment_of, can_follow, can_represent
from participation.states import ADVICE, OVER, PUBLIC_ADVICE, AdviceDraftState, AdviceState, MeetingState
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.workflow import StepNotAllowed

# --- Giving ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def give(
    *,
    project: Project,
    fields: Mapping[str, Any],
    by: Any,
    now: datetime.datetime,
    together: Collection[int] = (),
    meeting: Meeting | None = None,
    key: uuid.UUID | None = None,
) -> Advice:
    """Give advice on `project`; the coordinator reads it first. `together`: numbers of others who are asked to join.

    `key` is the same for each click: one form gives one piece of advice. Raises PermissionDenied, ValidationError by
    field, StepNotAllowed when the project ended.
    """
    can_represent(by, project)
    if key is not None and (made := Advice.objects.filter(uuid=key, draft__agreed__user=by.pk).first()):
        return made
    own = assignment_of(by, project)
    advice = _begin(project, fields, now, meeting, key)
    draft = _draft(advice, fields, AdviceDraftState.WAITING, now)
    draft.agreed.add(own)  # type: ignore[arg-type]
    draft.asked.set(_active(project, together).exclude(user=by.pk))
    record("advice.given", by=by, target=target_of(project), now=now, advice=str(advice.uuid))
    emails.advice_waits(draft)
    emails.agreement_asked(draft)
    return advice


@transaction.atomic
def type_out(
    *,
    project: Project,
    fields: Mapping[str, Any],
    givers: Collection[int],
    by: Any,
    now: datetime.datetime,
    meeting: Meeting | None = None,
    key: uuid.UUID | None = None,
) -> Advice:
    """Type out a spoken or written note of the representatives with the numbers `givers`: they agree before release.

    Raises as `give` does.
    """
    can_follow(by, project)
    if key is not None and (made := Advice.objects.filter(uuid=key, typed_out_by=by.pk).first()):
        return made
    chosen = list(_active(project, givers))
    if not chosen:
        raise ValidationError({"givers": _("Kies wie dit advies gaf.")})
    advice = _begin(project, fields, now, meeting, key, typed_out_by=by)
    draft = _draft(advice, fields, AdviceDraftState.TO_AGREE, now)
    draft.asked.set(chosen)
    record("advice.typed_out", by=by, target=target_of(project), now=now, advice=str(advice.uuid))
    emails.agreement_asked(draft)
    return advice


def _begin(
    project: Project,
    fields: Mapping[str, Any],
    now: datetime.datetime,
    meeting: Meeting | None,
    key: uuid.UUID | None,
    **more: Any,
) -> Advice:
    hold_running(project, "give", told=_("Het project is voorbij. Nieuw advies kan niet meer."))
    if meeting is not None and (meeting.project_id != project.pk or meeting.state != MeetingState.HELD):
        raise ValidationError({"meeting": _("Kies een gesprek dat is geweest.")})
    made = advice_checked(fields)
    values = {"weight": made["weight"], "topic": made["topic"], "uuid": key or uuid.uuid4(), **more}
    try:
        with transaction.atomic():
            return Advice.objects.create(project=project, phase=project.phase, meeting=meeting, given_at=now, **values)
    except IntegrityError as error:
        raise StepNotAllowed("give: this form was sent before") from error


def _draft(advice: Advice, fields: Mapping[str, Any], state: AdviceDraftState, now: datetime.datetime) -> AdviceDraft:
    made = cleaned({name: fields.get(name) or "" for name in ("text", "dissent")})
    return AdviceDraft.objects.create(advice=advice, state=state, since=now, **made)


def _active(project: Project, numbers: Iterable[int]) -> Any:
    return Assignment.objects.active().filter(project=project, number__in=list(numbers))


# --- Agreeing and changing -------------------------------------------------------------------------------------------


@transaction.atomic
def join(*, draft: AdviceDraft, revision: int, by: Any, now: datetime.datetime, dissent: str = "") -> None:
    """Stand behind a text too, with what one thinks otherwise; the first who does so sends a typed out note on.

    Raises PermissionDenied, ValidationError by field, StepNotAllowed when the text is another by now.
    """
    draft = locked(draft, revision)
    can_join(by, draft)
    own = draft.asked.get(user=by.pk)
    other = cleaned({"dissent": dissent})["dissent"]
    if draft.state == AdviceDraftState.TO_AGREE:
        take_draft(draft, "agree", since=now)
        emails.advice_waits(draft)
    if other:
        line = _("Patiëntvertegenwoordiger %(number)d: %(text)s") % {"number": own.number, "text": other}
        whole = cleaned({"dissent": "\n\n".join(part for part in (draft.dissent, line) if part)})["dissent"]
        AdviceDraft.objects.filter(pk=draft.pk).update(dissent=whole, revision=draft.revision + 1)
    draft.asked.remove(own)
    draft.agreed.add(own)
    record("advice.joined", by=by, target=target_of(draft.advice.project), now=now, advice=str(draft.advice.uuid))


@transaction.atomic
def stay_out(*, draft: AdviceDraft, by: Any, now: datetime.datetime) -> None:
    """Not stand behind a text; a note that was typed out and that nobody stands behind is withdrawn.

    Raises PermissionDenied, StepNotAllowed.
    """
    draft = locked(draft)
    can_join(by, draft)
    draft.asked.remove(draft.asked.get(user=by.pk))
    record("advice.not_joined", by=by, target=target_of(draft.advice.project), now=now, advice=str(draft.advice.uuid))
    if draft.state == AdviceDraftState.TO_AGREE and not draft.asked.exists():
        take_back(draft, by=by, now=now)


@transaction.atomic
def agree_on_paper(*, draft: AdviceDraft, revision: int, by: Any, now: datetime.datetime) -> None:
    """Say, as the coordinator who typed out a note, that those who gave it signed it on paper; everybody reads that.

    Raises PermissionDenied, StepNotAllowed.
    """
    draft = locked(draft, revision)
    can_release(by, draft)
    take_draft(draft, "agree", since=now)
    draft.agreed.add(*draft.asked.all())
    draft.asked.clear()
    Advice.objects.filter(pk=draft.advice_id).update(on_paper=True)
    record("advice.on_paper", by=by, target=target_of(draft.advice.project), now=now, advice=str(draft.advice.uuid))


@transaction.atomic
def rewrite(*, draft: AdviceDraft, revision: int, fields: Mapping[str, Any], by: Any, now: datetime.datetime) -> None:
    """Change a text that is not public yet, or leave it as it is after a question. Others agree again to what is new.

    Raises PermissionDenied, ValidationError by field, StepNotAllowed when the text is another by now.
    """
    draft = locked(draft, revision)
    can_write_draft(by, draft)
    advice = draft.advice
    kept = {"weight": advice.weight, "topic": advice.topic}  # of public advice these stay
    made = advice_checked({**kept, **fields} if advice.state == AdviceState.WAITING else {**fields, **kept})
    is_same = (draft.text, draft.dissent) == (made["text"], made["dissent"])
    own = Assignment.objects.filter(part_with(draft)).distinct().get(user=by.pk)
    before = draft.state
    take_draft(draft, "rewrite", text=made["text"], dissent=made["dissent"], question="",
               revision=draft.revision + 1, since=now)  # fmt: skip
    Advice.objects.filter(pk=advice.pk).update(weight=made["weight"], topic=made["topic"])
    if not is_same:
        draft.asked.add(*draft.agreed.exclude(pk=own.pk))
        draft.agreed.clear()
    draft.asked.remove(own)
    draft.agreed.add(own)
    record("advice.rewritten", by=by, target=target_of(advice.project), now=now, advice=str(advice.uuid))
    if before != AdviceDraftState.WAITING:
        emails.advice_waits(draft)
    if not is_same:
        emails.agreement_asked(draft)


@transaction.atomic
def correct(*, advice: Advice, text: str, dissent: str, by: Any, now: datetime.datetime) -> AdviceDraft:
    """Write a better text of advice that is public: a new version, released like the first. The first stays.

    Raises PermissionDenied, ValidationError by field, StepNotAllowed while another correction waits or after the end.
    """
    can_correct(by, advice)
    made = cleaned({"text": text, "dissent": dissent})
    if not made["text"]:
        raise ValidationError({"text": _("Schrijf uw advies.")})
    if advice.state not in PUBLIC_ADVICE or advice.state in OVER:
        raise StepNotAllowed("correct: the advice is not public, or over")
    try:
        with transaction.atomic():
            draft = AdviceDraft.objects.create(advice=advice, state=AdviceDraftState.WAITING, since=now, **made)
    except IntegrityError as error:
        raise StepNotAllowed(
            "correct: a correction waits", told=_("Er ligt al een verbetering bij de coördinator.")
        ) from error
    own = advice.givers.filter(user=by.pk)
    draft.agreed.set(own)
    draft.asked.set(advice.givers.filter(user__is_active=True).exclude(user=by.pk))
    record("advice.corrected", by=by, target=target_of(advice.project), now=now, advice=str(advice.uuid))
    emails.advice_waits(draft)
    emails.agreement_asked(draft)
    return draft


@transaction.atomic
def withdraw(*, draft: AdviceDraft, by: Any, now: datetime.datetime) -> None:
    """Take a text back that is not public yet; it is deleted. Raises PermissionDenied, StepNotAllowed."""
    draft = locked(draft)
    can_withdraw(by, draft)
    take_back(draft, by=by, now=now)


def take_back(draft: AdviceDraft, *, by: Any, now: datetime.datetime) -> None:
    """The same, for a caller who has looked whether it may be and holds a transaction."""
    advice = draft.advice
    take_draft(draft, "withdraw", text="", dissent="", question="")
    if advice.state == AdviceState.WAITING:
        step = ADVICE.step(advice.state, "withdraw")
        Advice.objects.filter(pk=advice.pk, state=step.source).update(state=step.target)
    draft.delete()
    record("advice.withdrawn", by=by, target=target_of(advice.project), now=now, advice=str(advice.uuid))


# --- The coordinator -------------------------------------------------------------------------------------------------


@transaction.atomic
def ask_back(*, draft: AdviceDraft, revision: int, question: str, by: Any, now: datetime.datetime) -> None:
    """Send a text back with a question; who gives it changes it or leaves it as it is.

    Raises PermissionDenied, ValidationError by field, StepNotAllowed.
    """
    draft = locked(draft, revision)
    can_release(by, draft)
    asked = needed(cleaned({"question": question})["question"], _("Schrijf uw vraag."), "question")
    take_draft(draft, "return", question=asked, since=now)
    record("advice.returned", by=by, target=target_of(draft.advice.project), now=now, advice=str(draft.advice.uuid))
    emails.question_asked(draft)


@transaction.atomic
def take_back_question(*, draft: AdviceDraft, by: Any, now: datetime.datetime) -> None:
    """Take the question back, as when nobody can answer it any more. Raises PermissionDenied, StepNotAllowed."""
    draft = locked(draft)
    can_release(by, draft)
    take_draft(draft, "take_back", question="", since=now)
    record("advice.question_taken_back", by=by, target=target_of(draft.advice.project), now=now,
           advice=str(draft.advice.uuid))  # fmt: skip


@transaction.atomic
def release(
    *, draft: AdviceDraft, revision: int, nobody_recognised: bool, by: Any, now: datetime.datetime, text_en: str = ""
) -> AdviceVersion:
    """Let everybody read a text: the first version with its deadlines, or a correction; `text_en` is its English.

    Who has not agreed yet is left out. Raises PermissionDenied, ValidationError by field, and StepNotAllowed when the
    text is another by now.
    """
    project = Project.objects.select_for_update().get(pk=draft.advice.project_id)  # first, as `pass_gate` does
    draft = locked(draft, revision)
    can_release(by, draft)
    if not nobody_recognised:
        raise ValidationError({"nobody": _("Kijk eerst of er niemand te herkennen is. Zet daarna het vinkje.")})
    english = cleaned({"text_en": text_en})
    text, dissent, advice = draft.text, draft.dissent, draft.advice
    take_draft(draft, "release")
    behind = list(draft.agreed.order_by("number"))
    if advice.state == AdviceState.WAITING:
        _submit(advice, project, behind, now)
    number = (advice.versions.aggregate(most=Max("number"))["most"] or 0) + 1
    version = AdviceVersion.objects.create(
        advice=advice, number=number, text=text, dissent=dissent, numbers=[one.number for one in behind], given_at=now,
        **english,
    )  # fmt: skip
    draft.delete()
    record("advice.released", by=by, target=target_of(project), now=now, advice=str(advice.uuid), version=number)
    emails.released(advice, number)
    tell_entries(project, now)
    raise_revision()
    return version


def _submit(advice: Advice, project: Project, behind: list[Assignment], now: datetime.datetime) -> None:
    """Make new advice public. It counts for the phase in which the project is now: an earlier gate is passed."""
    step, today = ADVICE.step(advice.state, "release"), day_of(now)
    changed = Advice.objects.filter(pk=advice.pk, state=step.source).update(
        state=step.target, released_at=now, acknowledge_by=acknowledge_by(today), respond_by=respond_by(today),
        phase=project.phase,
    )  # fmt: skip
    if not changed:
        raise StepNotAllowed("release: the advice changed meanwhile")
    advice.givers.set(behind)
    advice.refresh_from_db()
