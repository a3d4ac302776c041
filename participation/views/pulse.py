"""The six questions about working together, for one person who is asked: once, and without a name."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.actions.pulse import answer
from participation.models import PulseAsked
from participation.pulse_forms import PulseForm
from participation.views.project_common import GET_OR_POST


@GET_OR_POST
def pulse(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The questions; by POST the answers. Whoever is not asked, or any more, finds nothing here."""
    asked = get_object_or_404(
        PulseAsked.objects.select_related("round__project__organisation"), round__uuid=key, user=request.user.pk
    )
    form = PulseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer(round_=asked.round, values=form.values(), by=request.user, now=timezone.now())
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("Dank u wel. Wij bewaren niet wie wat antwoordde."))
            return redirect("participation:pulse", key)
    is_open = asked.round.closes_on >= timezone.localdate()
    context = {"asked": asked, "project": asked.round.project, "form": form, "is_open": is_open}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
    return render(request, "participation/pulse.html", context, status=status)
