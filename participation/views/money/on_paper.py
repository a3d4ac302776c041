"""The road without e-mail or smartphone: the coordinator types out what stands on a signed paper."""

import uuid
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.actions.money import claims as actions
from participation.actions.money.starting import tell_from_paper
from participation.claim_pages import OWN_REGIMES, chosen_regime, first_rows, is_ready, promises_to
from participation.forms import Form
from participation.models import Assignment, Claim, Project, Seen
from participation.money_claim_forms import AgeForm, RegimeForm
from participation.money_permissions import can_type_out
from participation.people import People
from participation.permissions import can_follow
from participation.states import Regime
from participation.view_log import saw, saw_each
from participation.views.money.claim_form import ClaimPage
from participation.views.project_common import GET_OR_POST, visible_project


def _followed(request: HttpRequest, slug: str) -> Project:
    """A project of which who asks is the coordinator. Raises Http404, PermissionDenied."""
    project = visible_project(request.user, slug)
    can_follow(request.user, project)
    return project


@require_safe
def overview(request: HttpRequest, slug: str) -> HttpResponse:
    """Who can ask money on paper, and what was typed out by this coordinator."""
    project = _followed(request, slug)
    people = People(project)
    signed = project.assignments.filter(user__isnull=False, active_since__isnull=False).select_related("user")
    found = [one for one in signed.order_by("number") if one.user_id != request.user.pk and promises_to(one).exists()]
    saw_each(request, [one.user for one in found], Seen.ASSIGNMENT, project)
    typed = Claim.objects.filter(typed_out_by=request.user.pk, project=project).select_related("assignment__user")
    context = {
        "project": project,
        "people": [(one, people.known_as(one)) for one in found],
        "typed": [(one, people.known_as(one.assignment)) for one in typed.order_by("-begun_at", "-pk")
                  if one.assignment is not None],
    }  # fmt: skip
    return render(request, "participation/money/claim_paper_list.html", context)


@GET_OR_POST
def type_out(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """Type out a claim of a representative from a signed paper; first how they want to be paid."""
    project = _followed(request, slug)
    role = get_object_or_404(project.assignments.select_related("user", "project__organisation"), uuid=key)
    can_type_out(request.user, role)
    budget = actions.budget_for(role)
    if budget is None or not promises_to(role).exists():
        raise PermissionDenied(_("Er is aan deze persoon geen geld toegezegd."))
    saw(request, role.user, Seen.ASSIGNMENT, project)
    if "stap" in request.POST or not is_ready(role):
        return _first(request, role)
    claim = Claim(
        assignment=role, budget=budget, project=budget.project, user=role.user, typed_out_by_id=request.user.pk,
        regime=chosen_regime(role) or Regime.NONE,
    )  # fmt: skip
    title = _("Typ de declaratie van %(who)s over") % {"who": People(project).known_as(role)}
    page = ClaimPage(request, claim, whose={"assignment": role, "on_paper": True}, title=title)
    return page.answer(lambda: first_rows(claim, None, page.kinds, timezone.localdate()))


class _AgeOnPaper(AgeForm):
    """The age of somebody else, which only one way to be paid asks for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_21"].label = _("Is deze persoon 21 jaar of ouder?")
        self.fields["is_21"].help_text = _("Alleen nodig bij een vrijwilligersvergoeding.")
        self.fields["turns_21_in"].label = _("Zo nee: in welke maand wordt deze persoon 21?")

    def clean(self) -> dict[str, Any]:
        """Nothing has to be chosen."""
        return Form.clean(self) or self.cleaned_data


def _first(request: HttpRequest, role: Assignment) -> HttpResponse:
    """How this person wants to be paid, as the paper says."""
    regimes = [one for one in actions.regimes_for(actions.budget_for(role)) if one in OWN_REGIMES]
    data = request.POST if request.method == "POST" else None
    regime = RegimeForm(data, regimes=regimes, initial={"regime": chosen_regime(role)})
    regime.fields["regime"].label = _("Hoe wil deze persoon betaald worden?")
    age = _AgeOnPaper(data)
    if data is not None and regime.is_valid() and age.is_valid():
        is_21 = {"ja": True, "nee": False}.get(age.cleaned_data.get("is_21", ""))
        try:
            tell_from_paper(
                assignment=role, regime=regime.cleaned_data["regime"], is_21=is_21,
                turns_21_in=age.cleaned_data.get("turns_21_in"), by=request.user, now=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            for form in (regime, age):
                own = {name: told for name, told in error.error_dict.items() if name in form.fields}
                form.take(ValidationError(own))
        else:
            return redirect("participation:claim-type-out", role.project.slug, role.uuid)
    context = {
        "project": role.project,
        "role": role,
        "who": People(role.project).known_as(role),
        "regime_form": regime,
        "age_form": age,
    }
    status = HTTPStatus.OK if data is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "participation/money/claim_paper_first.html", context, status=status)
