"""The one mail a day (or a week) about what is new: messages of others, new tasks, claims that came to wait."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from participation.actions.common import day_of
from participation.actions.messages import REGRET
from participation.answer_links import stop_token
from participation.models import DigestWish, Message, Project, ProjectTask
from participation.money_news import Arrival, ClaimNews, arrived, counted
from participation.people import People
from participation.states import Rhythm, TaskState
from portal.accounts.models import User
from portal.core.links import address
from portal.core.mail import send_mail

FIRST_HOUR, LAST_HOUR = 8, 20  # between which it goes, in Amsterdam
OLDEST = datetime.timedelta(days=30)  # what is older is no news any more
FIRST_TIME = datetime.timedelta(days=2)  # how far back the first mail to somebody goes
DAYS_BETWEEN = {Rhythm.DAILY: 1, Rhythm.WEEKLY: 7}
MOST_SHOWN = 3  # messages of one project
FIRST_WORDS = 12


@dataclass(frozen=True, kw_only=True)
class ProjectNews:
    """What is new in one project for one person."""

    project: Project
    number: int  # of messages
    lines: list[tuple[str, str]]  # (who, first words) of the newest
    tasks: list[ProjectTask]
    page: str
    task_page: str


@dataclass(frozen=True, kw_only=True)
class _Busy:
    """A project in which something happened, read once for everybody in it."""

    people: People
    messages: list[Message]  # oldest first
    tasks: list[ProjectTask]


def send_digests(now: datetime.datetime) -> int:
    """Mail everybody who has something new and was not mailed yet in this day or week; how many that were. A job."""
    if not FIRST_HOUR <= timezone.localtime(now).hour < LAST_HOUR:
        return 0
    until = now - REGRET
    mine: dict[int, tuple[User, list[_Busy]]] = {}
    for busy in _busy_projects(until):
        for person in busy.people.working():
            mine.setdefault(person.user.pk, (person.user, []))[1].append(busy)
    came = arrived(until - OLDEST, until)
    for user in came:
        mine.setdefault(user.pk, (user, []))
    wishes = {wish.user_id: wish for wish in DigestWish.objects.filter(user__in=mine)}
    return sum(
        _tell(user, projects, came.get(user, []), wishes.get(user.pk), until) for user, projects in mine.values()
    )


def _busy_projects(until: datetime.datetime) -> list[_Busy]:
    messages = Message.objects.standing().filter(written_at__gt=until - OLDEST, written_at__lte=until)
    tasks = ProjectTask.objects.filter(state=TaskState.OPEN, asked_at__gt=until - OLDEST, asked_at__lte=until)
    busy = Project.objects.filter(Q(pk__in=messages.values("project")) | Q(pk__in=tasks.values("project")))
    return [
        _Busy(
            people=People(project, names=False),
            messages=list(messages.filter(project=project).order_by("written_at", "pk")),
            tasks=list(tasks.filter(project=project).order_by("due_date", "pk")),
        )
        for project in busy.select_related("patient_side__parent", "organisation").order_by("name", "pk")
    ]  # fmt: skip


def _tell(
    user: User, projects: Iterable[_Busy], came: Iterable[Arrival], wish: DigestWish | None, until: datetime.datetime
) -> bool:
    """Mail one person when it is time and there is news; whether that was so. Two workers at once mail once."""
    if wish is not None and not _is_due(wish, day_of(until)):
        return False
    since = wish.told_until if wish and wish.told_until else until - FIRST_TIME
    news = [one for busy in projects if (one := _news(busy, user, since))]
    claims = counted([one for one in came if one.at > since])
    if not news and not claims:
        return False
    with transaction.atomic():
        if not _take(user, wish, until):
            return False
        _mail(user, news, claims, wish.rhythm if wish else Rhythm.DAILY)
    return True


def _is_due(wish: DigestWish, today: datetime.date) -> bool:
    if wish.rhythm == Rhythm.NEVER:
        return False
    days = DAYS_BETWEEN[Rhythm(wish.rhythm)]
    return wish.told_until is None or (today - day_of(wish.told_until)).days >= days


def _take(user: User, wish: DigestWish | None, until: datetime.datetime) -> bool:
    """Write until when somebody was told; False when another worker was first, or they just chose otherwise."""
    if wish is not None:
        same = DigestWish.objects.filter(pk=wish.pk, told_until=wish.told_until, rhythm=wish.rhythm)
        return bool(same.update(told_until=until))
    try:
        with transaction.atomic():
            DigestWish.objects.create(user=user, told_until=until)
    except IntegrityError:
        return False
    return True


def _news(busy: _Busy, user: User, since: datetime.datetime) -> ProjectNews | None:
    """What is new for `user` since then: what others wrote, and what they were asked to do."""
    project = busy.people.project
    messages = [one for one in busy.messages if one.written_at > since and one.writer_id != user.pk]
    asked = [one for one in busy.tasks if one.asked_at > since and one.doer_id == user.pk]
    tasks = [one for one in asked if one.asked_by_id != user.pk]
    if not messages and not tasks:
        return None
    shown = [(busy.people.label_of(one.writer_id), first_words(one.text)) for one in messages[-MOST_SHOWN:]]
    return ProjectNews(
        project=project, number=len(messages), lines=shown, tasks=tasks,
        page=address("participation:messages", project.slug), task_page=address("participation:tasks", project.slug),
    )  # fmt: skip


def first_words(text: str) -> str:
    """How a message begins, on one line."""
    words = text.split()
    begin = " ".join(words[:FIRST_WORDS])[:120]
    return begin if len(words) <= FIRST_WORDS and len(begin) == len(" ".join(words)) else f"{begin} …"


def _mail(user: User, news: list[ProjectNews], claims: list[ClaimNews], rhythm: str) -> None:
    stop = address("participation:digest-stop", stop_token(user.pk))
    number = sum(one.number + len(one.tasks) for one in news) + sum(one.number for one in claims)
    context: dict[str, Any] = {
        "news": news, "claims": claims, "number": number, "stop": stop, "is_weekly": rhythm == Rhythm.WEEKLY,
    }  # fmt: skip
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    send_mail(user.email, "participation/digest", context, headers=headers)
