"""The agreement: reading it, signing it with a second step or a link from the mail, and a copy to keep."""

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from participation.actions import agreements as actions
from participation.agreement_text import in_language
from participation.models import Assignment, Seen, Signature, SignatureName, SigningLink
from participation.starting import readiness
from participation.starting_forms import SignForm
from participation.starting_permissions import can_act_for, can_see_agreement, side_of
from participation.states import AssignmentState, SigningSide
from participation.view_log import saw
from participation.views.project_common import GET_OR_POST
from participation.views.starting import found_assignment
from portal.accounts.second_factor import page_to_take_it, was_just_taken
from portal.core.pdf import pdf_of
from portal.core.private import only_post
from portal.core.workflow import StepNotAllowed


def _visible(request: HttpRequest, key: uuid.UUID) -> Assignment:
    """The assignment of which both sides may read the agreement. Raises Http404 for everybody else."""
    found = found_assignment(key)
    if not can_see_agreement.ok(request.user, found):
        raise Http404
    saw(request, found.user, Seen.ASSIGNMENT, found.project)
    return found


def text_context(assignment: Assignment) -> dict[str, Any]:
    """The agreement and who signed it, with the names that were typed where they are still there."""
    signatures = Signature.objects.filter(agreement=assignment.agreement).select_related("signed_name")
    return {
        "assignment": assignment,
        "project": assignment.project,
        "agreement": assignment.agreement,
        "text": in_language(assignment.agreement, get_language() or "nl"),
        "signatures": [(one, _name_under(one)) for one in signatures.order_by("signed_at", "pk")],
    }


def _name_under(signature: Signature) -> str:
    """The name that was typed; "" when it was erased."""
    name: SignatureName | None = getattr(signature, "signed_name", None)
    return name.typed_name if name else ""


def _side_to_sign(user: Any, assignment: Assignment) -> SigningSide | None:
    """The side for which `user` can sign now; None when there is nothing to sign for them."""
    side = side_of(user, assignment)
    if side is None or assignment.state != AssignmentState.PROPOSED:
        return None
    return side if getattr(assignment, actions.MOMENT[side]) is None else None


@GET_OR_POST
def agreement(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The text; by POST one side signs, right after a second step."""
    found = _visible(request, key)
    if request.method != "POST":
        return _agreement_page(request, found, SignForm())
    form, side = SignForm(request.POST), side_of(request.user, found)
    if side is None:
        raise PermissionDenied(_("U kunt hier niet tekenen."))
    if not was_just_taken(request):
        form.add_error(None, _("Laat eerst zien dat u het bent. Teken daarna binnen tien minuten."))
    if form.is_valid():
        try:
            actions.sign(assignment=found, side=side, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Getekend. Dank u wel."))
            return _after_signing(request, found)
    return _agreement_page(request, found, form, HTTPStatus.UNPROCESSABLE_ENTITY)


def _after_signing(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    if can_act_for.ok(request.user, assignment):
        return redirect("participation:assignment", assignment.uuid)
    return redirect("participation:participants", assignment.project.slug)


def _agreement_page(
    request: HttpRequest, found: Assignment, form: SignForm, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    context = text_context(found) | {
        "form": form,
        "side": _side_to_sign(request.user, found),
        "is_theirs": can_act_for.ok(request.user, found),
        "was_just_taken": was_just_taken(request),
        "second_step": page_to_take_it(request.user, request.path),
    }
    return render(request, "participation/agreement.html", context, status=status)


@only_post
def mail_link(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Mail who asks a link with which to sign."""
    found = _visible(request, key)
    side = side_of(request.user, found)
    if side is None:
        raise PermissionDenied(_("U kunt hier niet tekenen."))
    actions.ask_link(assignment=found, side=side, by=request.user, now=timezone.now())
    messages.success(request, _("Kijk in uw mail. Met de link daarin kunt u tekenen."))
    return redirect("participation:agreement", key)


@require_safe
def agreement_pdf(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A copy to keep. It holds names, so it is made anew each time and kept nowhere."""
    found = _visible(request, key)
    context = text_context(found) | {"page_language": get_language()}
    content = pdf_of(render_to_string("participation/agreement_pdf.html", context))
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="afspraken-{found.project.slug}.pdf"'
    return response


# --- With a link from the mail ---------------------------------------------------------------------------------------


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link leads to the text and a button; only the button signs. Who has it, reads the mail of that person."""
    link = actions.link_of(token)
    if link is None or link.expires_at <= timezone.now() or not link.user.is_active:
        return _gone(request)
    form = SignForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            found = actions.sign_by_link(link=link, now=timezone.now(), **form.cleaned_data)
        except (StepNotAllowed, PermissionDenied):
            return _gone(request)
        except ValidationError as error:
            form.take(error)
        else:
            return _signed_page(request, found, is_theirs=link.side == SigningSide.REPRESENTATIVE)
    return _link_page(request, link, form)


def _signed_page(request: HttpRequest, found: Assignment, *, is_theirs: bool) -> HttpResponse:
    """Thanks, and what is next for who signed."""
    context = {
        "assignment": found,
        "project": found.project,
        "is_theirs": is_theirs,
        "must_declare": not readiness(found, timezone.localdate()).declared,
    }
    return render(request, "participation/signed.html", context)


def _link_page(request: HttpRequest, link: SigningLink, form: SignForm) -> HttpResponse:
    assignment = link.agreement.assignment
    context = text_context(assignment) | {"form": form, "is_theirs": link.side == SigningSide.REPRESENTATIVE}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "participation/sign_by_link.html", context, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    """The link was used, made anew, made up or is too old."""
    return render(request, "participation/link_gone.html", status=HTTPStatus.GONE)
