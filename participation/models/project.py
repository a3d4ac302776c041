"""Programmes, and the AI projects of organisations on which patients take part."""

import uuid
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.urls import reverse

from participation.states import Influence, Phase, ProjectState
from portal.organisations.models import Organisation


class Programme(models.Model):
    """What a ministry, insurer or fund does about AI in care; patient organisations are its structural partners."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=100, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programmes")
    partners = models.ManyToManyField(Organisation, related_name="partner_in", blank=True)
    name = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150, blank=True)
    summary = models.TextField()
    summary_en = models.TextField(blank=True)

    class Retention:
        personal = ()
        keep = "for ever: public facts"

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """The public page of the programme."""
        return reverse("participation:programme", args=[self.slug])


class ProjectQuerySet(models.QuerySet["Project"]):
    """Ways to choose projects."""

    def real(self) -> Self:
        """Those that are no example: for figures, exports and feeds."""
        return self.filter(organisation__is_example=False)

    def in_order(self) -> Self:
        """As readers see them: what is real before examples, what runs first, then the newest."""
        runs = Case(When(state=ProjectState.RUNNING, then=Value(0)), default=Value(1))
        return self.order_by("organisation__is_example", runs, "-starts_on", "-pk")


class Project(models.Model):
    """An AI project of an organisation, or the policy work of a programme. Everything here is public.

    `phase` is written by `actions.gates.enter_phase` and by nothing else.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="projects")
    patient_side = models.ForeignKey(  # the patient organisation whose coordinator reviews and releases
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="projects_followed"
    )
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="projects")
    is_policy = models.BooleanField(default=False)  # advice on the programme itself: policy, no product
    entries = models.ManyToManyField("transparency.Entry", related_name="projects", blank=True)
    systems = models.ManyToManyField("transparency.AISystem", related_name="projects", blank=True)
    name = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150, blank=True)
    summary = models.TextField()
    summary_en = models.TextField(blank=True)
    question = models.TextField()  # what we want to know of patients
    question_en = models.TextField(blank=True)
    language_reason = models.TextField(blank=True)  # why these texts stay a little hard: public
    affected = models.JSONField(default=list)  # list of str: groups of people whom it touches, in plain words
    affected_en = models.JSONField(default=list)  # the same groups in English, or none
    state = models.CharField(max_length=10, choices=ProjectState, default=ProjectState.RUNNING)
    entry_phase = models.CharField(max_length=12, choices=Phase, default=Phase.IDEA)  # where it began
    entry_reason = models.TextField(blank=True)  # why it began later than with the idea: public
    phase = models.CharField(max_length=12, choices=Phase, default=Phase.IDEA)
    phase_since = models.DateTimeField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True)
    ending_reason = models.TextField(blank=True)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="projects_led"
    )

    objects = ProjectQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(state__in=ProjectState.values), name="project_state"),
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="project_phase"),
            models.CheckConstraint(condition=Q(entry_phase__in=Phase.values), name="project_entry_phase"),
            models.CheckConstraint(
                condition=Q(state=ProjectState.RUNNING, ended_at__isnull=True)
                | (Q(ended_at__isnull=False) & ~Q(ending_reason="") & ~Q(state=ProjectState.RUNNING)),
                name="project_ended_has_reason",
            ),
        ]

    class Retention:
        personal = ("lead",)
        keep = "for ever: public facts; who leads it as long as that person has an account"

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """The public page of the project."""
        return reverse("participation:project", args=[self.slug])


class PlannedRole(models.Model):
    """How many representatives a project plans to have in a phase, and in which role."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="planned_roles")
    phase = models.CharField(max_length=12, choices=Phase)
    influence = models.CharField(max_length=10, choices=Influence)
    places = models.PositiveSmallIntegerField()
    task = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="planned_phase"),
            models.CheckConstraint(condition=Q(influence__in=Influence.values), name="planned_influence"),
            models.CheckConstraint(condition=Q(places__gte=1), name="planned_places"),
        ]

    class Retention:
        personal = ()
        keep = "as long as the project"

    def __str__(self) -> str:
        return f"{self.places} {self.influence} in {self.phase} of project {self.project_id}"


class TeamMember(models.Model):
    """Somebody of the organisation who works on the project, in a function: they declare interests too."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="team")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="teams")
    function = models.CharField(max_length=100)  # "arts", "projectleider": public, without a name
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "user"], name="team_member_once")]

    class Retention:
        personal = ("user", "since")
        keep = "as long as the project runs, and a year after"

    def __str__(self) -> str:
        return f"team member {self.user_id} of project {self.project_id}"
