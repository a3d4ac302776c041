"""Programmes in the workspace of who manages a fund."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.actions import programmes as actions
from participation.forms import ProgrammeForm, funds_of
from participation.models import Programme
from participation.permissions import can_manage_programme
from participation.views.project_common import GET_OR_POST

TEXTS = ("name", "summary", "name_en", "summary_en")


@GET_OR_POST
def new(request: HttpRequest) -> HttpResponse:
    """Begin a programme."""
    own = funds_of(request.user)
    if not own:
        raise PermissionDenied(_("Alleen de beheerder van een fonds kan dit."))
    form = ProgrammeForm(request.POST or None, own=own)
    if request.method == "POST" and form.is_valid():
        organisation = form.own.get(form.cleaned_data["organisation"], own[0])
        try:
            made = actions.start_programme(
                organisation=organisation, fields={name: form.cleaned_data[name] for name in TEXTS},
                partners=form.chosen_partners(), by=request.user, now=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Het programma staat erop. Iedereen kan het nu lezen."))
            return redirect("participation:programme-edit", made.slug)
    return _page(request, form, None)


@GET_OR_POST
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a programme."""
    found = get_object_or_404(Programme.objects.select_related("organisation"), slug=slug)
    if not can_manage_programme.ok(request.user, found.organisation):
        raise Http404
    start = {name: getattr(found, name) for name in TEXTS} | {
        "organisation": found.organisation.slug, "partners": list(found.partners.values_list("slug", flat=True)),
    }  # fmt: skip
    form = ProgrammeForm(request.POST or None, own=[found.organisation], initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_programme(
                programme=found, fields={name: form.cleaned_data[name] for name in TEXTS},
                partners=form.chosen_partners(), by=request.user, now=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Bewaard. Iedereen kan het nu lezen."))
            return redirect("participation:programme-edit", slug)
    return _page(request, form, found)


def _page(request: HttpRequest, form: ProgrammeForm, programme: Programme | None) -> HttpResponse:
    context = {"form": form, "programme": programme, "is_new": programme is None}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
    return render(request, "participation/programme_form.html", context, status=status)
