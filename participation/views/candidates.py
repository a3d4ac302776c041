"""Who replied, for the two sides that choose: looked at, weighed and decided; and whom a coordinator puts forward.

Nothing here reads what somebody wants to be paid, or a mail address.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from participation.actions import choosing as actions
from participation.candidacy_forms import AssessForm, ChoiceForm, PutForwardForm
from participation.forms import Form
from participation.models import Candidacy, ConsentKind, Perspective, Seen, Side, Vacancy
from participation.states import CandidacyState
from participation.vacancy_list import open_vacancies
from participation.vacancy_permissions import (
    can_agree,
    can_assess,
    can_coordinate_people,
    can_see_candidate,
    can_see_vacancies,
    can_shortlist,
    put_forward_consents,
    sides_about,
)
from participation.view_log import saw, saw_each
from participation.views.project_common import GET_OR_POST, step_taken
from participation.views.vacancy_work import moment_seen, seen_vacancy
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.organisations.roles import Role

WHOLE = (
    "organisation", "put_forward_by", "user", "vacancy__project__organisation", "vacancy__project__patient_side",
    "vacancy__project__programme",
)  # fmt: skip
UNDECIDED = (CandidacyState.SUBMITTED, CandidacyState.SHORTLISTED, CandidacyState.RESERVE)


def _seen(request: HttpRequest, slug: str, key: UUID, candidate: UUID) -> Candidacy:
    """Somebody who replied. Raises Http404 for who is not (or no longer) to be seen, PermissionDenied for oneself."""
    received = Candidacy.objects.received().filter(erased_at=None, vacancy__uuid=key, vacancy__project__slug=slug)
    found = received.select_related(*WHOLE).filter(uuid=candidate).first()
    if found is None or not sides_about(request.user, found):
        seen_vacancy(request, slug, key)  # tells who works on the project why
        raise Http404
    can_see_candidate(request.user, found)
    return found


@require_safe
def candidate(request: HttpRequest, slug: str, key: UUID, candidate: UUID) -> HttpResponse:
    """Who replied, what both sides find, and what can be decided."""
    return _page(request, _seen(request, slug, key, candidate))


def _forms(found: Candidacy, data: Any = None) -> dict[str, Form]:
    return {
        "samen-bekijken": Form(data, prefix="samen-bekijken"),
        "oordeel": AssessForm(data, prefix="oordeel"),
        "voorstel": ChoiceForm(data, prefix="voorstel", candidacy=found),
        "akkoord": Form(data, prefix="akkoord"),
    }


def _page(request: HttpRequest, found: Candidacy, step: str = "", faulty: Form | None = None) -> HttpResponse:
    user, forms = request.user, _forms(found)
    saw(request, found.user, Seen.CANDIDACY, found.vacancy.project)
    if faulty is not None:
        forms[step] = faulty
    given = list(found.assessments.order_by("side"))
    own = [one for one in given if one.assessor_id == user.pk]
    sides = _sides_to_judge(user, found, given)
    weighed = len(given) == len(Side)
    context = {
        "project": found.vacancy.project,
        "vacancy": found.vacancy,
        "candidacy": found,
        "criteria": found.vacancy.criteria.order_by("-is_must", "place"),
        # The other side's judgement would colour one's own: it is shown when both are there.
        "assessments": given if weighed else own,
        "has_judged": bool(own),
        "waits_for": [Side(side).label for side in Side if side not in {one.side for one in given}],
        "can_shortlist": found.state == CandidacyState.SUBMITTED and can_shortlist.ok(user, found),
        "sides": sides,
        "can_choose": found.state in UNDECIDED and (weighed or found.state != CandidacyState.SHORTLISTED),
        "can_agree": bool(found.proposed) and can_agree.ok(user, found),
        "forms": forms,
        "shortlist_form": forms["samen-bekijken"],
        "faulty": faulty,
        "works_here": can_see_vacancies.ok(user, found.vacancy.project),
        "seen": found.proposed_at.isoformat() if found.proposed_at else "",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faulty else HTTPStatus.OK
    return render(request, "participation/candidate.html", context, status=status)


def _sides_to_judge(user: Any, found: Candidacy, given: list[Any]) -> list[Side]:
    """For which side `user` can give a judgement now, or change the own one."""
    if found.state != CandidacyState.SHORTLISTED:
        return []
    taken = {one.side for one in given if one.assessor_id != user.pk}
    return [side for side in Side if side not in taken and can_assess.ok(user, found, side)][:1]


def _shortlist(found: Candidacy, form: Form, request: HttpRequest) -> str:
    actions.shortlist(candidacy=found, by=request.user, now=timezone.now())
    return _("Beide kanten kijken nu mee.")


def _assess(found: Candidacy, form: Form, request: HttpRequest) -> str:
    side = request.POST.get("kant", "")
    if side not in Side.values:
        raise Http404
    actions.assess(candidacy=found, side=side, by=request.user, now=timezone.now(), **form.cleaned_data)
    return _("Uw oordeel is bewaard.")


def _propose(found: Candidacy, form: Form, request: HttpRequest) -> str:
    actions.propose_choice(candidacy=found, by=request.user, now=timezone.now(), **form.cleaned_data)
    return _("Uw voorstel staat klaar. De andere kant moet akkoord gaan.")


def _agree(found: Candidacy, form: Form, request: HttpRequest) -> str:
    actions.agree(candidacy=found, seen=moment_seen(request), by=request.user, now=timezone.now())
    return _("Besloten. De kandidaat krijgt een mail met de reden.")


STEPS: dict[str, Callable[[Candidacy, Form, HttpRequest], str]] = {
    "samen-bekijken": _shortlist, "oordeel": _assess, "voorstel": _propose, "akkoord": _agree,
}  # fmt: skip


@require_POST
def step(request: HttpRequest, slug: str, key: UUID, candidate: UUID, step: str) -> HttpResponse:
    """One step about somebody who replied. What is not right comes back with what was typed."""
    found = _seen(request, slug, key, candidate)
    if step not in STEPS:
        raise Http404
    form = _forms(found, request.POST)[step]
    if step_taken(request, form, lambda: STEPS[step](found, form, request)):
        return redirect("participation:candidate", slug, key, candidate)
    return _page(request, found, step, form)


# --- Put forward -----------------------------------------------------------------------------------------------------


def coordinated_by(user: Any) -> list[Organisation]:
    """The patient organisations for which `user` may put people forward, by name."""
    mine = user.memberships.filter(role=Role.COORDINATOR).values("organisation")
    found = Organisation.objects.filter(pk__in=mine).order_by("sort_key", "pk")
    return [one for one in found if can_coordinate_people.ok(user, one)]


def _coordinated(user: Any) -> list[Organisation]:
    """The same. Raises PermissionDenied when there are none."""
    if not (own := coordinated_by(user)):
        raise PermissionDenied(_("Alleen de coördinator van een patiëntenorganisatie kan dit."))
    return own


def _people(organisation: Organisation) -> list[User]:
    consented = put_forward_consents(organisation).values("user")
    found = User.objects.filter(pk__in=consented, is_active=True).select_related("profile")
    return list(found.order_by("name", "pk"))


def _experiences(person: User) -> list[str]:
    """The experiences that `person` agreed to keep: who puts forward looks for a role that fits."""
    running = {"consent__user": person, "consent__kind": ConsentKind.PERSPECTIVE, "consent__withdrawn_at": None}
    return list(Perspective.objects.filter(**running).order_by("pk").values_list("text", flat=True))


@require_safe
def put_forward_list(request: HttpRequest) -> HttpResponse:
    """The open vacancies, and who may be put forward."""
    own = _coordinated(request.user)
    people = [(one, _people(one)) for one in own]
    saw_each(request, [person for _one, persons in people for person in persons], Seen.PROFILE)
    context = {
        "people": [(one, [(person, _experiences(person)) for person in persons]) for one, persons in people],
        "vacancies": open_vacancies(timezone.localdate()),
    }
    return render(request, "participation/put_forward_list.html", context)


@GET_OR_POST
def put_forward(request: HttpRequest, slug: str) -> HttpResponse:
    """Put somebody forward for a vacancy."""
    own = _coordinated(request.user)
    vacancy = get_object_or_404(Vacancy.objects.public().select_related("project__organisation"), slug=slug)
    organisation_of = {person.pk: one for one in own for person in _people(one)}
    people = list(User.objects.filter(pk__in=organisation_of).order_by("name", "pk"))
    saw_each(request, people, Seen.PROFILE)
    form = PutForwardForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        person = form.people[form.cleaned_data["person"]]
        try:
            actions.put_forward(
                vacancy=vacancy, organisation=organisation_of[person.pk], person=person,
                text=form.cleaned_data["text"], by=request.user, now=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.take(_about_text(error))
        else:
            messages.success(request, _("Voorgedragen. Deze persoon krijgt een mail en kan het intrekken."))
            return redirect("participation:put-forward-list")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
    return render(request, "participation/put_forward.html", {"vacancy": vacancy, "form": form}, status=status)


def _about_text(error: ValidationError) -> ValidationError:
    """A fault about the motivation, at the field in which the coordinator writes it."""
    if not hasattr(error, "error_dict"):
        return error
    return ValidationError({"text" if key == "motivation" else key: faults for key, faults in error.error_dict.items()})
