"""What the pages of the workspace of projects share: finding a project, taking a step, and one that came too late."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from participation.forms import Form
from participation.models import Project
from participation.permissions import can_see_gates
from portal.core.workflow import StepNotAllowed

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


# The steps of a page: the last part of the address → what does it, and tells it in words.
Steps = dict[str, Callable[[Project, Form, HttpRequest], str]]


def visible_project(user: Any, slug: str) -> Project:
    """The project `slug`. Raises Http404 when there is none on which `user` works or decides."""
    found = get_object_or_404(Project.objects.select_related("organisation", "patient_side", "programme"), slug=slug)
    if not can_see_gates.ok(user, found):
        raise Http404
    return found


def shows_how_it_stands(page: str) -> Callable[[Any], Any]:
    """A view of which a step may come too late (a double click, a colleague was first): then `page` shows how it is."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, slug, **kwargs)
            except StepNotAllowed:
                messages.info(request, _("Dit kan nu niet of is al gedaan. U ziet hoe het nu is."))
                return redirect(f"participation:{page}", slug)

        return guarded

    return decorate


def step_taken(request: HttpRequest, form: Form, act: Callable[[], str]) -> bool:
    """Whether `act` was done with what was typed: then its words are told, else the faults stand at `form`."""
    if not form.is_valid():
        return False
    try:
        told = act()
    except ValidationError as error:
        form.take(error)
        return False
    messages.success(request, told)
    return True


def text_seen(request: HttpRequest) -> int:
    """The number of the text that the page showed. Raises StepNotAllowed without one."""
    number = request.POST.get("tekst", "")
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        raise StepNotAllowed("the form names no text")
    return int(number)


def parsed_key(request: HttpRequest) -> uuid.UUID:
    """The thing that a form is about, as its page named it. Raises StepNotAllowed without one."""
    try:
        return uuid.UUID(request.POST.get("besluit", ""))
    except ValueError:
        raise StepNotAllowed("decide: the form names nothing") from None
