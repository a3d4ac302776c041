"""Roles of representatives: signing, settling in, interests."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.workflow import Step, Workflow


class AssignmentState(models.TextChoices):
    """Whether somebody takes part."""

    PROPOSED = "PROPOSED", _("Wacht op handtekeningen")
    ACTIVE = "ACTIVE", _("Doet mee")
    PAUSED = "PAUSED", _("Even niet")
    ENDED = "ENDED", _("Gestopt")


ASSIGNMENT = Workflow(
    initial=AssignmentState.PROPOSED,
    statuses=AssignmentState,
    steps=[
        Step(name="activate", source=AssignmentState.PROPOSED, target=AssignmentState.ACTIVE),
        Step(name="pause", source=AssignmentState.ACTIVE, target=AssignmentState.PAUSED),
        Step(name="resume", source=AssignmentState.PAUSED, target=AssignmentState.ACTIVE),
        Step(name="end", source=AssignmentState.PROPOSED, target=AssignmentState.ENDED),
        Step(name="end", source=AssignmentState.ACTIVE, target=AssignmentState.ENDED),
        Step(name="end", source=AssignmentState.PAUSED, target=AssignmentState.ENDED),
    ],
)


class SigningSide(models.TextChoices):
    """The two sides that sign an agreement."""

    REPRESENTATIVE = "REPRESENTATIVE", _("Patiëntvertegenwoordiger")
    PROJECT = "PROJECT", _("Project")


class SigningWay(models.TextChoices):
    """How somebody showed who they were when they signed."""

    FACTOR = "FACTOR", _("met een tweede stap")
    MAIL_LINK = "MAIL_LINK", _("met een link uit de mail")
    PAPER = "PAPER", _("op papier")


class WelcomeKind(models.TextChoices):
    """The first steps of a representative, in order; each ticks them off for themselves."""

    READ = "READ", _("Ik las waar het project over gaat")
    AGREEMENT = "AGREEMENT", _("Ik las de afspraken en ik weet wat ik teken")
    BUDDY = "BUDDY", _("Ik sprak mijn buddy")
    MEETING = "MEETING", _("Ik was bij een eerste gesprek")
    LESSON = "LESSON", _("Ik las wat AI is")


class InterestState(models.TextChoices):
    """Whether somebody looked at the interests that were declared."""

    DECLARED = "DECLARED", _("Wacht op een besluit")
    DECIDED = "DECIDED", _("Besloten")


INTEREST = Workflow(
    initial=InterestState.DECLARED,
    statuses=InterestState,
    steps=[Step(name="decide", source=InterestState.DECLARED, target=InterestState.DECIDED)],
)


class InterestDecision(models.TextChoices):
    """What follows from an interest."""

    NONE = "NONE", _("Geen bezwaar")
    PUBLISH = "PUBLISH", _("Geen bezwaar, wel openbaar")
    LIMIT = "LIMIT", _("Meedoen met een grens, openbaar")
    EXCLUDE = "EXCLUDE", _("Niet meedoen")


SHOWN_INTERESTS = (InterestDecision.PUBLISH, InterestDecision.LIMIT)
