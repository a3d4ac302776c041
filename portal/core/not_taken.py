"""A form of a person that is not taken: the page says why, and shows what was typed, so that nothing is lost.

htmx gets the reason alone, for a place of its own on the page (`templates/work/base.html`): what was typed stays. The
status is 403, for a 401 must name a way to sign in that browsers know (RFC 9110, 15.5.2), and ours is a page.
"""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.core.htmx import wants_fragment

PLACE = "#niet-verstuurd"  # where htmx puts the reason
SECRET = re.compile(r"passw|secret|token|credential|^code$")  # in the name of a field: never shown, never sent back
_KEPT_FOR_US = re.compile(r"was\.|seen\.|(?:blad|beurt|doe)$")  # fields of the writing form that nobody typed
_CODE = re.compile(r"[A-Z0-9_]*|[a-z0-9:._-]*")  # a choice, a number, a key: what a form sends without anybody typing


def not_taken(request: HttpRequest, reason: str, *, is_ours: bool = True, **more: Any) -> HttpResponse:
    """The answer to a form that is not taken for `reason`. `is_ours`: another website cannot have sent it."""
    context = {"reason": reason, "back": page_before(request) or request.path, **more}
    if wants_fragment(request):
        response = render(request, "refused.html#reden", context, status=HTTPStatus.FORBIDDEN)
        for name, value in {"Retarget": PLACE, "Reswap": "innerHTML", "Reselect": "unset"}.items():
            response.headers[f"HX-{name}"] = value
    else:
        if is_ours:
            context |= {"typed": list(dict.fromkeys(typed(request))), "had_files": bool(request.FILES)}
        response = render(request, "refused.html", context, status=HTTPStatus.FORBIDDEN)
    response.headers["Cache-Control"] = "no-store"
    return response


def typed(request: HttpRequest) -> Iterator[str]:
    """The texts that somebody typed in the form that was sent, in its order."""
    for name, value in sent(request):
        if value.strip() and not _CODE.fullmatch(value) and not _KEPT_FOR_US.match(name):
            yield value


def sent(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """(name, value) of everything in the form that was sent but its secrets."""
    for name, values in request.POST.lists():
        if not SECRET.search(name.lower()):
            yield from ((name, value) for value in values)


def page_before(request: HttpRequest) -> str:
    """The page of ours on which the form stood; empty when the browser does not say."""
    before = urlsplit(request.headers.get("Referer", ""))
    if before.netloc != request.get_host():
        return ""
    return f"{before.path}?{before.query}" if before.query else before.path
