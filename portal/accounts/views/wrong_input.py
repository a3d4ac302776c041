"""What was sent with a form, and the status of a page that says what is wrong with it: 422."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

FORMS = ("form", "webauthn_form")


def posted(request: HttpRequest) -> Any:
    """What was sent; None when nothing was, so that a form is empty and not wrong."""
    return request.POST if request.method == "POST" else None


def says_so(view: Callable[..., HttpResponse]) -> Any:
    """`view` with the status 422 when a form on its page has mistakes: those of allauth answer 200."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        context: Any = getattr(response, "context_data", None) or {}
        if request.method == "POST" and response.status_code == HTTPStatus.OK:
            if any(getattr(context.get(name), "errors", None) for name in FORMS):
                response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    return wrapped
