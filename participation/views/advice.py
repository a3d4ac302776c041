"""A piece of advice, for everybody."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from participation.advice_page import for_showing, shown
from participation.models import Advice
from portal.core.public import public_page


@public_page
def advice(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """One piece of public advice from asking to verdict."""
    found = get_object_or_404(for_showing(Advice.objects.public()), uuid=key, project__slug=slug)
    context = {"one": shown(found, timezone.localdate()), "project": found.project}
    return render(request, "participation/advice.html", context)
