"""Who may do what on a project; each check says why not, in plain words.

PL is a project lead of the organisation, PC a coordinator of the patient side, GD who decides on gates, FM a fund
manager of another organisation, R a representative (participation.md).
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from participation.models import Advice, Assignment, GateException, GateReview, Project
from participation.states import AssignmentState
from portal.core.permissions import Check
from portal.organisations.models import Membership, Organisation, OrganisationKind
from portal.organisations.permissions import roles_of, with_those_above
from portal.organisations.roles import Role


def stands_in(user: Any, role: Role) -> bool:
    """Whether `user` acts for the expertise centre in `role`, where a patient organisation or fund is missing."""
    return (
        user.is_authenticated
        and Membership.objects.filter(
            user=user, role=role, user__is_active=True, organisation__kind=OrganisationKind.EXPERTISE_CENTRE,
            organisation__verified_at__isnull=False,
        ).exists()
    )  # fmt: skip


@Check
def can_start_project(user: Any, organisation: Organisation) -> None:
    """Open a project for `organisation`."""
    if Role.PROJECT_LEAD not in roles_of(user, organisation):
        raise PermissionDenied(_("Alleen projectleiders van deze organisatie kunnen dit."))
    if organisation.verified_at is None:
        raise PermissionDenied(_("Wij hebben uw organisatie nog niet gecontroleerd. Een project beginnen kan daarna."))


@Check
def can_lead(user: Any, project: Project) -> None:
    """Act for the project: PL."""
    if Role.PROJECT_LEAD not in roles_of(user, project.organisation):
        raise PermissionDenied(_("Alleen projectleiders van deze organisatie kunnen dit."))


@Check
def can_follow(user: Any, project: Project) -> None:
    """Act for the patients of the project: PC of its patient organisation, or of the expertise centre without one."""
    side = project.patient_side
    if side is None:
        if not stands_in(user, Role.COORDINATOR):
            raise PermissionDenied(_("Alleen de coördinator van het expertisecentrum kan dit."))
    elif Role.COORDINATOR not in roles_of(user, side):
        raise PermissionDenied(_("Alleen de coördinator van de patiëntenorganisatie kan dit."))


def assignment_of(user: Any, project: Project) -> Assignment | None:
    """The running assignment of `user` on `project`, signed or not."""
    if not user.is_authenticated:
        return None
    running = project.assignments.exclude(state=AssignmentState.ENDED)
    return running.filter(user=user).first()


@Check
def can_represent(user: Any, project: Project) -> None:
    """Act as a representative: R, signed and active."""
    found = assignment_of(user, project)
    if found is None or found.state != AssignmentState.ACTIVE:
        raise PermissionDenied(_("U doet nu niet mee aan dit project."))


@Check
def can_see_work(user: Any, project: Project) -> None:
    """See what a project does behind its public page: both sides, the team, and who takes part."""
    if (
        can_lead.ok(user, project)
        or can_follow.ok(user, project)
        or assignment_of(user, project)
        or (user.is_authenticated and project.team.filter(user=user).exists())
    ):
        return
    raise PermissionDenied(_("U werkt niet aan dit project."))


@Check
def can_decide_gate(user: Any, gate: GateReview) -> None:
    """Decide on the next phase: GD of the organisation, who neither leads the project nor asked."""
    project = gate.project
    if Role.GATE_DECIDER not in roles_of(user, project.organisation):
        raise PermissionDenied(_("Alleen wie over de volgende fase beslist, kan dit."))
    if user.pk in {project.lead_id, gate.asked_by_id}:
        raise PermissionDenied(_("U leidt dit project of vroeg dit zelf. Iemand anders moet beslissen."))


def granting_organisation(user: Any, project: Project) -> Organisation | None:
    """The fund for which `user` may grant `project` an exception: never its own organisation, nor one above it."""
    own = {one.pk for one in with_those_above(project.organisation)}
    funds = Membership.objects.filter(user=user, role=Role.FUND_MANAGER, organisation__verified_at__isnull=False)
    chosen = funds.exclude(organisation__in=own).select_related("organisation").order_by("organisation__sort_key")
    return next((membership.organisation for membership in chosen), None)


@Check
def can_grant(user: Any, exception: GateException) -> None:
    """Decide on an exception: FM of another organisation, who did not ask."""
    if not user.is_authenticated or not user.is_active or granting_organisation(user, exception.project) is None:
        raise PermissionDenied(_("Alleen de beheerder van een fonds van een andere organisatie kan dit."))
    if user.pk == exception.asked_by_id:
        raise PermissionDenied(_("U vroeg dit zelf. Iemand anders moet beslissen."))


@Check
def can_judge(user: Any, advice: Advice) -> None:
    """Give the verdict on what was done: one of those who gave the advice."""
    if not user.is_authenticated or not advice.givers.filter(user=user).exists():
        raise PermissionDenied(_("Alleen wie het advies gaf, kan hier een oordeel geven."))
