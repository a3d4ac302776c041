"""The workspace of a representative: my roles, what is asked of me, my advice and its answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.models import Seen
from participation.my_page import context_of
from participation.view_log import saw


@require_safe
def deelname(request: HttpRequest) -> HttpResponse:
    """What the person who is signed in takes part in."""
    context = context_of(request.user) | {"late": _("Te laat")}
    for one in context["buddy_of"]:
        if one.buddy_agreed_at is not None:
            saw(request, one.user, Seen.ASSIGNMENT, one.project)
    return render(request, "participation/deelname.html", context)
