"""The workspace: what needs somebody today, gathered from every part of the portal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation import workspace as participation
from transparency import workspace as transparency


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """What the person who is signed in has to do."""
    tasks = [*participation.tasks_for(request.user), *transparency.tasks_for(request.user)]
    context = {"tasks": tasks, "late": _("Te laat")}
    return render(request, "work/home.html", context)
