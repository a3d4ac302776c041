"""The postbox: anyone may read it, and it is only there with EXAMPLE_PEOPLE."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.postbox.models import Mail


def _only_to_try(view: Callable[..., HttpResponse]) -> Any:
    """A page for everybody, where there are example people."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.EXAMPLE_PEOPLE:
            raise Http404
        return view(request, *args, **kwargs)

    return login_not_required(require_safe(guarded))


@_only_to_try
def postbox(request: HttpRequest) -> HttpResponse:
    """Every mail, the newest first."""
    return render(request, "postbox/list.html", {"mails": Mail.objects.all()})


@_only_to_try
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """One mail, as text."""
    return render(request, "postbox/mail.html", {"mail": get_object_or_404(Mail, pk=pk)})
