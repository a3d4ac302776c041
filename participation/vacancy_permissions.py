"""Who may do what on vacancies and candidacies. PL acts for the project, PC for its patients (permissions.py)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from participation.models import Candidacy, Consent, ConsentKind, Profile, Project, Side, Vacancy
from participation.permissions import can_follow, can_lead
from participation.starting_permissions import coordinators_beside
from portal.core.permissions import Check
from portal.organisations.models import Organisation, OrganisationKind
from portal.organisations.permissions import roles_of
from portal.organisations.roles import Role


def sides_of(user: Any, project: Project) -> list[Side]:
    """The sides for which `user` may decide on `project`."""
    checks = {Side.PROJECT: can_lead, Side.PATIENTS: can_follow}
    return [side for side, check in checks.items() if check.ok(user, project)]


def sides_about(user: Any, candidacy: Candidacy) -> list[Side]:
    """The sides for which `user` may decide on who replied.

    Nobody judges themselves: where only that person coordinates, PC of the expertise centre acts for the patients.
    """
    project = candidacy.vacancy.project
    sides = sides_of(user, project)
    if Side.PATIENTS in sides or not user.is_authenticated:
        return sides
    beside = coordinators_beside(project, candidacy.user).filter(user=user).exists()
    return [*sides, Side.PATIENTS] if beside else sides


@Check
def can_see_vacancies(user: Any, project: Project) -> None:
    """See the vacancies of a project before they are public: both sides."""
    if not sides_of(user, project):
        raise PermissionDenied(_("Alleen de projectleider en de coördinator kunnen dit."))


@Check
def can_review(user: Any, vacancy: Vacancy) -> None:
    """Open a vacancy or send it back: PC, but not who wrote it in another role."""
    can_follow(user, vacancy.project)
    if user.pk == vacancy.submitted_by_id:
        raise PermissionDenied(_("U diende deze vacature zelf in. Iemand anders moet haar nakijken."))


@Check
def can_finish(user: Any, vacancy: Vacancy) -> None:
    """Propose what came of a vacancy, or agree: either side."""
    can_see_vacancies(user, vacancy.project)


@Check
def can_agree_outcome(user: Any, vacancy: Vacancy) -> None:
    """Agree with what the other side proposed as the end of a vacancy."""
    _is_of_the_other_side(user, sides_of(user, vacancy.project), vacancy.proposed_side, vacancy.proposed_by_id)


@Check
def can_see_candidate(user: Any, candidacy: Candidacy) -> None:
    """See who replied: either side, once the reply was confirmed; nobody sees what is about themselves here."""
    if not sides_about(user, candidacy):
        raise PermissionDenied(_("Alleen de projectleider en de coördinator kunnen dit."))
    if candidacy.confirmed_at is None or candidacy.erased_at is not None:
        raise PermissionDenied(_("Deze aanmelding is er niet."))
    if candidacy.user_id is not None and candidacy.user_id == user.pk:
        raise PermissionDenied(_("Dit is uw eigen aanmelding. Anderen beslissen erover."))


@Check
def can_shortlist(user: Any, candidacy: Candidacy) -> None:
    """Choose whom both sides will look at: PL."""
    can_see_candidate(user, candidacy)
    can_lead(user, candidacy.vacancy.project)


@Check
def can_assess(user: Any, candidacy: Candidacy, side: Side) -> None:
    """Give the judgement of `side`; nobody judges for both."""
    can_see_candidate(user, candidacy)
    if side not in sides_about(user, candidacy):
        raise PermissionDenied(_("U kunt niet oordelen voor deze kant."))
    if candidacy.assessments.exclude(side=side).filter(assessor=user.pk).exists():
        raise PermissionDenied(_("U gaf al een oordeel voor de andere kant. Iemand anders moet dit doen."))


@Check
def can_choose(user: Any, candidacy: Candidacy) -> None:
    """Propose what is decided on somebody: either side."""
    can_see_candidate(user, candidacy)


@Check
def can_agree(user: Any, candidacy: Candidacy) -> None:
    """Agree with what the other side proposed to decide on somebody."""
    can_see_candidate(user, candidacy)
    sides = sides_about(user, candidacy)
    _is_of_the_other_side(user, sides, candidacy.proposed_side, candidacy.proposed_by_id)


def _is_of_the_other_side(user: Any, sides: list[Side], side: str, proposed_by: int | None) -> None:
    if not [one for one in sides if one != side] or user.pk == proposed_by:
        raise PermissionDenied(_("Iemand van de andere kant moet hiermee akkoord gaan."))


@Check
def can_withdraw_candidacy(user: Any, candidacy: Candidacy) -> None:
    """Read, correct and take back one's own reply: R."""
    if not user.is_authenticated or candidacy.user_id != user.pk:
        raise PermissionDenied(_("Dit is niet uw aanmelding."))


def put_forward_consents(organisation: Organisation) -> Any:
    """The running consents to be put forward by `organisation`, of people whom it supports now."""
    mine = Profile.objects.filter(organisation=organisation).values("user")
    running = Consent.objects.filter(kind=ConsentKind.PUT_FORWARD, about=about_organisation(organisation))
    return running.filter(withdrawn_at__isnull=True, user__in=mine, user__is_active=True)


def about_organisation(organisation: Organisation) -> str:
    """How a consent names the organisation that it is for."""
    return f"organisation:{organisation.uuid}"


@Check
def can_coordinate_people(user: Any, organisation: Organisation) -> None:
    """See whom `organisation` may put forward: its coordinator, once it is verified."""
    if (
        Role.COORDINATOR not in roles_of(user, organisation)
        or organisation.kind != OrganisationKind.PATIENT_ORGANISATION
        or organisation.verified_at is None
    ):
        raise PermissionDenied(_("Alleen de coördinator van een patiëntenorganisatie kan dit."))


@Check
def can_put_forward(user: Any, organisation: Organisation, person: Any) -> None:
    """Put `person` forward for `organisation`: only with that person's running consent."""
    can_coordinate_people(user, organisation)
    if not put_forward_consents(organisation).filter(user=person.pk).exists():
        raise PermissionDenied(_("Deze persoon gaf uw organisatie geen toestemming. Vraag die eerst."))
