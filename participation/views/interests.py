"""Interests in a project: everybody of the team declares here, and who decides on them does so here."""

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.actions import interests as actions
from participation.models import Interest, Project, Seen
from participation.permissions import can_grant_for, can_see_gates
from participation.starting import has_to_declare
from participation.starting_forms import DecisionForm, InterestForm
from participation.starting_permissions import can_decide_interest, can_declare, coordinators_beside
from participation.states import InterestState, ProjectState
from participation.view_log import saw_each
from participation.views.project_common import GET_OR_POST
from portal.core.private import only_post


def _waiting(user: Any, project: Project) -> list[Interest]:
    """What `user` may decide now."""
    rows = project.interests.filter(state=InterestState.DECLARED)
    rows = rows.select_related("user", "assignment", "project__organisation__parent", "project__patient_side__parent")
    return [one for one in rows.order_by("declared_at", "pk") if can_decide_interest.ok(user, one)]


def _may_decide(user: Any, project: Project) -> bool:
    """Whether `user` is one who decides on interests of this project, now or another time."""
    return can_grant_for.ok(user, project) or coordinators_beside(project, None).filter(user=user).exists()


def _visible(request: HttpRequest, slug: str) -> Project:
    """The project, for who declares or decides. Raises Http404 where it is private that somebody works on it."""
    whole = ("organisation__parent", "patient_side__parent", "programme")
    found = get_object_or_404(Project.objects.select_related(*whole), slug=slug)
    if can_declare.ok(request.user, found) or _may_decide(request.user, found) or _waiting(request.user, found):
        return found
    if not can_see_gates.ok(request.user, found):
        raise Http404
    raise PermissionDenied(_("U meldt hier geen belangen en u beslist er niet over."))


@GET_OR_POST
def interests(request: HttpRequest, slug: str) -> HttpResponse:
    """What I declared and what waits for my decision; by POST I declare."""
    project = _visible(request, slug)
    if request.method != "POST":
        return _page(request, project)
    can_declare(request.user, project)
    form = InterestForm(request.POST, prefix="belangen")
    if form.is_valid():
        try:
            actions.declare(project=project, by=request.user, now=timezone.now(), **form.declared())
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Gemeld. U krijgt een mail als er is besloten."))
            return redirect("participation:interests", slug)
    return _page(request, project, declaring=form)


def _page(
    request: HttpRequest, project: Project, declaring: InterestForm | None = None,
    deciding: tuple[uuid.UUID, DecisionForm] | None = None,
) -> HttpResponse:  # fmt: skip
    mine = project.interests.filter(user=request.user.pk).order_by("-declared_at", "-pk")
    newest = mine.first()
    forms = [(one, _decision_form(one)) for one in _waiting(request.user, project)]
    if deciding is not None:
        forms = [(one, deciding[1] if one.uuid == deciding[0] else form) for one, form in forms]
    saw_each(request, [one.user for one, _form in forms if one.assignment_id], Seen.ASSIGNMENT, project)
    faulty = declaring or (deciding[1] if deciding else None)
    context = {
        "project": project,
        "works_here": can_see_gates.ok(request.user, project),
        "declares": can_declare.ok(request.user, project) and project.state == ProjectState.RUNNING,
        "must_declare": has_to_declare(newest, timezone.localdate()),
        "interest": newest,
        "form": declaring or InterestForm(prefix="belangen"),
        "waiting": forms,
        "decides": _may_decide(request.user, project),
        "faulty": faulty,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faulty else HTTPStatus.OK
    return render(request, "participation/interests.html", context, status=status)


def _decision_form(interest: Interest, data: Any = None) -> DecisionForm:
    return DecisionForm(data, prefix=f"besluit-{interest.pk}")


@only_post
def decide(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """Decide on what one person declared."""
    project = _visible(request, slug)
    whole = ("user", "assignment", "project__organisation__parent", "project__patient_side__parent")
    interest = get_object_or_404(project.interests.select_related(*whole), uuid=key)
    can_decide_interest(request.user, interest)
    form = _decision_form(interest, request.POST)
    if form.is_valid():
        try:
            actions.decide(interest=interest, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Besloten. Deze persoon krijgt een mail."))
            return redirect("participation:interests", slug)
    return _page(request, project, deciding=(key, form))
