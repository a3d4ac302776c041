"""The page of an organisation in the workspace: its people, invitations and own sign-in."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.actions.own_sign_in import remove_own_sign_in, save_own_sign_in
from portal.accounts.models import OwnSignIn, User
from portal.accounts.openid import ProviderFault, discover, forget
from portal.accounts.own_forms import InviteForm, OwnSignInForm, RolesForm
from portal.accounts.permissions import can_administer_portal, can_set_own_sign_in
from portal.accounts.views.wrong_input import posted
from portal.accounts.waiting_roles import requests_of
from portal.core import links
from portal.organisations.actions import people
from portal.organisations.models import Invitation, Organisation
from portal.organisations.permissions import can_administer, can_see, with_those_below
from portal.organisations.roles import Role


def seen_organisation(request: HttpRequest, slug: str) -> Organisation:
    """The organisation `slug`. Raises Http404 when there is none that this person works for."""
    found = get_object_or_404(Organisation.objects.select_related("parent"), slug=slug)
    if not can_see.ok(request.user, found):
        raise Http404
    return found


def people_of(organisation: Organisation) -> QuerySet[User]:
    """Who works for an organisation, by name."""
    return User.objects.filter(memberships__organisation=organisation).distinct().order_by("name", "pk")


def with_roles(organisation: Organisation) -> list[tuple[User, list[str]]]:
    """(person, labels of roles) of everybody who works for `organisation`."""
    held: dict[int, list[str]] = {}
    for membership in organisation.memberships.order_by("pk"):
        held.setdefault(membership.user_id, []).append(str(membership.get_role_display()))
    return [(user, held[user.pk]) for user in people_of(organisation)]


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation that somebody works for; with only one, that one."""
    own = list(request.user.memberships.values_list("organisation", flat=True))  # type: ignore[union-attr]
    chosen = Organisation.objects.filter(pk__in=with_those_below(own)).order_by("sort_key", "pk")
    if len(chosen) == 1:
        return redirect("organisation", chosen[0].slug)
    return render(request, "work/organisations.html", {"organisations": chosen})


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: whether it may publish, and ways to its parts."""
    found = seen_organisation(request, slug)
    context = {
        "organisation": found,
        "may_administer": can_administer.ok(request.user, found),
        "number": people_of(found).count(),
        "open": found.invitations.count(),
        "has_own_sign_in": OwnSignIn.objects.filter(organisation=found).exists(),
    }
    return render(request, "work/organisation.html", context)


@require_POST
def ask_verification(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the portal to check the organisation."""
    found = seen_organisation(request, slug)
    people.ask_verification(organisation=found, by=request.user, now=timezone.now())
    messages.success(request, _("Wij kijken wie u bent. Dat duurt hoogstens vijf werkdagen. U krijgt een mail."))
    return redirect("organisation", slug)


# --- People ----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def people_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Who works here, who was asked, and a form to ask somebody."""
    found = seen_organisation(request, slug)
    form = InviteForm(posted(request), organisation=found, initial={"roles": []})
    if request.method == "POST":
        can_administer(request.user, found)
        if form.is_valid() and _invite(request, found, form):
            return redirect("organisation-people", slug)
    context = {
        "organisation": found,
        "people": with_roles(found),
        "invitations": _invitations(found),
        "requests": requests_of(found, request.user),
        "form": form,
        "may_administer": can_administer.ok(request.user, found),
    }
    return render(request, "work/people.html", context, status=422 if form.errors else 200)


def _invite(request: HttpRequest, organisation: Organisation, form: InviteForm) -> bool:
    """Send the invitation; whether that could be done."""
    email, roles = form.cleaned_data["email"], form.cleaned_data["roles"]
    try:
        people.invite(organisation=organisation, email=email, roles=roles, by=request.user, now=timezone.now())
    except ValidationError as error:
        form.add_error("email", error)
        return False
    messages.success(request, _("De uitnodiging is verstuurd aan %(email)s.") % {"email": email})
    return True


def _invitations(organisation: Organisation) -> list[dict[str, Any]]:
    now = timezone.now()
    return [
        {"it": one, "roles": [Role(role).label for role in one.roles], "is_old": one.expires_at <= now}
        for one in organisation.invitations.order_by("email")
    ]


