"""Roles with which money moves: the second person says yes or no."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.actions import money_roles as actions
from portal.accounts.permissions import can_administer_portal
from portal.accounts.views.organisation import seen_organisation
from portal.core.private import only_post
from portal.organisations.models import Organisation, RoleRequest


@only_post
def decide(request: HttpRequest, slug: str, pk: int, step: str) -> HttpResponse:
    """Decide as an administrator of the organisation."""
    return _decide(request, seen_organisation(request, slug), pk, step, "organisation-people")


@only_post
def decide_for_portal(request: HttpRequest, slug: str, pk: int, step: str) -> HttpResponse:
    """Decide as an administrator of the portal, where the organisation has nobody else."""
    can_administer_portal(request.user)
    return _decide(request, get_object_or_404(Organisation, slug=slug), pk, step, "portal-organisation")


def _agree(asked: RoleRequest, request: HttpRequest) -> str:
    actions.agree_to_role(request=asked, by=request.user, now=timezone.now())
    return _("De rol is gegeven. Uw collega krijgt een mail.")


def _withdraw(asked: RoleRequest, request: HttpRequest) -> str:
    actions.withdraw_role(request=asked, by=request.user, now=timezone.now())
    return _("De rol is niet gegeven. Wie het vroeg, krijgt een mail.")


STEPS: dict[str, Callable[[RoleRequest, HttpRequest], str]] = {"akkoord": _agree, "weg": _withdraw}


def _decide(request: HttpRequest, organisation: Organisation, pk: int, step: str, page: str) -> HttpResponse:
    if step not in STEPS:
        raise Http404
    whole = organisation.role_requests.select_related("organisation__parent", "user", "asked_by")
    asked = get_object_or_404(whole, pk=pk)
    messages.success(request, STEPS[step](asked, request))
    return redirect(page, organisation.slug)
