"""Projects with their people for tests."""

import datetime
from typing import Any

import factory
from django.utils import timezone

from participation.actions.agreements import fix_agreement
from participation.models import Advice, AdviceVersion, Assignment, Attendance, Meeting, Passage, Programme, Project
from participation.states import (
    FINISHED,
    OVER,
    AdviceState,
    AssignmentState,
    Influence,
    MeetingState,
    Phase,
    Topic,
    Weight,
)
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member

DAY = datetime.timedelta(days=1)
LONG_REASON = "Er is nog geen vertegenwoordiger gevonden, en de proef moet voor de winter beginnen. " * 3


class ProgrammeFactory(factory.django.DjangoModelFactory):
    """A programme of a verified fund."""

    class Meta:
        model = Programme

    slug = factory.Sequence(lambda n: f"programma-{n}")
    organisation = factory.SubFactory(
        OrganisationFactory, kind=OrganisationKind.FUND, verified_at=factory.LazyFunction(timezone.now)
    )
    name = factory.Sequence(lambda n: f"Samen met AI {n}")
    summary = "Wij betalen projecten waarin patiënten meedenken."


class ProjectFactory(factory.django.DjangoModelFactory):
    """A running project of a verified hospital, led by one of its project leads, followed by a patient organisation."""

    class Meta:
        model = Project
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"project-{n}")
    organisation = factory.SubFactory(OrganisationFactory, verified_at=factory.LazyFunction(timezone.now))
    patient_side = factory.SubFactory(
        OrganisationFactory, kind=OrganisationKind.PATIENT_ORGANISATION, verified_at=factory.LazyFunction(timezone.now)
    )
    name = factory.Sequence(lambda n: f"Breukkijker {n}")
    summary = "Een computer kijkt mee naar foto’s van botten."
    question = "Wat wilt u weten voordat de computer meekijkt?"
    phase = Phase.IDEA
    entry_phase = Phase.IDEA
    phase_since = factory.LazyFunction(timezone.now)
    starts_on = factory.LazyFunction(lambda: timezone.localdate())
    lead = factory.LazyAttribute(lambda o: member(o.organisation, Role.PROJECT_LEAD))

    @factory.post_generation
    def begun(self, create, extracted, **kwargs):
        Passage.objects.create(project=self, phase=self.entry_phase, entered_at=self.phase_since)


def representative(project: Project, *, influence: Influence = Influence.ADVISER, **fields: Any) -> Assignment:
    """Somebody who takes part in `project`, signed."""
    number = project.assignments.count() + 1
    now = timezone.now()
    values = {
        "state": AssignmentState.ACTIVE, "active_since": now, "user": fields.pop("user", None) or UserFactory(),
        "representative_signed_at": now, "project_signed_at": now, "interests_cleared_at": now,
    }  # fmt: skip
    made = Assignment.objects.create(
        project=project, number=number, influence=influence, proposed_at=now, **{**values, **fields}
    )
    fix_agreement(assignment=made, now=now)
    return made


def held_meeting(project: Project, *there: Assignment, **fields: Any) -> Meeting:
    """A meeting that was held in the phase of the project, with those who were there."""
    now = timezone.now()
    values = {
        "phase": project.phase, "state": MeetingState.HELD, "title": "Eerste gesprek", "place": "Utrecht",
        "starts_at": now - DAY, "ends_at": now - DAY / 2,
    }  # fmt: skip
    if fields.get("state") == MeetingState.CANCELLED:
        values["cancel_reason"] = "Iedereen is ziek."
    meeting = Meeting.objects.create(project=project, agenda="Kennismaken", **{**values, **fields})
    for assignment in there:
        Attendance.objects.create(meeting=meeting, assignment=assignment, was_there=True)
    return meeting


def given_advice(
    project: Project, *givers: Assignment, text: str = "Leg uit wat een scan is.", **fields: Any
) -> Advice:
    """Advice that the coordinator released."""
    now = timezone.now()
    values = {
        "phase": project.phase, "state": AdviceState.SUBMITTED, "weight": Weight.SHOULD, "topic": Topic.INFORMATION,
        "given_at": now, "released_at": now, "acknowledge_by": now.date(), "respond_by": now.date(),
    }  # fmt: skip
    if fields.get("state") in (*FINISHED, *OVER):
        values["finished_at"] = now
    advice = Advice.objects.create(project=project, **{**values, **fields})
    advice.givers.set(givers)
    numbers = [giver.number for giver in givers]
    AdviceVersion.objects.create(advice=advice, number=1, text=text, numbers=numbers, given_at=now)
    return advice
