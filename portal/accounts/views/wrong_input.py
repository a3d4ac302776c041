"""Views of others answer a form with mistakes with 200; ours, and so all, with 422."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

FORMS = ("form", "webauthn_form")


def says_so(view: Callable[..., HttpResponse]) -> Any:
    """`view` with the status 422 when a form on its page has mistakes."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        context: Any = getattr(response, "context_data", None) or {}
        if request.method == "POST" and response.status_code == HTTPStatus.OK:
            if any(getattr(context.get(name), "errors", None) for name in FORMS):
                response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    return wrapped
