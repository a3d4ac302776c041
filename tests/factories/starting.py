"""People who start on a project for tests: proposed, with what still has to be done."""

import datetime
from typing import Any

from django.utils import timezone

from participation.actions.agreements import sign
from participation.actions.assignments import propose
from participation.actions.interests import decide, declare
from participation.models import Assignment, Interest, Project
from participation.states import Influence, InterestDecision, SigningSide
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member


def coordinator_of(project: Project) -> Any:
    """A coordinator of the patient side of `project`."""
    return member(project.patient_side, Role.COORDINATOR)


def fund_manager() -> Any:
    """A fund manager of an organisation that has nothing to do with any project."""
    fund = OrganisationFactory(kind=OrganisationKind.FUND, verified_at=timezone.now())
    return member(fund, Role.FUND_MANAGER)


def proposed(project: Project, *, user: Any = None, influence: Influence = Influence.ADVISER) -> Assignment:
    """Somebody who was asked by the lead of `project` and did nothing yet."""
    who = user or UserFactory()
    return propose(project=project, user=who, influence=influence, by=project.lead, now=timezone.now())


def fresh(assignment: Assignment) -> Assignment:
    """The assignment as the database has it now, with what its steps need."""
    whole = ("project__organisation__parent", "project__patient_side__parent", "project__lead", "organisation", "user")
    return Assignment.objects.select_related(*whole, "agreement").get(pk=assignment.pk)


def sign_for(assignment: Assignment, side: SigningSide, now: datetime.datetime) -> None:
    """Sign for one side, as who should."""
    by = assignment.user if side == SigningSide.REPRESENTATIVE else assignment.project.lead
    sign(assignment=fresh(assignment), side=side, typed_name="Naam Onder Papier", by=by, now=now)


def declared(project: Project, user: Any, now: datetime.datetime, text: str = "") -> Interest:
    """What `user` declares: none, or `text`."""
    return declare(project=project, has_none=not text, text=text, by=user, now=now)


def decided(interest: Interest, by: Any, now: datetime.datetime, decision: str = InterestDecision.NONE) -> Interest:
    """The same, decided by `by`."""
    decide(interest=interest, decision=decision, text="Zit niet bij dit onderwerp.", by=by, now=now)
    return interest


def started(project: Project, coordinator: Any, now: datetime.datetime, *, user: Any = None) -> Assignment:
    """Somebody who did everything, step by step, and is active."""
    one = proposed(project, user=user)
    for side in SigningSide:
        sign_for(one, side, now)
    decided(declared(project, one.user, now), coordinator, now)
    return fresh(one)
