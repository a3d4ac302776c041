"""The workspace of a representative: my roles, what is asked of me, my advice and its answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from participation.models import Assignment
from participation.workspace import tasks_for


@require_safe
def deelname(request: HttpRequest) -> HttpResponse:
    """What the person who is signed in takes part in."""
    mine = Assignment.objects.filter(user=request.user.pk).select_related("project__organisation")
    context = {"assignments": mine.order_by("state", "-proposed_at"), "tasks": list(tasks_for(request.user))}
    return render(request, "participation/deelname.html", context)
