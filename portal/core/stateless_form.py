"""Forms on public pages that change nothing (decisions.md): no cookie and no token, so the cache keeps the empty form.

In place of Django's token stands what the browser itself says of where a form came from.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from portal.core.body import Refused, read_within_bounds
from portal.core.htmx import wants_fragment

METHODS = ("GET", "HEAD", "POST")
View = Callable[..., HttpResponse]


def stateless_form(view: View | None = None, *, query: Iterable[str] = ()) -> Any:
    """A public page with a form: its GET may be cached, its POST comes from a page of ours and is never stored.

    The body of a POST is read before the view is asked, within the bounds of `portal.core.body`. `query` is as in
    `portal.core.public.public_page`.
    """
    if view is None:
        return lambda decorated: stateless_form(decorated, query=query)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            _refuse_others(request)
            read_within_bounds(request)
        except Refused as refusal:
            response = _tell(request, refusal)
        else:
            response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response

    marked: Any = csrf_exempt(login_not_required(require_http_methods(METHODS)(guarded)))
    marked.query_keys, marked.methods = tuple(query), METHODS
    return marked


def _refuse_others(request: HttpRequest) -> None:
    if is_from_elsewhere(request):
        raise Refused(HTTPStatus.FORBIDDEN, _("Dit formulier komt van een andere website. Vul het hier in."))


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether the browser says that another site sent this. What is no browser says nothing and can mislead nobody.

    Every browser of today sends Sec-Fetch-Site over https, and an older one Origin with a POST.
    """
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site not in {"same-origin", "none"}  # none: the reader himself, by loading the page again
    if origin is None:
        return False
    ours = {request.get_host(), urlsplit(settings.PUBLIC_URL).netloc}
    return origin.partition("://")[2] not in ours


def is_from_us(request: HttpRequest) -> bool:
    """Whether the browser says that a page of ours sent this; one that says nothing is not believed."""
    return ("Sec-Fetch-Site" in request.headers or "Origin" in request.headers) and not is_from_elsewhere(request)


def _tell(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """The reason as a page; for htmx as a part that stands where the answer would have stood."""
    fragment = wants_fragment(request)
    template = "refused.html#reden" if fragment else "refused.html"
    response = render(request, template, {"reason": refusal.reason}, status=refusal.status)
    if fragment:
        response.headers["HX-Reswap"] = "innerHTML"
    if refusal.status == HTTPStatus.SERVICE_UNAVAILABLE:
        response.headers["Retry-After"] = "60"
    return response
