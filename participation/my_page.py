"""The workspace of a representative: each part adds what it knows of one person, and its own piece of the template.

A part is a function: the person who is signed in → values for `participation/deelname.html`.
"""

import datetime
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from participation.advice_permissions import mine
from participation.models import Assignment, Attendance, Candidacy
from participation.people import SIGNED
from participation.starting_tasks import of_person
from participation.states import AdviceState, MeetingState
from participation.workspace import tasks_for

NEWEST = 3  # pieces of advice

Part = Callable[[Any], dict[str, Any]]


def what_is_asked(user: Any) -> dict[str, Any]:
    """What this person has to do now, the first day first."""
    tasks = list(tasks_for(user))
    return {"tasks": sorted(tasks, key=lambda one: (not one.is_late, one.due or datetime.date.max))}


def my_roles(user: Any) -> dict[str, Any]:
    """Where this person takes part, or their organisation does; what goes on first."""
    found = list(of_person(user).select_related("project__organisation").order_by("-proposed_at", "-pk"))
    return {"roles": sorted(found, key=lambda one: not one.is_running)}


def my_meetings(user: Any) -> dict[str, Any]:
    """The meetings to which this person is invited and that are not over, the first one first."""
    asked = Attendance.objects.filter(
        assignment__user=user, assignment__state__in=SIGNED, invited_at__isnull=False,
        meeting__state=MeetingState.PLANNED, meeting__ends_at__gte=timezone.now(),
    )  # fmt: skip
    return {"meetings": asked.select_related("meeting__project").order_by("meeting__starts_at", "pk")}


def my_advice(user: Any) -> dict[str, Any]:
    """The newest advice that this person gave or may agree to; the rest has a page of its own."""
    found = mine(user).exclude(state=AdviceState.WITHDRAWN).select_related("project")
    return {"advice": found.order_by("-given_at", "-pk")[:NEWEST]}


def buddy_questions(user: Any) -> dict[str, Any]:
    """Whom this person is asked to be a buddy of, and whose buddy they are."""
    asked = Assignment.objects.running().filter(buddy=user).select_related("project__organisation", "user")
    return {"buddy_of": asked.order_by("-proposed_at", "-pk")}


def my_candidacies(user: Any) -> dict[str, Any]:
    """The vacancies to which this person replied, the newest first."""
    replied = Candidacy.objects.filter(user=user).select_related("vacancy__project__organisation")
    return {"candidacies": replied.order_by("-submitted_at", "-pk")}


PARTS: tuple[Part, ...] = (what_is_asked, my_roles, my_meetings, my_advice, buddy_questions, my_candidacies)


def context_of(user: Any) -> dict[str, Any]:
    """The template context of the page of `user`."""
    context: dict[str, Any] = {}
    for part in PARTS:
        context |= part(user)
    return context
