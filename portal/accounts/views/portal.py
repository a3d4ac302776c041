"""For administrators of the portal: organisations to check, and who does what for the portal."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.actions import duties, verification
from portal.accounts.actions.verification import Way
from portal.accounts.models import OwnSignIn, PortalDuty, PortalInvitation, PortalRole
from portal.accounts.own_forms import AdministratorForm, ProposalForm
from portal.accounts.permissions import can_administer_portal
from portal.accounts.views.wrong_input import posted
from portal.accounts.waiting_roles import requests_of
from portal.core.text import one_line
from portal.organisations.models import Organisation

MOST = 50  # organisations on one page


def _for_administrators(view: Callable[..., HttpResponse]) -> Any:
    """A page that only administrators of the portal may see; whoever asks before that learns nothing."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        can_administer_portal(request.user)
        return view(request, *args, **kwargs)

    return guarded


# --- Organisations ---------------------------------------------------------------------------------------------------


def _waiting() -> QuerySet[Organisation]:
    """Who asked to be checked, or has people and was never: the longest wait first."""
    asked = Q(verification_asked_at__isnull=False) | Q(memberships__isnull=False)
    return (
        Organisation.objects.filter(asked, verified_at=None)
        .annotate(number=Count("memberships__user", distinct=True))
        .order_by("verification_asked_at", "sort_key", "pk")
    )


@require_safe
@_for_administrators
def organisations(request: HttpRequest) -> HttpResponse:
    """Which organisations wait, which were checked, and a way to find any other."""
    q = one_line(request.GET.get("q", ""), 100)
    verified = Organisation.objects.exclude(verified_at=None).order_by("sort_key", "pk")
    context = {
        "waiting": _waiting(),
        "verified": verified[:MOST],
        "q": q,
        "found": Organisation.objects.best_matches(q)[:MOST] if q else [],
    }
    return render(request, "work/portal_organisations.html", context)


@require_safe
@_for_administrators
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: check it, take that back, or ask its first administrator."""
    return _organisation_page(request, get_object_or_404(Organisation, slug=slug), AdministratorForm())


def _organisation_page(request: HttpRequest, found: Organisation, form: Any) -> HttpResponse:
    context = {
        "organisation": found,
        "ways": Way,
        "form": form,
        "number": found.memberships.values("user").distinct().count(),
        "administrators": found.memberships.filter(role="ADMINISTRATOR").count(),
        "open": found.invitations.count(),
        "works_there": found.memberships.filter(user=request.user.pk).exists(),
        "requests": requests_of(found, request.user),
        "has_own_sign_in": OwnSignIn.objects.filter(organisation=found).exists(),
    }
    return render(request, "work/portal_organisation.html", context, status=422 if form.errors else 200)


@require_POST
@_for_administrators
def verify(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the organisation is who it says, and how that was seen."""
    found = get_object_or_404(Organisation, slug=slug)
    if request.POST.get("way") not in Way.values:
        messages.error(request, _("Kies hoe u het hebt gecontroleerd."))
        return redirect("portal-organisation", slug)
    verification.verify(organisation=found, way=Way(request.POST["way"]), by=request.user, now=timezone.now())
    messages.success(request, _("%(name)s mag nu publiceren.") % {"name": found.name})
    return redirect("portal-organisations")


@require_POST
@_for_administrators
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Stop an organisation from publishing."""
    found = get_object_or_404(Organisation, slug=slug)
    verification.take_verification_back(organisation=found, by=request.user, now=timezone.now())
    messages.success(request, _("%(name)s kan niet meer publiceren.") % {"name": found.name})
    return redirect("portal-organisations")


@require_POST
@_for_administrators
def invite_administrator(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask an administrator for an organisation."""
    found = get_object_or_404(Organisation, slug=slug)
    form = AdministratorForm(request.POST)
    if not form.is_valid():
        return _organisation_page(request, found, form)
    email = form.cleaned_data["email"]
    try:
        verification.invite_administrator(organisation=found, email=email, by=request.user, now=timezone.now())
    except ValidationError as error:
        form.add_error("email", error)
        return _organisation_page(request, found, form)
    messages.success(request, _("De uitnodiging is verstuurd aan %(email)s.") % {"email": email})
    return redirect("portal-organisation", slug)


# --- People of the portal --------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@_for_administrators
def people(request: HttpRequest) -> HttpResponse:
    """Who does what for the portal, who was proposed, and a form to propose somebody."""
    form = ProposalForm(posted(request))
    if form.is_valid():
        told = form.cleaned_data
        try:
            duties.propose(email=told["email"], role=PortalRole(told["role"]), by=request.user, now=timezone.now())
        except ValidationError as error:
            form.add_error("email", error)
        else:
            messages.success(request, _("Uw voorstel staat klaar. Een andere beheerder moet het goedkeuren."))
            return redirect("portal-people")
    context = {
        "duties": PortalDuty.objects.select_related("user").order_by("role", "user__name", "pk"),
        "proposals": PortalInvitation.objects.select_related("proposed_by").order_by("proposed_at", "pk"),
        "form": form,
        "now": timezone.now(),
    }
    return render(request, "work/portal_people.html", context, status=422 if form.errors else 200)


@require_POST
@_for_administrators
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree with the proposal of somebody else."""
    proposal = get_object_or_404(PortalInvitation, pk=pk)
    duties.confirm(proposal=proposal, by=request.user, now=timezone.now())
    messages.success(request, _("Goedgekeurd. De uitnodiging is verstuurd."))
    return redirect("portal-people")


@require_POST
@_for_administrators
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposal back, or refuse it."""
    duties.withdraw_proposal(proposal=get_object_or_404(PortalInvitation, pk=pk), by=request.user, now=timezone.now())
    messages.success(request, _("Het voorstel is weg."))
    return redirect("portal-people")


@require_POST
@_for_administrators
def end_duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role for the portal away."""
    duty = get_object_or_404(PortalDuty, pk=pk)
    try:
        duties.end_duty(duty=duty, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("De rol is weggehaald."))
    return redirect("portal-people" if can_administer_portal.ok(request.user) else "account")
