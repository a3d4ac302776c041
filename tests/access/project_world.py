"""The people and things around a project, for tables of access."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.utils import timezone

from participation.models import Assignment, Project
from portal.accounts.models import User
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.access.table import Row, row
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import ProjectFactory, representative
from tests.factories.people import UserFactory, member

# `outsider` has every role, but elsewhere; `other_rep` takes part in another project; `rep` has no second factor.
PEOPLE = ("nobody", "newcomer", "outsider", "lead", "coordinator", "decider", "manager", "rep", "other_rep")


@dataclass
class ProjectWorld:
    """A project of a hospital, followed by a patient organisation, with one representative."""

    project: Project
    assignment: Assignment
    people: dict[str, User | None]
    things: dict[str, Any] = field(default_factory=dict)


def make_project_world() -> ProjectWorld:
    """The project and one person of each kind."""
    project = ProjectFactory(slug="breukkijker")
    mine = representative(project)
    fund = OrganisationFactory(kind=OrganisationKind.FUND, verified_at=timezone.now())
    people = {
        "nobody": None,
        "newcomer": UserFactory(),
        "outsider": member(OrganisationFactory(verified_at=timezone.now()), *Role),
        "lead": project.lead,
        "coordinator": member(project.patient_side, Role.COORDINATOR),
        "decider": member(project.organisation, Role.GATE_DECIDER),
        "manager": member(fund, Role.FUND_MANAGER),
        "rep": mine.user,
        "other_rep": representative(ProjectFactory()).user,
    }
    return ProjectWorld(project=project, assignment=mine, people=people)


project_row: Callable[..., Row] = partial(row, people=PEOPLE, world=make_project_world)
