"""An invitation: the link of the mail leads to a page that asks, and a button that accepts."""

from http import HTTPStatus
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, Login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.actions.joining import AnyInvitation, invitation_of, join, join_anew
from portal.accounts.models import PortalRole
from portal.accounts.own_forms import JoinForm
from portal.accounts.second_factor import has_factor, is_needed
from portal.accounts.views.wrong_input import posted
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Invitation
from portal.organisations.roles import Role, meaning


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, or accept. What is shown about the address only its owner sees: the link went there."""
    found = invitation_of(token)
    if found is None or found.expires_at is None or found.expires_at <= timezone.now():
        return _gone(request, found)
    if request.user.is_authenticated:
        return _for_signed_in(request, found)
    if EmailAddress.objects.filter(email=found.email, verified=True).exists():
        return _page(request, found, {"sign_in": sign_in_address(request)})
    return _for_new(request, found)


def _gone(request: HttpRequest, found: AnyInvitation | None) -> HttpResponse:
    """The link was used, taken back, made anew or made up; or it is too old."""
    return render(request, "account/invitation_gone.html", {"is_old": found is not None}, status=HTTPStatus.GONE)


def _page(
    request: HttpRequest, found: AnyInvitation, more: dict[str, Any], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    if isinstance(found, Invitation):
        roles = [(Role(role).label, meaning(role)) for role in found.roles]
        told = {"what": found.organisation.name, "is_example": found.organisation.is_example, "roles": roles}
    else:
        told = {"what": _("het portaal AI in mijn zorg"), "roles": [(PortalRole(found.role).label, "")]}
    return render(request, "account/invitation.html", {"invitation": found, **told, **more}, status=status)


def _for_signed_in(request: HttpRequest, found: AnyInvitation) -> HttpResponse:
    """Who is signed in accepts with one button, when the address is theirs."""
    is_theirs = EmailAddress.objects.filter(user=request.user.pk, email=found.email, verified=True).exists()
    if request.method != "POST" or not is_theirs:
        other = {} if is_theirs else {"other": request.user}
        status = HTTPStatus.FORBIDDEN if request.method == "POST" else HTTPStatus.OK
        return _page(request, found, {"may_accept": is_theirs, **other}, status)
    try:
        join(invitation=found, user=request.user, now=timezone.now())
    except StepNotAllowed:
        return _gone(request, None)
    messages.success(request, _("Welkom! U hebt de uitnodiging aangenomen."))
    return redirect("work")


def _for_new(request: HttpRequest, found: AnyInvitation) -> HttpResponse:
    """Who has no account makes one, is signed in, and goes to the second step when that is needed."""
    form = JoinForm(posted(request), email=found.email)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return _page(request, found, {"form": form}, status)
    try:
        user = join_anew(invitation=found, name=form.cleaned_data["name"], password=form.password, now=timezone.now())
    except StepNotAllowed:
        return _gone(request, None)
    return sign_in_anew(request, user, has_password=form.password is not None, then=reverse("work"))


def sign_in_address(request: HttpRequest) -> str:
    """The page to sign in, that leads back to the page of now."""
    return f"{reverse('account_login')}?{urlencode({'next': request.path})}"


def sign_in_anew(request: HttpRequest, user: Any, *, has_password: bool, then: str, told: str = "") -> HttpResponse:
    """Sign in who made an account with a link of a mail, and lead on: to a passkey or second step, or to `then`."""
    record_authentication(request, user, "invitation")
    messages.success(request, told or _("Welkom! Uw account is klaar."))
    if not has_password:
        then = reverse("mfa_add_webauthn")
    elif is_needed(user) and not has_factor(user):
        then = reverse("mfa_index")
    return perform_login(request, Login(user=user, redirect_url=then))
