"""What the page of one assignment shows to who takes part: the role, what is missing, first steps, buddy, name."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from participation.actions.consents import has_consent
from participation.models import Assignment, ConsentKind, Interest, Profile
from participation.people import SIGNED
from participation.project_home import links_of_representative
from participation.promises import promised_to
from participation.starting import ROLE_WORDS, has_to_declare, interests_of, readiness
from participation.states import AssignmentState, Influence, Phase, WelcomeKind


def about(assignment: Assignment) -> str:
    """How a consent names the project of an assignment."""
    return f"project:{assignment.project.uuid}"


@dataclass(frozen=True, kw_only=True)
class StepShown:
    """A first step: its words, and whether it is done."""

    kind: WelcomeKind
    label: str | Promise
    is_done: bool


def welcome(assignment: Assignment) -> list[StepShown]:
    """The first steps in order; the one about a buddy only where there is one."""
    done = set(assignment.welcome_steps.values_list("kind", flat=True))
    kinds = [kind for kind in WelcomeKind if kind != WelcomeKind.BUDDY or assignment.buddy_id]
    return [StepShown(kind=kind, label=kind.label, is_done=kind in done) for kind in kinds]


def newest_interest(assignment: Assignment, user: Any) -> Interest | None:
    """What `user` declared last for this assignment."""
    return interests_of(assignment).filter(user=user).first()


def needs_of_profile(assignment: Assignment, user: Any) -> str:
    """What `user` needs by their own profile, as long as they told the project nothing: a start to type on from."""
    if assignment.user_id != user.pk or assignment.access_needs or not assignment.is_running:
        return ""
    return Profile.objects.filter(user=user.pk).values_list("access_needs", flat=True).first() or ""


def context_of(assignment: Assignment, user: Any, today: datetime.date) -> dict[str, Any]:
    """The template context of the page of `assignment`, for who takes part."""
    newest, project = newest_interest(assignment, user), assignment.project
    return {
        "assignment": assignment,
        "project": project,
        "places": links_of_representative(project) if assignment.state in SIGNED else [],
        "may_advise": assignment.state == AssignmentState.ACTIVE and assignment.user_id == user.pk,
        "role_words": ROLE_WORDS[Influence(assignment.influence)],
        "phases": [Phase(one).label for one in assignment.phases],
        "ready": readiness(assignment, today),
        "interest": newest,
        "must_declare": has_to_declare(newest, today),
        "welcome": welcome(assignment),
        "shows_name": assignment.user_id is not None and has_consent(user, ConsentKind.NAME, about(assignment)),
        "promised": promised_to(assignment) if assignment.is_running else [],
        "is_person": assignment.user_id is not None,
    }
