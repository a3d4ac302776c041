"""Who looked at the data of a representative: shown to that person, and to nobody else."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from participation.models.project import Project
from portal.organisations.models import Organisation


class ViewerRole(models.TextChoices):
    """As what somebody looked."""

    LEAD = "LEAD", _("projectleider")
    COORDINATOR = "COORDINATOR", _("coördinator")
    DECIDER = "DECIDER", _("beslisser over de fase")
    TEAM = "TEAM", _("lid van het team")
    REPRESENTATIVE = "REPRESENTATIVE", _("patiëntvertegenwoordiger")
    OTHER = "OTHER", _("medewerker")


class Seen(models.TextChoices):
    """What somebody looked at."""

    PEOPLE = "PEOPLE", _("de lijst van wie er meedoet")
    CANDIDACY = "CANDIDACY", _("uw aanmelding")
    ASSIGNMENT = "ASSIGNMENT", _("uw deelname")
    PROFILE = "PROFILE", _("uw profiel")
    MEETING = "MEETING", _("wie er bij een gesprek was")
    ADVICE = "ADVICE", _("wie een advies gaf")
    CLAIM = "CLAIM", _("uw declaratie")


class Viewing(models.Model):
    """That somebody opened a page with data of `subject`: one row for each viewer, person, kind of page and day."""

    subject = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="viewings")
    viewer = models.ForeignKey(  # to tell one viewer from another; the person sees role and organisation
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="viewings_done"
    )
    role = models.CharField(max_length=14, choices=ViewerRole)
    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, related_name="+")
    project = models.ForeignKey(Project, on_delete=models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=10, choices=Seen)
    seen_at = models.DateTimeField()
    seen_date = models.DateField()  # the day in Amsterdam

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(role__in=ViewerRole.values), name="viewing_role"),
            models.CheckConstraint(condition=Q(what__in=Seen.values), name="viewing_what"),
            models.UniqueConstraint(fields=["viewer", "subject", "what", "seen_date"], name="viewing_once_a_day"),
        ]
        indexes: ClassVar = [models.Index(fields=["subject", "-seen_at"], name="viewing_of_subject")]

    class Retention:
        personal = ("subject", "viewer", "seen_at", "seen_date")
        keep = "12 months; only the person it is about sees it"

    def __str__(self) -> str:
        return f"viewing {self.pk} of user {self.subject_id}"
