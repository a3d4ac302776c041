"""Problem details (RFC 9457): the form of every 4xx and 5xx under /api, whoever gave it."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from rest_framework.exceptions import APIException
from rest_framework.views import exception_handler as status_of_exception

PROBLEM = "application/problem+json"
# Title and detail for people who read Dutch, as the documentation of the API is.
WORDS = {
    400: ("Ongeldige vraag", "De server kan deze vraag niet lezen."),
    401: ("Geen sleutel", "Stuur een sleutel mee die werkt."),
    403: ("Mag niet", "Deze sleutel mag dit niet."),
    404: ("Niet gevonden", "Op dit adres staat niets. Een adres van de API eindigt niet op een schuine streep."),
    405: ("Niet toegestaan", "Deze methode mag hier niet. In de header Allow staat wat wel mag."),
    408: ("Niet heel", "Wat u stuurde kwam niet helemaal aan. Probeer het nog eens."),
    409: ("Kan nu niet", "Dit kan niet zoals het er nu voor staat. Lees het concept opnieuw."),
    411: ("Lengte ontbreekt", "Zeg in de header Content-Length hoe groot is wat u stuurt."),
    412: ("Intussen veranderd", "Het concept is veranderd nadat u het las. Lees het opnieuw."),
    413: ("Te groot", "Wat u stuurt is te groot."),
    415: ("Vorm niet bekend", "Stuur JSON (application/json)."),
    422: ("Andere vraag", "Deze vraag is anders dan die bij dezelfde Idempotency-Key."),
    428: ("If-Match ontbreekt", "Stuur in de header If-Match de ETag van het concept dat u las."),
    429: ("Te vaak", "U vroeg dit te vaak. Wacht zo lang als de header Retry-After zegt, in seconden."),
    500: ("Fout bij ons", "Er ging iets mis bij ons. Probeer het later nog eens."),
    503: ("Werkt nu niet", "Dit werkt nu niet. Probeer het later nog eens."),
}
OTHER = ("Fout", "De server kan deze vraag niet beantwoorden.")


class InvalidQuestion(APIException):
    """400 with everything that is wrong at once: `errors` has {"in", "name", "detail"} of each (ADR, all-errors)."""

    status_code = HTTPStatus.BAD_REQUEST

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__("In de vraag staat iets wat niet klopt.")
        self.errors = errors


class Problem(APIException):
    """An answer of our own: a status, and words for it unless the usual ones do."""

    def __init__(self, status: int, detail: str = "", *, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status_code = status
        self.words = detail
        self.headers = headers or {}


def problem(
    status: int, *, detail: str = "", errors: list[dict[str, str]] | None = None, headers: dict[str, str] | None = None
) -> HttpResponse:
    """An answer with problem details; `detail` replaces the usual words of `status`."""
    title, usual = WORDS.get(status, OTHER)
    body: dict[str, Any] = {"status": status, "title": title, "detail": detail or usual}
    if errors:
        body["errors"] = errors
    return HttpResponse(_text(body), status=status, content_type=PROBLEM, headers=headers)


def _text(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def exception_handler(exception: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """What DRF answers to an exception; None leaves it to Django, whose 500 becomes a problem in `as_problem`."""
    if isinstance(exception, Problem):
        return problem(exception.status_code, detail=exception.words, headers=exception.headers)
    known = status_of_exception(exception, context)
    if known is None:
        return None
    own = isinstance(exception, InvalidQuestion) or (isinstance(exception, APIException) and known.status_code == 400)
    return problem(
        known.status_code,
        detail=str(getattr(exception, "detail", "")) if own else "",
        errors=getattr(exception, "errors", None),
        headers={name: known[name] for name in ("Allow", "Retry-After") if name in known},
    )


def as_problem(response: HttpResponse) -> None:
    """Give an error that Django or a middleware answered (HTML, or nothing at all) the body of a problem.

    The answer itself stays, with the headers that the others gave it.
    """
    made = problem(response.status_code)
    response.content = made.content
    response.headers["Content-Type"] = PROBLEM
    response.headers.pop("Content-Encoding", None)
    response.headers["Content-Length"] = str(len(made.content))
