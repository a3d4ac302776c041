"""What each person has to do with advice: read, answer, keep a promise, agree, judge."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.advice_dates import judge_by, late_since, next_day
from participation.advice_permissions import givers_with_account
from participation.models import Advice, AdviceDraft, Project
from participation.states import FINISHED, PROMISED, UNANSWERED, AdviceDraftState, AdviceState
from portal.ui.tasks import Group, Task

WHAT: dict[str, str | Promise] = {
    AdviceState.SUBMITTED: _("Lees het advies en geef antwoord"),
    AdviceState.ACKNOWLEDGED: _("Geef antwoord op het advies"),
    AdviceState.RESPONDED: _("Doe wat is beloofd"),
    AdviceState.IN_PROGRESS: _("Doe wat is beloofd"),
}


def tasks_for(user: Any, *, led: QuerySet[Project], followed: QuerySet[Project]) -> Iterator[Task]:
    """What `user` has to do, who acts for the projects `led` and for the patients of those `followed`."""
    yield from _to_answer(led)
    yield from _to_release(followed)
    yield from _of_my_own(user)
    yield from _to_judge_for_others(followed)


def _to_answer(led: QuerySet[Project]) -> Iterator[Task]:
    today = timezone.localdate()
    found = Advice.objects.filter(project__in=led, state__in=[*UNANSWERED, *PROMISED])
    for one in found.select_related("project__organisation").order_by("respond_by", "pk"):
        yield _task(WHAT[one.state], one, "work-advice-one", [one.project.slug, one.uuid], due=next_day(one),
                    is_late=late_since(one, today) is not None)  # fmt: skip


def _to_release(followed: QuerySet[Project]) -> Iterator[Task]:
    found = AdviceDraft.objects.filter(advice__project__in=followed, state=AdviceDraftState.WAITING)
    for draft in found.select_related("advice__project__organisation").order_by("since", "pk"):
        one = draft.advice
        yield _task(_("Lees het advies en geef het door"), one, "work-advice-one", [one.project.slug, one.uuid])


def _of_my_own(user: Any) -> Iterator[Task]:
    """Agree, answer a question of the coordinator, judge."""
    asked = Q(asked__user=user.pk)
    returned = Q(agreed__user=user.pk, state=AdviceDraftState.RETURNED)
    drafts = AdviceDraft.objects.filter(asked | returned).select_related("advice__project__organisation").distinct()
    for draft in drafts.order_by("since", "pk"):
        is_question = draft.state == AdviceDraftState.RETURNED
        what = _("Antwoord op de vraag over uw advies") if is_question else _("Kijk of u dit advies mee geeft")
        yield _task(what, draft.advice, "my-advice-one", [draft.advice.uuid], group=Group.FIRST)
    done = Advice.objects.filter(givers__user=user.pk, state__in=FINISHED).select_related("project__organisation")
    for one in done.distinct().order_by("finished_at", "pk"):
        yield _task(_("Zeg of is gedaan wat beloofd was"), one, "my-verdict", [one.uuid], due=judge_by(one))


def _to_judge_for_others(followed: QuerySet[Project]) -> Iterator[Task]:
    """Advice of which nobody who gave it can sign in any more: the coordinator may judge."""
    done = Advice.objects.filter(project__in=followed, state__in=FINISHED).select_related("project__organisation")
    for one in done.exclude(givers__user__is_active=True).order_by("finished_at", "pk"):
        if not givers_with_account(one).exists():
            yield _task(_("Zeg of is gedaan wat beloofd was"), one, "my-verdict", [one.uuid], due=judge_by(one))


def _task(what: str | Promise, one: Advice, page: str, args: list[Any], **more: Any) -> Task:
    title = f"{one.project.name} ({one.get_topic_display().lower()})"
    return Task(what=what, title=title, url=reverse(f"participation:{page}", args=args),
                about=one.project.organisation.name, **more)  # fmt: skip
