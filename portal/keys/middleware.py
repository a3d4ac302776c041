"""Who asks with a key: found, counted and noted before the view, for a GET may write nothing."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portal.api.problems import problem
from portal.core.public import is_keyed_at
from portal.core.visitor import network_of
from portal.keys.actions import key_of, note_use
from portal.keys.actor import Program
from portal.limits.actions import Limit, take

EVERY_KEY = Limit(name="api-key", capacity=120, per_second=2)
WRONG_KEYS = Limit(name="api-key-wrong", capacity=30, per_second=1)  # of one visitor
_NO_KEY = "Stuur uw sleutel mee: Authorization: Bearer aimz_…"
_WRONG = (
    "Deze sleutel werkt niet. Is hij verlopen of ingetrokken? Vraag een beheerder van uw organisatie om een nieuwe."
)


class KeyMiddleware:
    """Gives a view for keys (`portal.core.public.keyed`) `request.program`, or answers 401 or 429 in its place."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_keyed_at(request.path_info) or request.method == "OPTIONS":
            return self.get_response(request)
        return self._refusal(request) or self.get_response(request)

    def _refusal(self, request: Any) -> HttpResponse | None:
        scheme, _sep, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            return _unauthorised(_NO_KEY)
        now = timezone.now()
        key = key_of(token.strip(), now)
        if key is None:
            wait = take(WRONG_KEYS, network_of(request))
            return _too_often(wait) if wait else _unauthorised(_WRONG, 'error="invalid_token"')
        if wait := take(EVERY_KEY, f"key {key.pk}"):
            return _too_often(wait)
        note_use(key=key, now=now)
        request.program = Program(key)
        return None


def _unauthorised(detail: str, more: str = "") -> HttpResponse:
    headers = {"WWW-Authenticate": f'Bearer realm="AI in mijn zorg"{", " if more else ""}{more}'}
    return problem(HTTPStatus.UNAUTHORIZED, detail=detail, headers=headers)


def _too_often(wait: int) -> HttpResponse:
    return problem(HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(wait)})
