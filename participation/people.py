"""Who works together on a project, and what each is called: a representative by number, unless they chose otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from participation.actions.common import target_of
from participation.emails import coordinators, members
from participation.models import Assignment, Consent, ConsentKind, Project, TeamMember
from participation.states import AssignmentState
from portal.accounts.models import User
from portal.organisations.roles import Role

SIGNED = (AssignmentState.ACTIVE, AssignmentState.PAUSED)


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who works on a project, in the words of the project."""

    user: User
    label: str
    is_representative: bool = False


class People:
    """Everybody around one project; reads each table once.

    Without `names` a representative is a number whatever they consented to: no mail can be taken back.
    """

    def __init__(self, project: Project, *, names: bool = True) -> None:
        self.project = project
        self.names = names

    @cached_property
    def assignments(self) -> list[Assignment]:
        """Every role that somebody has or had, signed or not, by number."""
        found = Assignment.objects.filter(project=self.project, user__isnull=False).select_related("user")
        return list(found.order_by("number"))

    @cached_property
    def team(self) -> list[TeamMember]:
        """The team, in the order in which they came."""
        return list(self.project.team.select_related("user").order_by("since", "pk"))

    @cached_property
    def coordinators(self) -> list[User]:
        """Who speaks for the patients."""
        return coordinators(self.project)

    @cached_property
    def _named(self) -> set[int]:
        """Who wants to be named on this project."""
        if not self.names:
            return set()
        given = Consent.objects.filter(
            kind=ConsentKind.NAME, about=target_of(self.project), withdrawn_at__isnull=True
        )  # fmt: skip
        return set(given.values_list("user", flat=True))

    def of_representative(self, assignment: Assignment) -> str:
        """A representative as everybody may know them: the number, or the name by consent."""
        if assignment.user is not None and assignment.user.pk in self._named and assignment.user.name:
            return assignment.user.name
        return _("patiëntvertegenwoordiger %(number)d") % {"number": assignment.number}

    def known_as(self, assignment: Assignment) -> str:
        """The same with the name, for who plans meetings and has to know who was there; they signed with each other."""
        label = self.of_representative(assignment)
        name = assignment.user.name if assignment.user else ""
        return label if not name or label == name else f"{label} ({name})"

    @cached_property
    def _labels(self) -> dict[int, str]:
        """{number of a user: what they are called}; who has two roles is called by the first of these."""
        side = self.project.patient_side
        speaks = _("coördinator van %(organisation)s") % {
            "organisation": side.name if side else _("het expertisecentrum")
        }
        leads = members(self.project.organisation, Role.PROJECT_LEAD)
        labels = {user.pk: f"{user.get_full_name()}, {_('projectleider')}" for user in leads}
        labels |= {user.pk: speaks for user in self.coordinators}
        labels |= {one.user_id: f"{one.user.get_full_name()}, {one.function}" for one in self.team}
        return labels | {one.user_id: self.of_representative(one) for one in self.assignments if one.user_id}

    def label_of(self, user_id: int | None) -> str:
        """What the user with this number is called on the project; somebody who left keeps no name."""
        return self._labels.get(user_id or 0, _("iemand die niet meer meewerkt"))

    def working(self) -> Iterator[Person]:
        """Everybody who works on the project now and has an account: representatives, patient side, team."""
        seen: set[int] = set()
        signed = [one.user for one in self.assignments if one.state in SIGNED]
        everybody: list[Any] = [*signed, *self.coordinators, self.project.lead, *(one.user for one in self.team)]
        for user in everybody:
            if user is not None and user.is_active and user.pk not in seen:
                seen.add(user.pk)
                yield Person(user=user, label=self.label_of(user.pk), is_representative=user in signed)
