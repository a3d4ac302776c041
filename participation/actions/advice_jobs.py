"""What comes by the clock for advice: what is late is told, days that come near too, and a verdict that never came."""

import datetime
from itertools import groupby

from django.db import transaction
from django.db.models import F, Q

from participation import advice_emails as emails
from participation.actions.advice import take_back
from participation.actions.advice_drafts import locked
from participation.actions.common import day_of, target_of
from participation.advice_dates import DAYS_TO_JUDGE, judge_by, late_advice, late_since, next_day
from participation.entry_summary import tell_entries
from participation.models import Advice, AdviceDraft, Project
from participation.states import ADVICE, FINISHED, PROMISED, AdviceDraftState, AdviceState
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.workflow import StepNotAllowed

WEEK = datetime.timedelta(days=7)
TWO_WEEKS = datetime.timedelta(days=14)
AFTER_THE_END = datetime.timedelta(days=DAYS_TO_JUDGE)  # as long as a verdict may take


def tell_late_advice(now: datetime.datetime) -> int:
    """Tell caches on the day that advice becomes late, and people then and every week; on how many projects.

    One mail a week for each project: to who leads it, after two weeks to who decides on its phases too.
    """
    told, today = 0, day_of(now)
    found = late_advice(today).select_related("project__organisation", "project__lead").order_by("project_id", "pk")
    for project, group in groupby(found, key=lambda one: one.project):
        late = [(one, day) for one in group if (day := late_since(one, today)) is not None]
        is_news = any(one.late_told != day for one, day in late)
        last = [one.reminded_at for one, _day in late if one.reminded_at]
        if is_news or (last and max(last) <= now - WEEK):
            told += _tell_late(project, late, now)
    return told


def _tell_late(project: Project, late: list[tuple[Advice, datetime.date]], now: datetime.datetime) -> int:
    """Tell what is late of one project; 0 when another process did so at this moment."""
    with transaction.atomic():
        changed = 0
        for one, day in late:
            same = Advice.objects.filter(
                pk=one.pk, state=one.state, late_told=one.late_told, reminded_at=one.reminded_at
            )
            is_mine = same.update(late_told=day, reminded_at=now)
            changed += is_mine
            if is_mine and one.late_told != day:
                record("advice.late", by=None, target=target_of(project), now=now, advice=str(one.uuid))
        if not changed:
            return 0
        emails.late(project, late, above=any(day <= day_of(now - TWO_WEEKS) for _one, day in late))
        raise_revision()
    return 1


def tell_days_that_come_near(now: datetime.datetime) -> int:
    """Mail who leads a project, once, a week before the day of an answer or a promise; of how many."""
    told, today = 0, day_of(now)
    near = Q(state=AdviceState.ACKNOWLEDGED, respond_by__range=(today, today + WEEK)) | Q(
        state__in=PROMISED, promise_by__range=(today, today + WEEK)
    )
    found = Advice.objects.filter(near).select_related("project__organisation", "project__lead").order_by("pk")
    for one in found:
        day = next_day(one)
        if one.due_told == day:
            continue
        with transaction.atomic():
            if Advice.objects.filter(pk=one.pk, due_told=one.due_told).update(due_told=day):
                emails.due(one)
                told += 1
    return told


def lapse_verdicts(now: datetime.datetime) -> int:
    """Close what nobody judged within the 60 days as "geen oordeel"; how many."""
    lapsed, today = 0, day_of(now)
    before = now - datetime.timedelta(days=DAYS_TO_JUDGE)
    found = Advice.objects.filter(state__in=FINISHED, finished_at__lte=before).select_related("project")
    for one in found.order_by("pk"):
        until = judge_by(one)
        if until is not None and until < today:
            lapsed += lapse(advice=one, now=now)
    return lapsed


@transaction.atomic
def lapse(*, advice: Advice, now: datetime.datetime) -> bool:
    """Close advice of which the time for a verdict is past; False when somebody judged at this moment."""
    step = ADVICE.step(advice.state, "lapse")
    if not Advice.objects.filter(pk=advice.pk, state=step.source).update(state=step.target, lapsed_at=now):
        return False
    record("advice.lapsed", by=None, target=target_of(advice.project), now=now, advice=str(advice.uuid))
    tell_entries(advice.project, now)
    raise_revision()
    return True


def take_back_forgotten_drafts(now: datetime.datetime) -> int:
    """Take back the texts that nobody let through within 60 days after their project ended, with a mail; how many."""
    forgotten = AdviceDraft.objects.filter(advice__project__ended_at__lte=now - AFTER_THE_END)
    taken = 0
    for one in forgotten.order_by("pk"):
        with transaction.atomic():
            try:
                draft = locked(one)
            except StepNotAllowed:  # it was let through at this moment
                continue
            emails.draft_forgotten(draft)
            take_back(draft, by=None, now=now)
        taken += 1
    return taken


def remind_of_drafts(now: datetime.datetime) -> int:
    """Mail the coordinator every week about a text that waits, and who gives it once about theirs; of how many."""
    told = 0
    waits = Q(state=AdviceDraftState.WAITING) & (Q(reminded_at__isnull=True) | Q(reminded_at__lte=now - WEEK))
    asks = Q(state__in=[AdviceDraftState.TO_AGREE, AdviceDraftState.RETURNED]) & (
        Q(reminded_at__isnull=True) | Q(reminded_at__lt=F("since"))
    )
    found = AdviceDraft.objects.filter(waits | asks, since__lte=now - WEEK).select_related("advice__project")
    for draft in found.order_by("pk"):
        with transaction.atomic():
            same = AdviceDraft.objects.filter(pk=draft.pk, state=draft.state, reminded_at=draft.reminded_at)
            if not same.update(reminded_at=now):
                continue
            if draft.state == AdviceDraftState.WAITING:
                emails.advice_waits(draft)
            elif draft.state == AdviceDraftState.RETURNED:
                emails.question_asked(draft)
            else:
                emails.agreement_asked(draft)
        told += 1
    return told
