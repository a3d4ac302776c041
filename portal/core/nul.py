"""NUL in what somebody asks or sends: no text holds it, nobody can type it, and PostgreSQL does not take it.

Before any view of people who sign in reads it, it becomes SUBSTITUTE: the control character that ASCII has for what
came in wrong. Where text is cleaned that goes too, where hidden characters are refused it is refused, and a name or
code that holds it is the name of nothing. So every view answers what it answers to any other wrong text, and a save is
not lost. Why not taken out or refused here: portal/docs/adr/0018-drafts.md.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from portal.core.private import is_private

NUL, SUBSTITUTE = "\0", "\x1a"


class NulMiddleware:
    """Stands before the session, whose number is in a cookie; a form is looked at when its body has been read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        if is_private(request):
            request.GET = without_nul(request.GET)
            request.COOKIES = {_text(name): _text(value) for name, value in request.COOKIES.items()}
        return self.get_response(request)

    def process_view(self, request: Any, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Before the views, and before whoever looks for the token of a form."""
        if request.method == "POST" and is_private(request):
            request.POST = without_nul(request.POST)


def without_nul(sent: QueryDict) -> QueryDict:
    """`sent` with SUBSTITUTE where NUL stood."""
    if not any(NUL in text for name, values in sent.lists() for text in (name, *values)):
        return sent
    changed = QueryDict(mutable=True)
    for name, values in sent.lists():
        changed.setlist(_text(name), [_text(value) for value in values])
    return changed


def _text(text: str) -> str:
    return text.replace(NUL, SUBSTITUTE)
