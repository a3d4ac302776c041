"""The workspace: what needs somebody today, gathered from every part of the portal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from transparency.claim_tasks import claim_tasks, ways_for
from transparency.workspace import tasks_for


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """What the person who is signed in has to do."""
    context = {
        "tasks": [*tasks_for(request.user), *claim_tasks(request.user)],
        "ways": ways_for(request.user),
        "late": _("Te laat"),
    }
    return render(request, "work/home.html", context)
