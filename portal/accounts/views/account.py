"""Mijn account: name, address, second step, sessions, and for whom somebody works."""

from itertools import groupby

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.actions.joining import rename
from portal.accounts.own_forms import NameForm
from portal.accounts.second_factor import has_factor, is_needed
from portal.accounts.sessions import end_sessions, sessions_of
from portal.accounts.views.wrong_input import posted
from portal.organisations.actions.people import leave
from portal.organisations.models import Organisation


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Everything of an account at a glance; the name can be changed here."""
    form = NameForm(posted(request), initial={"name": request.user.name})  # type: ignore[union-attr]
    if form.is_valid():
        rename(name=form.cleaned_data["name"], by=request.user, now=timezone.now())
        messages.success(request, _("Uw naam is bewaard."))
        return redirect("account")
    held = request.user.memberships.select_related("organisation")  # type: ignore[union-attr]
    rows = held.order_by("organisation__sort_key", "organisation_id", "role")
    context = {
        "form": form,
        "organisations": [
            (organisation, [one.get_role_display() for one in group])
            for organisation, group in groupby(rows, key=lambda one: one.organisation)
        ],
        "duties": [one.get_role_display() for one in request.user.portal_duties.all()],  # type: ignore[union-attr]
        "has_factor": has_factor(request.user),
        "needs_factor": is_needed(request.user),
        "passkeys": Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN).count(),
        "sessions": len(sessions_of(request.user, request.session.session_key or "", timezone.now())),
    }
    return render(request, "account/account.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Where somebody is signed in; a POST ends one, or all others."""
    here = request.session.session_key or ""
    if request.method == "POST":
        chosen = request.POST.get("number", "")
        is_number = chosen.isascii() and chosen.isdigit() and len(chosen) < 19
        numbers = None if not chosen else [int(chosen)] if is_number else []
        ended = end_sessions(user=request.user, numbers=numbers, keep=here, now=timezone.now())
        messages.success(request, _("Uitgelogd.") if ended else _("Daar was u al uitgelogd."))
        return redirect("usersessions_list")
    shown = sessions_of(request.user, here, timezone.now())
    context = {"sessions": shown, "others": sum(not one.is_here for one in shown)}
    return render(request, "usersessions/usersession_list.html", context)


@require_http_methods(["GET", "POST"])
def leave_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Stop working for an organisation: a page that says what that means, then the act."""
    organisation = get_object_or_404(Organisation, slug=slug)
    if not organisation.memberships.filter(user=request.user.pk).exists():
        raise Http404
    reason = ""
    if request.method == "POST":
        try:
            leave(organisation=organisation, by=request.user, now=timezone.now())
        except ValidationError as error:
            reason = error.messages[0]
        else:
            messages.success(request, _("U werkt niet meer voor %(name)s.") % {"name": organisation.name})
            return redirect("account")
    context = {"organisation": organisation, "reason": reason}
    return render(request, "account/leave.html", context, status=422 if reason else 200)
