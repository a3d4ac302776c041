"""Who may do what when somebody starts: sign, declare and decide interests, pause, stop, be a buddy.

R is who takes part, PL and PC as in permissions.py, FM the fund manager of another organisation.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from participation.models import Assignment, Interest, Project
from participation.permissions import can_follow, can_grant_for, can_lead, stand_ins
from participation.states import SigningSide
from portal.accounts.models import User
from portal.core.permissions import Check
from portal.organisations.models import Membership
from portal.organisations.permissions import roles_of, with_those_above
from portal.organisations.roles import Role


@Check
def can_act_for(user: Any, assignment: Assignment) -> None:
    """Act as who takes part: that person, or a coordinator where a patient organisation itself does."""
    if user.is_authenticated and assignment.user_id == user.pk:
        return
    own = assignment.organisation
    if assignment.user_id is None and own is not None and Role.COORDINATOR in roles_of(user, own):
        return
    raise PermissionDenied(_("Alleen wie zelf meedoet, kan dit."))


@Check
def can_sign(user: Any, assignment: Assignment, side: str) -> None:
    """Sign for one side; nobody signs for both."""
    if side == SigningSide.REPRESENTATIVE:
        can_act_for(user, assignment)
        return
    can_lead(user, assignment.project)
    if can_act_for.ok(user, assignment):
        raise PermissionDenied(_("U doet zelf mee. Iemand anders tekent voor het project."))


def side_of(user: Any, assignment: Assignment) -> SigningSide | None:
    """The side for which `user` may sign; None when for neither."""
    return next((side for side in SigningSide if can_sign.ok(user, assignment, side)), None)


@Check
def can_manage(user: Any, project: Project) -> None:
    """See who takes part and what each still needs: PL and PC."""
    if not can_follow.ok(user, project):
        can_lead(user, project)


@Check
def can_record_paper(user: Any, assignment: Assignment) -> None:
    """Record that who takes part signed on paper: PC, never for themselves."""
    can_follow(user, assignment.project)
    if can_act_for.ok(user, assignment):
        raise PermissionDenied(_("U doet zelf mee. Teken dan hier op de pagina."))


@Check
def can_see_agreement(user: Any, assignment: Assignment) -> None:
    """Read the agreement and keep a copy: both sides, and PC."""
    if not can_act_for.ok(user, assignment):
        can_manage(user, assignment.project)


@Check
def can_stop(user: Any, assignment: Assignment) -> None:
    """Pause or end: R, PL or PC."""
    if not can_act_for.ok(user, assignment):
        can_manage(user, assignment.project)


@Check
def can_resume(user: Any, assignment: Assignment) -> None:
    """Go on after a pause: R or PC, so that no project takes somebody back who wanted rest."""
    if not can_act_for.ok(user, assignment):
        can_follow(user, assignment.project)


# --- Interests -------------------------------------------------------------------------------------------------------


def own_assignment(user: Any, project: Project) -> Assignment | None:
    """The running assignment for which `user` acts on `project`: their own, or that of their organisation."""
    if not user.is_authenticated:
        return None
    running = Assignment.objects.running().filter(project=project)
    if (own := running.filter(user=user).first()) is not None:
        return own
    of_organisations = running.filter(user__isnull=True).select_related("organisation__parent").order_by("pk")
    return next((one for one in of_organisations if can_act_for.ok(user, one)), None)


def is_in_team(user: Any, project: Project) -> bool:
    """Whether `user` works on the project for its organisation."""
    return user.is_authenticated and (user.pk == project.lead_id or project.team.filter(user=user).exists())


def declares_for(user: Any, project: Project) -> Assignment | None:
    """The assignment for which `user` declares; None for the team. Raises PermissionDenied for who is in neither."""
    mine = own_assignment(user, project)
    if mine is None and not is_in_team(user, project):
        raise PermissionDenied(_("U werkt niet aan dit project."))
    return mine


@Check
def can_declare(user: Any, project: Project) -> None:
    """Declare interests: everybody in the project, the team too."""
    declares_for(user, project)


def coordinators_beside(project: Project, user: Any) -> QuerySet[Membership]:
    """Who decides for the patient side on the interests of `user`: its coordinators, else those of the centre."""
    stand_in = stand_ins(Role.COORDINATOR).exclude(user=user)
    if project.patient_side is None:
        return stand_in
    above = [one.pk for one in with_those_above(project.patient_side)]
    own = Membership.objects.filter(role=Role.COORDINATOR, organisation__in=above, user__is_active=True)
    own = own.exclude(user=user)
    return own if own.exists() else stand_in


@Check
def can_decide_interest(user: Any, interest: Interest) -> None:
    """Decide on interests: PC for representatives, FM for the team; never on one's own."""
    if not user.is_authenticated or interest.user_id == user.pk:
        raise PermissionDenied(_("U kunt niet over uw eigen belangen beslissen."))
    if interest.assignment_id is None:
        can_grant_for(user, interest.project)
    elif not coordinators_beside(interest.project, interest.user).filter(user=user).exists():
        raise PermissionDenied(_("Alleen de coördinator van de patiëntenorganisatie kan dit."))


# --- A buddy ---------------------------------------------------------------------------------------------------------


@Check
def can_choose_buddy(user: Any, assignment: Assignment) -> None:
    """Ask somebody to be a buddy: PC."""
    can_follow(user, assignment.project)


@Check
def can_answer_as_buddy(user: Any, assignment: Assignment) -> None:
    """Say yes or no to being a buddy: who was asked."""
    if not user.is_authenticated or assignment.buddy_id != user.pk:
        raise PermissionDenied(_("Dit is niet aan u gevraagd."))


def possible_buddies(assignment: Assignment) -> QuerySet[User]:
    """Who may be asked: those who take part in a project of the same patient side, and its own people."""
    project = assignment.project
    beside = Assignment.objects.active().filter(user__isnull=False)
    if project.patient_side is None:
        beside = beside.filter(project=project)
        people = User.objects.filter(pk__in=beside.values("user"))
    else:
        beside = beside.filter(project__patient_side=project.patient_side)
        own = Membership.objects.filter(organisation=project.patient_side)
        people = User.objects.filter(pk__in=beside.values("user")) | User.objects.filter(pk__in=own.values("user"))
    others = people.filter(is_active=True).exclude(assignments=assignment)
    return others.order_by("name", "pk").distinct()
