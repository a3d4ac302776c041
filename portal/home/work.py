"""The workspace: what needs somebody today, gathered from every part of the portal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from participation import workspace as participation
from participation.money_tasks import works_with_money
from portal.accounts import waiting_roles
from portal.ui.tasks import in_groups
from transparency.claim_tasks import ways_for
from transparency.tasks import tasks_for
from transparency.workspace import may_start


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """What the person who is signed in has to do, in groups, and the ways on."""
    tasks = [*waiting_roles.tasks_for(request.user), *participation.tasks_for(request.user), *tasks_for(request.user)]
    context = {
        "groups": in_groups(tasks),
        "number": len(tasks),
        "may_start": may_start(request.user),
        "ways": ways_for(request.user),
        "works_with_money": works_with_money(request.user),
    }
    return render(request, "work/home.html", context)
