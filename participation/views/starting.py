"""The page of one assignment, for who takes part: what the role is, what to do first, and stopping."""

import uuid
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.actions import assignments, interests, welcome
from participation.actions.consents import give_consent, withdraw_consent
from participation.forms import Form
from participation.models import Assignment, Consent, ConsentKind
from participation.starting_forms import InterestForm, NeedsForm, WelcomeForm
from participation.starting_page import about, context_of, needs_of_profile
from participation.starting_permissions import can_act_for, can_answer_as_buddy
from participation.views.project_common import step_taken
from portal.core.private import only_post

Steps = dict[str, tuple[type[Form], Callable[[Assignment, Any, HttpRequest], str]]]
WHOLE = ("project__organisation__parent", "project__patient_side__parent", "organisation", "buddy", "user")


def found_assignment(key: uuid.UUID) -> Assignment:
    """The assignment `key` with what its pages need. Raises Http404; the caller looks at who asks."""
    return get_object_or_404(Assignment.objects.select_related(*WHOLE, "agreement"), uuid=key)


def own_assignment(request: HttpRequest, key: uuid.UUID) -> Assignment:
    """The assignment `key` of who asks. Raises Http404: that it exists is private."""
    found = found_assignment(key)
    if not can_act_for.ok(request.user, found):
        raise Http404
    return found


@require_safe
def assignment(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """What somebody does on a project, and what to do first."""
    return _page(request, own_assignment(request, key))


def _page(request: HttpRequest, found: Assignment, step: str = "", faulty: Form | None = None) -> HttpResponse:
    of_profile = needs_of_profile(found, request.user)
    forms: dict[str, Form] = {
        "belangen": InterestForm(prefix="belangen"),
        "nodig": NeedsForm(prefix="nodig", initial={"text": found.access_needs or of_profile}),
    }
    if faulty is not None:
        forms[step] = faulty
    context = context_of(found, request.user, timezone.localdate()) | {
        "forms": forms, "faulty": faulty, "not_told_yet": bool(of_profile) and step != "nodig",
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faulty else HTTPStatus.OK
    return render(request, "participation/assignment.html", context, status=status)


# --- Its steps -------------------------------------------------------------------------------------------------------


def _declare(found: Assignment, form: Any, request: HttpRequest) -> str:
    interests.declare(project=found.project, by=request.user, now=timezone.now(), **form.declared())
    return _("Gemeld. U krijgt een mail als er is besloten.")


def _tick(found: Assignment, form: Any, request: HttpRequest) -> str:
    is_done = bool(form.cleaned_data["done"])
    welcome.tick(
        assignment=found, kind=form.cleaned_data["kind"], is_done=is_done, by=request.user, now=timezone.now()
    )  # fmt: skip
    return _("Deze stap is klaar.") if is_done else _("Deze stap staat weer open.")


def _needs(found: Assignment, form: Any, request: HttpRequest) -> str:
    welcome.tell_needs(assignment=found, text=form.cleaned_data["text"], by=request.user, now=timezone.now())
    return _("Bewaard. Alleen het project ziet dit.") if found.access_needs else _("Gewist.")


def _show_name(found: Assignment, form: Any, request: HttpRequest) -> str:
    if found.user_id is None or not found.is_running:
        raise ValidationError(_("Dit kan nu niet."))
    give_consent(kind=ConsentKind.NAME, by=request.user, now=timezone.now(), about=about(found))
    return _("Uw naam staat nu bij het project.")


def _hide_name(found: Assignment, form: Any, request: HttpRequest) -> str:
    given = Consent.objects.filter(
        user=request.user.pk, kind=ConsentKind.NAME, about=about(found), withdrawn_at__isnull=True
    )
    for consent in given.order_by("pk"):
        withdraw_consent(consent=consent, by=request.user, now=timezone.now())
    return _("Uw naam staat niet meer bij het project.")


def _pause(found: Assignment, form: Any, request: HttpRequest) -> str:
    assignments.pause(assignment=found, by=request.user, now=timezone.now())
    return _("U doet even niet mee. U kunt zelf weer verdergaan.")


def _resume(found: Assignment, form: Any, request: HttpRequest) -> str:
    assignments.resume(assignment=found, by=request.user, now=timezone.now())
    return _("Fijn, u doet weer mee.")


def _end(found: Assignment, form: Any, request: HttpRequest) -> str:
    assignments.end(assignment=found, by=request.user, now=timezone.now())
    return _("U bent gestopt. Dank u wel voor het meedenken.")


def _no_buddy(found: Assignment, form: Any, request: HttpRequest) -> str:
    welcome.leave_buddy(assignment=found, by=request.user, now=timezone.now())
    return _("U hebt nu geen buddy meer.")


STEPS: Steps = {
    "belangen": (InterestForm, _declare),
    "stap": (WelcomeForm, _tick),
    "nodig": (NeedsForm, _needs),
    "naam-tonen": (Form, _show_name),
    "naam-weg": (Form, _hide_name),
    "pauze": (Form, _pause),
    "verder": (Form, _resume),
    "stoppen": (Form, _end),
    "buddy-weg": (Form, _no_buddy),
}


@only_post
def assignment_step(request: HttpRequest, key: uuid.UUID, step: str) -> HttpResponse:
    """One step of who takes part. What is not right comes back with what was typed."""
    found = own_assignment(request, key)
    if step not in STEPS:
        raise Http404
    kind, act = STEPS[step]
    form = kind(request.POST, prefix=step)
    if step_taken(request, form, lambda: act(found, form, request)):
        return redirect("participation:assignment", key)
    return _page(request, found, step, form)


@only_post
def buddy_answer(request: HttpRequest, key: uuid.UUID, answer: str) -> HttpResponse:
    """Say yes or no to being a buddy, or stop."""
    found = found_assignment(key)
    if answer not in ("ja", "nee") or not can_answer_as_buddy.ok(request.user, found):
        raise Http404
    if answer == "ja":
        welcome.agree_as_buddy(assignment=found, by=request.user, now=timezone.now())
        messages.success(request, _("Fijn! U bent nu buddy."))
    else:
        welcome.leave_buddy(assignment=found, by=request.user, now=timezone.now())
        messages.success(request, _("U bent geen buddy."))
    return redirect("participation:deelname")
