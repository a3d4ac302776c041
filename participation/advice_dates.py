"""The days that count on the road of a piece of advice: by when what must happen, and what is late."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from participation.models import Advice
from participation.states import PROMISED, UNANSWERED, AdviceState
from portal.core.working_days import add_working_days, rolled

WORKING_DAYS_TO_ACKNOWLEDGE = 5  # participation.md, States
DAYS_TO_RESPOND = 30
DAYS_MORE = 30
DAYS_TO_JUDGE = 60
MOST_YEARS_OF_PROMISE = 2


def acknowledge_by(released: datetime.date) -> datetime.date:
    """The last day to say that advice released on `released` was received."""
    return add_working_days(released, WORKING_DAYS_TO_ACKNOWLEDGE)


def respond_by(released: datetime.date) -> datetime.date:
    """The last day to answer advice that was released on `released`."""
    return rolled(released + datetime.timedelta(days=DAYS_TO_RESPOND))


def respond_by_at_most(first: datetime.date) -> datetime.date:
    """The latest day that may take the place of the first last day, once."""
    return rolled(first + datetime.timedelta(days=DAYS_MORE))


def judge_by(advice: Advice) -> datetime.date | None:
    """The last day for a verdict; None as long as nothing was finished."""
    if advice.finished_at is None:
        return None
    return rolled(timezone.localtime(advice.finished_at).date() + datetime.timedelta(days=DAYS_TO_JUDGE))


def late_by(today: datetime.date) -> Q:
    """Of advice: what the organisation had to do before `today` and did not do."""
    return (
        Q(state=AdviceState.SUBMITTED, acknowledge_by__lt=today)
        | Q(state__in=UNANSWERED, respond_by__lt=today)
        | Q(state__in=PROMISED, promise_by__lt=today)
    )


def late_advice(today: datetime.date) -> QuerySet[Advice]:
    """Everything that is late."""
    return Advice.objects.filter(late_by(today))


def has_late_advice(today: datetime.date) -> Exists:
    """For a list of projects: whether one has advice that is late."""
    return Exists(late_advice(today).filter(project=OuterRef("pk")))


def next_day(advice: Advice) -> datetime.date | None:
    """The day before which the organisation has to act now; None when it is not its turn."""
    if advice.state == AdviceState.SUBMITTED:
        return min(day for day in (advice.acknowledge_by, advice.respond_by) if day)
    if advice.state == AdviceState.ACKNOWLEDGED:
        return advice.respond_by
    return advice.promise_by if advice.state in PROMISED else None


def late_since(advice: Advice, today: datetime.date) -> datetime.date | None:
    """The last day in time, when `advice` is late; else None."""
    day = next_day(advice)
    return day if day is not None and day < today else None
