"""Who is mailed what about projects, gates and exceptions. No mail names a representative."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from participation.models import Assignment, GateException, GateReview, Profile, Project
from participation.permissions import can_grant_for, fund_managers, stand_ins
from participation.states import AssignmentState, ExceptionState, GateState
from portal.accounts.models import User
from portal.core.mail import send_mail
from portal.organisations.models import Membership, Organisation
from portal.organisations.permissions import with_those_above
from portal.organisations.roles import MONEY, Role

# --- Who -------------------------------------------------------------------------------------------------------------


def members(organisation: Organisation, role: Role) -> list[User]:
    """Who holds `role` for `organisation` or one above it; a money role for itself alone."""
    above = [organisation.pk] if role in MONEY else [one.pk for one in with_those_above(organisation)]
    return _users(Membership.objects.filter(organisation__in=above, role=role).values("user"))


def _users(chosen: Any) -> list[User]:
    return list(User.objects.filter(pk__in=chosen, is_active=True).order_by("pk"))


def deciders(project: Project) -> list[User]:
    """Who may decide on the next phase, but for who leads the project."""
    return [user for user in members(project.organisation, Role.GATE_DECIDER) if user.pk != project.lead_id]


def coordinators(project: Project) -> list[User]:
    """Who acts for the patients of `project`."""
    own = members(project.patient_side, Role.COORDINATOR) if project.patient_side else []
    return own or _users(stand_ins(Role.COORDINATOR).values("user"))


def granters(project: Project) -> list[User]:
    """Who is asked for an exception: the fund of the programme first, else every fund, else the stand-in."""
    funds = fund_managers(project)
    if project.programme is not None:
        own = funds.filter(organisation=project.programme.organisation)
        funds = own if own.exists() else funds
    chosen = _users((funds if funds.exists() else stand_ins(Role.FUND_MANAGER)).values("user"))
    return [user for user in chosen if can_grant_for.ok(user, project)]


def _mail(people: Iterable[Any], event: str, project: Project, page: str = "work-project", **context: Any) -> None:
    """The same mail to each of `people`, once; who has no account any more gets none."""
    with override("nl"):
        path = reverse(f"participation:{page}", args=[project.slug])
        for person in {one.pk: one for one in people if one is not None and one.is_active}.values():
            send_mail(person.email, event, {**context, "project": project, "path": path})


# --- What ------------------------------------------------------------------------------------------------------------


def gate_asked(gate: GateReview) -> None:
    """To who decides on the next phase."""
    people = [user for user in deciders(gate.project) if user.pk != gate.asked_by_id]
    _mail(people, "participation/gate_asked", gate.project, "project-gate", gate=gate)


def gate_decided(gate: GateReview) -> None:
    """To who asked, who leads the project, and the patient side."""
    people = [gate.asked_by, gate.project.lead, *coordinators(gate.project)]
    _mail(people, "participation/gate_decided", gate.project, "project-gate", gate=gate)


def exception_asked(exception: GateException) -> None:
    """To who may grant it."""
    people = [user for user in granters(exception.project) if user.pk != exception.asked_by_id]
    _mail(people, "participation/exception_asked", exception.project, "project-exception", exception=exception)


def exception_decided(exception: GateException) -> None:
    """To who asked, who leads the project, and the patient side."""
    people = [exception.asked_by, exception.project.lead, *coordinators(exception.project)]
    _mail(people, "participation/exception_decided", exception.project, "project-exception", exception=exception)


def exception_withdrawn(exception: GateException) -> None:
    """To who was asked to decide: that is not needed any more."""
    _mail(granters(exception.project), "participation/exception_withdrawn", exception.project, "project")


def exception_repaired(exception: GateException) -> None:
    """To who leads the project, and to who granted it."""
    people = [exception.project.lead, exception.decided_by]
    _mail(people, "participation/exception_repaired", exception.project, "project-exception", exception=exception)


def exception_late(exception: GateException) -> None:
    """To both sides, and to who granted it."""
    people = [exception.project.lead, exception.decided_by, *coordinators(exception.project)]
    _mail(people, "participation/exception_late", exception.project, "project-exception", exception=exception)


def project_ended(project: Project) -> None:
    """To the team, the patient side, buddies, and who had something to decide; who takes part gets a mail of their own.

    Called before anything else of the project ends.
    """
    running = project.assignments.exclude(state=AssignmentState.ENDED)
    people = [*_users(project.team.values("user")), *coordinators(project), *_users(running.values("buddy"))]
    if project.gate_reviews.filter(state=GateState.ASKED).exists():
        people += deciders(project)
    if project.exceptions.filter(state=ExceptionState.ASKED).exists():
        people += granters(project)
    own = set(running.values_list("user", flat=True))
    _mail([one for one in people if one.pk not in own], "participation/project_ended", project, "project")


def joined_team(project: Project, user: User, function: str) -> None:
    """To who works on the project from now on."""
    _mail([user], "participation/joined_team", project, function=function)


# --- About somebody's own data ---------------------------------------------------------------------------------------


def profile_goes(profile: Profile) -> None:
    """To who has a profile that goes in two months."""
    with override("nl"):
        send_mail(profile.user.email, "participation/profile_goes", {"path": reverse("participation:my-data")})


def account_erased(email: str) -> None:
    """To the address of who erased themselves; the last mail to it."""
    send_mail(email, "participation/account_erased", {})


def representative_left(assignment: Assignment) -> None:
    """To who leads the project and who speaks for its patients: a number left, without a name or a reason."""
    project = assignment.project
    _mail(
        [project.lead, *coordinators(project)], "participation/representative_left", project, number=assignment.number
    )
