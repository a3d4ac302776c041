"""The keys of an organisation: make one, see it once, revoke it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from portal.keys.actions import make_key, revoke_key
from portal.keys.models import Scope
from portal.organisations.models import Organisation
from portal.organisations.permissions import can_administer, can_see

DAYS = ((30, gettext_lazy("30 dagen")), (90, gettext_lazy("90 dagen")), (365, gettext_lazy("een jaar")))


class KeyForm(forms.Form):
    """What a new key is for and what it allows."""

    name = forms.CharField(
        max_length=100, label=gettext_lazy("Naam van het programma"),
        error_messages={"required": gettext_lazy("Geef de sleutel een naam, bijvoorbeeld die van uw programma."),
                        "max_length": gettext_lazy("De naam is te lang. Er passen 100 tekens.")},
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        choices=Scope, label=gettext_lazy("Wat mag het programma?"),
        error_messages={"required": gettext_lazy("Kies wat het programma mag doen."),
                        "invalid_choice": gettext_lazy("Kies uit de lijst.")},
    )  # fmt: skip
    days = forms.TypedChoiceField(
        choices=DAYS, coerce=int, label=gettext_lazy("Hoe lang werkt de sleutel?"),
        error_messages={"required": gettext_lazy("Kies hoe lang de sleutel werkt."),
                        "invalid_choice": gettext_lazy("Kies uit de lijst.")},
    )  # fmt: skip


def administered(user: Any, slug: str) -> Organisation:
    """The organisation `slug`. Raises Http404 for who does not work there, PermissionDenied for who only does that."""
    found = get_object_or_404(Organisation.objects.select_related("parent"), slug=slug)
    if not can_see.ok(user, found):
        raise Http404
    can_administer(user, found)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest, slug: str) -> HttpResponse:
    """The keys and the form for a new one. The text of a new key stands in this one answer and nowhere else."""
    organisation = administered(request.user, slug)
    form = KeyForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            key, token = make_key(
                organisation=organisation, by=request.user, now=timezone.now(), **form.cleaned_data
            )  # fmt: skip
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return render(request, "keys/key_made.html", {"organisation": organisation, "key": key, "token": token})
    now = timezone.now()
    found = organisation.api_keys.select_related("made_by").order_by("-made_at", "-pk")
    context = {
        "organisation": organisation,
        "form": form or KeyForm(initial={"days": 365}),
        "working": [key for key in found if key.works(now)],
        "ended": [key for key in found if not key.works(now)],
        "scopes": dict(Scope.choices),
    }
    status = HTTPStatus.OK if form is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "keys/key_list.html", context, status=status)


@require_POST
def revoke(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """Let a key work no more."""
    organisation = administered(request.user, slug)
    found = get_object_or_404(organisation.api_keys.select_related("organisation__parent"), uuid=key)
    revoke_key(key=found, by=request.user, now=timezone.now())
    messages.success(request, _("De sleutel is ingetrokken. Hij werkt vanaf nu niet meer."))
    return redirect("keys", slug)
