"""What is still missing before somebody starts, and whether agreements were complete in time: read only."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.models import Assignment, Interest, Project, TeamMember
from participation.states import Influence, InterestDecision, InterestState, MeetingState, ProjectState

REMIND_BEFORE = datetime.timedelta(days=14)

# What each role means, for who is asked.
ROLE_WORDS = {
    Influence.LISTENER: _("U hoort wat er gebeurt. U mag altijd iets zeggen, maar het hoeft niet."),
    Influence.THINKER: _("U vertelt wat u ervan vindt als het project dat vraagt."),
    Influence.ADVISER: _("U geeft advies. Het project moet daar antwoord op geven."),
    Influence.PARTNER: _("U werkt mee in het team. U besluit samen met het project."),
    Influence.DIRECTOR: _("U bepaalt wat er gebeurt. Het project helpt u daarbij."),
}


# --- Interests -------------------------------------------------------------------------------------------------------


def interests_of(assignment: Assignment) -> QuerySet[Interest]:
    """Everything declared for an assignment, also by the same person in an earlier role on this project."""
    mine = Q(assignment=assignment)
    if assignment.user_id is not None:
        mine |= Q(project=assignment.project_id, user=assignment.user_id)
    return Interest.objects.filter(mine).order_by("-declared_at", "-pk")


def newest_by_person(project: Project, **which: str) -> dict[int, Interest]:
    """{number of a person: what they declared last on `project`}, of the rows that `which` chooses."""
    rows = project.interests.filter(**which).order_by("declared_at", "pk")
    return {one.user_id: one for one in rows}


def is_clear(assignment: Assignment, today: datetime.date, *, may_be_old: bool = False) -> bool:
    """Whether the newest decision is no reason to stay out, and not older than a year (unless `may_be_old`)."""
    decided = interests_of(assignment).filter(state=InterestState.DECIDED).first()
    if decided is None or decided.decision == InterestDecision.EXCLUDE:
        return False
    return may_be_old or decided.valid_until >= today


def has_to_declare(interest: Interest | None, today: datetime.date) -> bool:
    """Whether who declared `interest` last has to do it (again)."""
    if interest is None:
        return True
    return interest.state == InterestState.DECIDED and interest.valid_until - REMIND_BEFORE <= today


def interests_to_renew(today: datetime.date) -> list[Interest]:
    """What is almost a year old or older and was not declared anew, of people still in a running project."""
    newer = Interest.objects.filter(project=OuterRef("project"), user=OuterRef("user"), pk__gt=OuterRef("pk"))
    old = Interest.objects.filter(
        ~Exists(newer), state=InterestState.DECIDED, valid_until__lte=today + REMIND_BEFORE, user__is_active=True,
        project__state=ProjectState.RUNNING,
    )  # fmt: skip
    rows = old.select_related("project", "user", "assignment").order_by("valid_until", "pk")
    return [one for one in rows if _is_still_in(one)]


def _is_still_in(interest: Interest) -> bool:
    """Whether who declared it still takes part or works in the team."""
    project, user = interest.project, interest.user_id
    if interest.assignment is not None and interest.assignment.is_running:
        return True
    running = Assignment.objects.running().filter(project=project, user=user)
    return user == project.lead_id or running.exists() or TeamMember.objects.filter(project=project, user=user).exists()


# --- Ready or not ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """What is done before somebody starts."""

    representative_signed: bool
    project_signed: bool
    declared: bool
    decided: bool
    excluded: bool

    @property
    def missing(self) -> list[str | Promise]:
        """What still has to be done, in plain words; nothing when somebody may start."""
        words: list[str | Promise] = []
        if not self.representative_signed:
            words.append(_("De vertegenwoordiger tekent nog."))
        if not self.project_signed:
            words.append(_("Het project tekent nog."))
        if self.excluded:
            words.append(_("De belangen zijn nu een reden om niet mee te doen."))
        elif not self.declared:
            words.append(_("De vertegenwoordiger meldt nog belangen."))
        elif not self.decided:
            words.append(_("Er is nog niet besloten over de belangen."))
        return words


def readiness(assignment: Assignment, today: datetime.date) -> Readiness:
    """How far `assignment` is."""
    newest = interests_of(assignment).first()
    is_running = newest is not None and (newest.state == InterestState.DECLARED or newest.valid_until >= today)
    return Readiness(
        representative_signed=assignment.representative_signed_at is not None,
        project_signed=assignment.project_signed_at is not None,
        declared=is_running,
        decided=is_clear(assignment, today),
        excluded=newest is not None and newest.decision == InterestDecision.EXCLUDE,
    )


# --- In time ---------------------------------------------------------------------------------------------------------


def agreements_in_time(assignments: Iterable[Assignment]) -> tuple[int, int]:
    """(how many were signed by both before their first meeting, how many had a meeting): a public figure.

    The first meeting of somebody is the first that was held and at which they were.
    """
    numbers = [one.pk for one in assignments]
    held = Q(attendances__was_there=True, attendances__meeting__state=MeetingState.HELD)
    first = Min("attendances__meeting__starts_at", filter=held)
    rows = Assignment.objects.filter(pk__in=numbers).annotate(first_meeting=first).exclude(first_meeting=None)
    found = list(rows.values_list("representative_signed_at", "project_signed_at", "first_meeting"))
    in_time = [1 for theirs, ours, first_meeting in found if theirs and ours and max(theirs, ours) <= first_meeting]
    return len(in_time), len(found)
