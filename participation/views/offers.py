"""A role that was offered by mail: the link leads to a page that asks, and a button that says yes."""

from http import HTTPStatus
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from participation.actions.offers import accept_anew, accept_offer, offer_of
from participation.models import RoleOffer
from participation.starting import ROLE_WORDS
from participation.states import Influence, Phase, ProjectState
from portal.accounts.own_forms import JoinForm
from portal.accounts.second_factor import is_missing
from portal.accounts.views.invitation import sign_in_address, sign_in_anew
from portal.core.workflow import StepNotAllowed


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def role_offer(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, or say yes. What is shown about the address only its owner sees: the link went there."""
    found = offer_of(token)
    if found is None or found.expires_at <= timezone.now() or found.project.state != ProjectState.RUNNING:
        return _gone(request)
    try:
        if is_missing(request):  # everybody may open the link, so nothing else asks for it here
            return redirect("mfa_index")
        if request.user.is_authenticated:
            return _for_signed_in(request, found)
        if EmailAddress.objects.filter(email=found.email, verified=True).exists():
            return _page(request, found, {"sign_in": sign_in_address(request)})
        return _for_new(request, found)
    except StepNotAllowed:
        return _gone(request)
    except ValidationError as error:
        return _page(request, found, {"refused": " ".join(error.messages)}, HTTPStatus.UNPROCESSABLE_ENTITY)


def _gone(request: HttpRequest) -> HttpResponse:
    """The link was used, taken back, made anew, made up or is too old."""
    return render(request, "participation/link_gone.html", status=HTTPStatus.GONE)


def _page(
    request: HttpRequest, found: RoleOffer, more: dict[str, Any], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = {
        "offer": found,
        "project": found.project,
        "role_words": ROLE_WORDS[Influence(found.influence)],
        "phases": [Phase(one).label for one in found.phases],
    }
    return render(request, "participation/role_offer.html", context | more, status=status)


def _for_signed_in(request: HttpRequest, found: RoleOffer) -> HttpResponse:
    """Who is signed in says yes with one button, when the address is theirs."""
    is_theirs = EmailAddress.objects.filter(user=request.user.pk, email=found.email, verified=True).exists()
    if request.method != "POST" or not is_theirs:
        other = {} if is_theirs else {"other": request.user}
        status = HTTPStatus.FORBIDDEN if request.method == "POST" else HTTPStatus.OK
        return _page(request, found, {"may_accept": is_theirs, **other}, status)
    made = accept_offer(offer=found, by=request.user, now=timezone.now())
    messages.success(request, _("Fijn! Lees en teken nu de afspraken."))
    return redirect("participation:assignment", made.uuid)


def _for_new(request: HttpRequest, found: RoleOffer) -> HttpResponse:
    """Who has no account makes one, and is signed in."""
    form = JoinForm(request.POST if request.method == "POST" else None, email=found.email)
    if not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return _page(request, found, {"form": form}, status)
    password = form.password
    user, made = accept_anew(offer=found, name=form.cleaned_data["name"], password=password, now=timezone.now())
    return sign_in_anew(
        request, user, has_password=password is not None, then=reverse("participation:assignment", args=[made.uuid]),
        told=_("Welkom! Uw account is klaar. Lees en teken nu de afspraken."),
    )  # fmt: skip
