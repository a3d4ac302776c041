"""Every answer under /api, also one that Django or another middleware gives: problem details, version, CORS."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from portal.api.problems import PROBLEM, as_problem
from portal.api.version import VERSION
from portal.core.public import is_keyed_at

PREFIX = "/api"


def is_api(path: str) -> bool:
    """Whether an address belongs to the API."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


class ApiMiddleware:
    """Stands around all others, so that no refusal of theirs is HTML under /api; it keeps the headers they set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not is_api(request.path_info):
            return response
        is_preflight = request.method == "OPTIONS" and response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
        if is_preflight and not is_keyed_at(request.path_info):
            _preflight(response)
        elif response.status_code >= HTTPStatus.BAD_REQUEST:
            if response.headers.get("Content-Type") != PROBLEM:
                as_problem(response)
        elif response.status_code >= HTTPStatus.MULTIPLE_CHOICES:
            response.headers.pop("Content-Type", None)  # Django calls an empty redirect HTML
        response.headers["API-Version"] = VERSION
        if is_keyed_at(request.path_info):  # for programs, not for pages of other websites; kept by nobody
            response.headers["Cache-Control"] = "private, no-store"
            return response
        # Open data: a page of anybody may read it. Nothing here depends on who asks, so no credentials are needed.
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "API-Version, ETag, Retry-After"
        return response


def _preflight(response: HttpResponse) -> None:
    """Make of a refused OPTIONS the answer that a browser asks for before it reads from another site."""
    response.status_code = HTTPStatus.NO_CONTENT
    response.content = b""
    response.headers.pop("Content-Type", None)
    methods = f"{response.headers['Allow']}, OPTIONS"
    response.headers["Allow"] = methods
    response.headers["Access-Control-Allow-Methods"] = methods
    response.headers["Access-Control-Allow-Headers"] = "Content-Type, If-None-Match"
    response.headers["Access-Control-Max-Age"] = "86400"
