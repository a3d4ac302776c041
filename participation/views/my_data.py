"""One's own data: see, take along, agree or no longer agree, and leave."""

from http import HTTPStatus

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.actions.consents import give_consent, withdraw_consent
from participation.actions.leaving import erase_myself
from participation.consent_texts import Asked, consents_of
from participation.personal.parts import PARTS, copy_of, held_about
from participation.views.project_common import GET_OR_POST
from portal.core.private import only_post

OWN_PLACE = {"participation.Consent", "participation.Viewing"}  # they have a part of the page of their own


@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """Everything that the portal holds about who asks, by part."""
    held = held_about(request.user)
    elsewhere = {PARTS[model](request.user).key for model in OWN_PLACE}
    shown = [one for one in held if one.key not in {*elsewhere, "log"}]
    context = {
        "held": [one for one in shown if one.rows],
        "empty": [one.title for one in shown if not one.rows],
        "actions": next(len(one.rows) for one in held if one.key == "log"),
        "consents": consents_of(request.user),
        "viewings": next(one for one in held if one.key == "viewings"),
    }
    return render(request, "participation/my_data.html", context)


@require_safe
def my_copy(request: HttpRequest) -> HttpResponse:
    """The same as a file."""
    now = timezone.now()
    response = JsonResponse(
        copy_of(request.user, now),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        content_type="application/json",
    )
    response.headers["Content-Disposition"] = f'attachment; filename="mijn-gegevens-{timezone.localdate(now)}.json"'
    return response


@only_post
def consent(request: HttpRequest) -> HttpResponse:
    """Agree, or no longer agree: one click, whichever it is. What was done already stays done."""
    asked = _asked(request)
    if "intrekken" in request.POST:
        if asked.running is not None:
            withdraw_consent(consent=asked.running, by=request.user, now=timezone.now())
        messages.success(request, _("Uw toestemming is ingetrokken. %(after)s") % {"after": _what_now(asked)})
    else:
        kind, version = asked.words.kind, asked.words.version
        give_consent(kind=kind, by=request.user, now=timezone.now(), about=asked.about, version=version)
        messages.success(request, _("U gaf toestemming. U kunt haar hier altijd intrekken."))
    return redirect(f"{reverse('participation:my-data')}#toestemmingen")


def _what_now(asked: Asked) -> str:
    """What happens after a withdrawal, without the question before it."""
    return asked.words.after.partition("? ")[2]


def _asked(request: HttpRequest) -> Asked:
    """The consent that the form names. Raises Http404 when it is none that this person can give or withdraw."""
    kind, about = request.POST.get("soort", ""), request.POST.get("over", "")
    found = [one for one in consents_of(request.user) if (one.words.kind.value, one.about) == (kind, about)]
    if not found:
        raise Http404
    return found[0]


@GET_OR_POST
@reauthentication_required(app="allauth.account")
def leave(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; by POST everything goes, and the account too."""
    faults: list[str] = []
    if request.method == "POST":
        try:
            erase_myself(by=request.user, now=timezone.now())
        except ValidationError as error:
            faults = error.messages
        else:
            logout(request)
            return redirect("participation:erased")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "participation/my_data_leave.html", {"faults": faults}, status=status)


@login_not_required
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """That it is done; for who has no account any more."""
    return render(request, "participation/my_data_gone.html")