def _colleague(request: HttpRequest, slug: str, pk: int) -> tuple[Organisation, User]:
    """An organisation and somebody who works there. Raises Http404, and PermissionDenied for who may not change it."""
    found = seen_organisation(request, slug)
    user = get_object_or_404(people_of(found), pk=pk)
    can_administer(request.user, found)
    return found, user


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One colleague: their roles, and a way to take those away."""
    found, user = _colleague(request, slug, pk)
    held = list(found.memberships.filter(user=user).values_list("role", flat=True))
    form = RolesForm(posted(request), organisation=found, initial={"roles": held})
    if form.is_valid():
        now = timezone.now()
        try:
            people.change_roles(
                organisation=found, user=user, roles=form.cleaned_data["roles"], by=request.user, now=now
            )
        except ValidationError as error:
            form.add_error("roles", error)
        else:
            messages.success(request, _told_of_change(found, user))
            return redirect("organisation-people", slug)
    context = {
        "organisation": found, "person": user, "form": form, "is_self": user.pk == request.user.pk,
        "waiting": _waiting(found, user),
    }  # fmt: skip
    return render(request, "work/person.html", context, status=422 if form.errors else 200)


def _waiting(organisation: Organisation, user: User) -> list[str]:
    """The roles of a colleague that wait for a second person, in words."""
    return [one.label for one in organisation.role_requests.filter(user=user).order_by("role")]


def _told_of_change(organisation: Organisation, user: User) -> str:
    if _waiting(organisation, user):
        return _("Bewaard. Een rol met geld gaat in als een tweede persoon akkoord is.")
    return _("De rollen zijn veranderd. Uw collega krijgt een mail.")


@require_POST
def remove_person(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take every role from a colleague."""
    found, user = _colleague(request, slug, pk)
    try:
        people.remove_member(organisation=found, user=user, by=request.user, now=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("organisation-person", slug, pk)
    messages.success(request, _("Deze persoon werkt niet meer voor uw organisatie."))
    return redirect("organisation-people", slug)


def _invitation(request: HttpRequest, slug: str, pk: int) -> Invitation:
    found = seen_organisation(request, slug)
    return get_object_or_404(found.invitations.select_related("organisation__parent"), pk=pk)


@require_POST
def invite_again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Send a new link."""
    people.invite_again(invitation=_invitation(request, slug, pk), by=request.user, now=timezone.now())
    messages.success(request, _("De uitnodiging is opnieuw verstuurd. De oude link werkt niet meer."))
    return redirect("organisation-people", slug)


@require_POST
def withdraw_invitation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    people.withdraw_invitation(invitation=_invitation(request, slug, pk), by=request.user, now=timezone.now())
    messages.success(request, _("De uitnodiging is ingetrokken. De link werkt niet meer."))
    return redirect("organisation-people", slug)


# --- Own sign-in -----------------------------------------------------------------------------------------------------


def _for_sign_in(request: HttpRequest, slug: str) -> Organisation:
    """The organisation; administrators of the portal see every one. Raises Http404, PermissionDenied."""
    if can_administer_portal.ok(request.user):
        return get_object_or_404(Organisation.objects.select_related("parent"), slug=slug)
    found = seen_organisation(request, slug)
    can_set_own_sign_in(request.user, found)
    return found


def _page_of(request: HttpRequest, organisation: Organisation) -> str:
    """The page about the organisation that the person may see."""
    return "organisation" if can_see.ok(request.user, organisation) else "portal-organisation"


@require_http_methods(["GET", "POST"])
def own_sign_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Set up the OpenID provider of an organisation. Its document is read before anything is kept."""
    found = _for_sign_in(request, slug)
    there = OwnSignIn.objects.filter(organisation=found).first()
    form = OwnSignInForm(posted(request), initial=_as_typed(there))
    if form.is_valid() and _save(request, found, form, is_new=there is None):
        messages.success(request, _("De eigen inlog is bewaard. Probeer hem nu uit."))
        return redirect("organisation-sign-in", slug)
    context = {
        "organisation": found,
        "page": reverse(_page_of(request, found), args=[slug]),
        "there": there,
        "form": form,
        "callback": links.address("openid_connect_callback", found.slug),
    }
    return render(request, "work/own_sign_in.html", context, status=422 if form.errors else 200)


def _as_typed(there: OwnSignIn | None) -> dict[str, Any]:
    if there is None:
        return {}
    kept = {name: getattr(there, name) for name in ("issuer", "client_id", "asks_second_step")}
    return {**kept, "domains": ", ".join(there.domains)}


def _save(request: HttpRequest, organisation: Organisation, form: OwnSignInForm, *, is_new: bool) -> bool:
    """Keep what the form says when the provider answers; whether it did."""
    if is_new and not form.cleaned_data["secret"]:
        form.add_error("secret", _("Vul het geheim in dat bij de client hoort."))
        return False
    forget()
    try:
        discover(form.cleaned_data["issuer"])
    except ProviderFault:
        form.add_error(
            "issuer", _("Op dit adres vinden wij geen inlog (OpenID Connect). Klopt het, en begint het met https?")
        )
        return False
    save_own_sign_in(organisation=organisation, by=request.user, now=timezone.now(), **form.cleaned_data)
    return True


@require_POST
def forget_own_sign_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the own sign-in away."""
    found = _for_sign_in(request, slug)
    remove_own_sign_in(organisation=found, by=request.user, now=timezone.now())
    messages.success(request, _("De eigen inlog is weg. Uw mensen loggen in met hun mailadres."))
    return redirect(_page_of(request, found), slug)
