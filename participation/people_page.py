"""Who takes part, on the public page of a project: a number and a role, and a name only of who wants that."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.models import Assignment, Consent, ConsentKind, Interest, Project
from participation.starting import newest_by_person
from participation.states import SHOWN_INTERESTS, AssignmentState, Influence, InterestDecision, InterestState


@dataclass(frozen=True, kw_only=True)
class PersonShown:
    """A representative as everybody sees them: the name is "" unless that person consented to show it here."""

    number: int
    role: str | Promise
    name: str


@dataclass(frozen=True, kw_only=True)
class InterestShown:
    """What was decided to be public about somebody's interests: the role, never a name."""

    role: str | Promise
    text: str
    is_limit: bool


def people_shown(project: Project) -> dict[str, Any]:
    """Everybody who takes part now, and the interests that are public."""
    taking_part = project.assignments.filter(state__in=[AssignmentState.ACTIVE, AssignmentState.PAUSED])
    people = list(taking_part.select_related("user", "organisation").order_by("number"))
    named = set(
        Consent.objects.filter(
            kind=ConsentKind.NAME, about=f"project:{project.uuid}", withdrawn_at__isnull=True, user__is_active=True
        ).values_list("user", flat=True)
    )
    return {
        "people": [
            PersonShown(
                number=one.number,
                role=Influence(one.influence).label,
                name=one.user.name if one.user is not None and one.user_id in named else "",
            )
            for one in people
        ],
        "interests": _interests(project, people),
    }


def _interests(project: Project, people: list[Assignment]) -> list[InterestShown]:
    """The newest decision on each person who is still in the project, where it says that everybody may read it."""
    roles: dict[int, str | Promise] = {
        one.user_id: one.function for one in project.team.all() if one.user_id is not None
    }
    roles |= {one.user_id: _("patiëntvertegenwoordiger") for one in people if one.user_id is not None}
    of_organisations = {one.pk for one in people if one.user_id is None}
    shown = [
        (_role(one, roles, of_organisations), one)
        for one in newest_by_person(project, state=InterestState.DECIDED).values()
        if one.decision in SHOWN_INTERESTS
    ]
    return [
        InterestShown(role=role, text=one.decision_text, is_limit=one.decision == InterestDecision.LIMIT)
        for role, one in shown
        if role
    ]


def _role(interest: Interest, roles: dict[int, str | Promise], of_organisations: set[int]) -> str | Promise:
    """The role to show; "" for who is not in the project any more."""
    if interest.assignment_id in of_organisations:
        return _("patiëntvertegenwoordiger")
    return roles.get(interest.user_id, "")
