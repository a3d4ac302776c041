"""The workspace of a representative: my roles, what is asked of me, my advice and its answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.my_page import context_of


@require_safe
def deelname(request: HttpRequest) -> HttpResponse:
    """What the person who is signed in takes part in."""
    return render(request, "participation/deelname.html", context_of(request.user) | {"late": _("Te laat")})
