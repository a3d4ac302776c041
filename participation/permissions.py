"""Who may do what on a project; each check says why not, in plain words.

PL is a project lead of the organisation, PC a coordinator of the patient side, GD who decides on gates, FM a fund
manager of another organisation, R a representative (participation.md).
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from participation.models import Assignment, GateException, GateReview, Project
from participation.states import AssignmentState
from portal.core.permissions import Check
from portal.organisations.models import Membership, Organisation, OrganisationKind
from portal.organisations.permissions import asked_once, roles_of, with_those_above, with_those_below
from portal.organisations.roles import Role

FUND_KINDS = (OrganisationKind.FUND, OrganisationKind.INSURER, OrganisationKind.GOVERNMENT)  # who sets money apart


def stand_ins(role: Role) -> QuerySet[Membership]:
    """Who acts for the expertise centre in `role`, where a patient organisation or fund is missing."""
    return Membership.objects.filter(
        role=role, user__is_active=True, organisation__kind=OrganisationKind.EXPERTISE_CENTRE,
        organisation__verified_at__isnull=False,
    )  # fmt: skip


def stands_in(user: Any, role: Role) -> bool:
    """Whether `user` is one of them."""
    return user.is_authenticated and asked_once(
        user, ("stands in", role), lambda: stand_ins(role).filter(user=user).exists()
    )


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
    """Act for the patients of the project: PC of its patient organisation.

    Where there is none, or nobody coordinates for it any more, PC of the expertise centre.
    """
    side = project.patient_side
    if side is None:
        if not stands_in(user, Role.COORDINATOR):
            raise PermissionDenied(_("Alleen de coördinator van het expertisecentrum kan dit."))
    elif Role.COORDINATOR not in roles_of(user, side):
        if not stands_in(user, Role.COORDINATOR) or has_coordinator(side):
            raise PermissionDenied(_("Alleen de coördinator van de patiëntenorganisatie kan dit."))


def has_coordinator(side: Organisation) -> bool:
    """Whether somebody coordinates for the patient organisation `side` or one above it."""
    above = [one.pk for one in with_those_above(side)]
    return Membership.objects.filter(organisation__in=above, role=Role.COORDINATOR, user__is_active=True).exists()


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


def family_of(organisation: Organisation) -> set[int]:
    """The numbers of `organisation`, those above it and all below those: never one another's judge."""
    return with_those_below([one.pk for one in with_those_above(organisation)])


def fund_managers(project: Project) -> QuerySet[Membership]:
    """Who manages a fund that may judge `project`: verified, and of no organisation of the same family.

    What is invented is judged by who is invented, and what is real never.
    """
    funds = Membership.objects.filter(
        role=Role.FUND_MANAGER, user__is_active=True, organisation__kind__in=FUND_KINDS,
        organisation__verified_at__isnull=False, organisation__is_example=project.organisation.is_example,
    )  # fmt: skip
    return funds.exclude(organisation__in=family_of(project.organisation))


def granting_organisation(user: Any, project: Project) -> Organisation | None:
    """The fund for which `user` may grant `project` an exception.

    Where no fund can, the fund manager of the expertise centre stands in (decisions.md).
    """
    if not user.is_authenticated or not user.is_active:
        return None
    funds = fund_managers(project)
    chosen = funds if funds.exists() else stand_ins(Role.FUND_MANAGER).exclude(
        organisation__in=family_of(project.organisation)
    )  # fmt: skip
    mine = chosen.filter(user=user).select_related("organisation").order_by("organisation__sort_key", "pk").first()
    return mine.organisation if mine else None


def _works_for(user: Any, project: Project) -> bool:
    """Whether `user` has anything to do with the organisation of `project`, or with its team."""
    own = family_of(project.organisation)
    return user.memberships.filter(organisation__in=own).exists() or project.team.filter(user=user).exists()


@Check
def can_grant(user: Any, exception: GateException) -> None:
    """Decide on an exception: FM of another organisation, who neither asked nor works for the project's own."""
    can_grant_for(user, exception.project)
    if user.pk == exception.asked_by_id:
        raise PermissionDenied(_("U vroeg dit zelf. Iemand anders moet beslissen."))


@Check
def can_grant_for(user: Any, project: Project) -> None:
    """Be one who decides on the exceptions of a project."""
    if granting_organisation(user, project) is None:
        raise PermissionDenied(_("Alleen de beheerder van een fonds van een andere organisatie kan dit."))
    if _works_for(user, project):
        raise PermissionDenied(
            _("U werkt zelf voor dit project of voor deze organisatie. Iemand anders moet beslissen.")
        )


@Check
def can_see_home(user: Any, project: Project) -> None:
    """See the home of a project in the workspace: who works on it, and who decides on its next phase."""
    if Role.GATE_DECIDER not in roles_of(user, project.organisation):
        can_see_work(user, project)


@Check
def can_see_gates(user: Any, project: Project) -> None:
    """See the pages on which gates and exceptions are decided: the same, and who decides on exceptions."""
    if not can_grant_for.ok(user, project):
        can_see_home(user, project)


@Check
def can_manage_programme(user: Any, organisation: Organisation) -> None:
    """Begin or change a programme of `organisation`: its fund manager, once the organisation is verified."""
    if Role.FUND_MANAGER not in roles_of(user, organisation):
        raise PermissionDenied(_("Alleen de beheerder van het fonds van deze organisatie kan dit."))
    if organisation.verified_at is None or organisation.kind not in FUND_KINDS:
        raise PermissionDenied(_("Deze organisatie kan geen programma beginnen."))
