"""The base of API views that ask for a key: scopes, conditions, and answers that may be asked for twice."""

import hashlib
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, ClassVar

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from portal.api.problems import InvalidQuestion, Problem
from portal.api.views import SendView
from portal.keys.actions import fill_answer, keep_answer
from portal.keys.actor import Program
from portal.keys.models import KeptAnswer, Scope

_TOKEN = re.compile(r"[\x21-\x7e]{1,200}")
_TAG = re.compile(r'(?:W/)?"([0-9]{1,9})"')
KEPT_HEADERS = ("Location", "ETag")
Make = Callable[[], HttpResponse]


class KeyedView(SendView):
    """A view for programs with a key. `scopes` says per method what the key must allow."""

    scopes: ClassVar[dict[str, Scope]]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse a key that does not allow this, before what was sent is read."""
        self.refuse_other_methods(request)
        needed = self.scopes["GET" if request.method == "HEAD" else request.method or ""]
        if needed not in program_of(request).key.scopes:
            raise Problem(
                HTTPStatus.FORBIDDEN, f"Deze sleutel mag dit niet. Er is {needed.value} voor nodig.",
                headers={"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{needed.value}"'},
            )  # fmt: skip
        super().initial(request, *args, **kwargs)

    def sender(self, request: Request) -> str:
        """Bodies wait for each other per key, not per address: a hospital has one for all its programs."""
        return f"key {program_of(request).key.pk}"


def program_of(request: Request) -> Program:
    """The program that asks (`KeyMiddleware`)."""
    program: Program = request._request.program
    return program


def once(request: Request, make: Make) -> HttpResponse:
    """The answer that `make` gives, all of it or nothing; with an Idempotency-Key it is made once in 24 hours.

    The same key and question get the same answer again. Raises Problem (422) when the question is another one. What
    was refused is not kept: whoever mends it may use the same key.
    """
    token = request.headers.get("Idempotency-Key")
    if token is not None and not _TOKEN.fullmatch(token):
        raise InvalidQuestion([
            {"in": "header", "name": "Idempotency-Key", "detail": "Geef 1 tot 200 tekens zonder spaties."}
        ])  # fmt: skip
    with transaction.atomic():
        if token is None:
            return make()
        kept, is_new = keep_answer(
            key=program_of(request).key, token=token, question_hash=_digest(request), now=timezone.now()
        )
        if not is_new:
            return _told_again(kept, _digest(request))
        response = make()
        headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
        fill_answer(kept=kept, status=response.status_code, body=response.content.decode(), headers=headers)
    return response


def _digest(request: Request) -> str:
    plain = request._request
    said = (plain.method, plain.get_full_path(), request.headers.get("If-Match", ""))
    return hashlib.sha256("\n".join(map(str, said)).encode() + b"\n" + plain.body).hexdigest()


def _told_again(kept: KeptAnswer, digest: str) -> HttpResponse:
    if kept.question_hash != digest:
        detail = "Deze Idempotency-Key hoort bij een andere vraag. Neem voor elke vraag een nieuwe."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail)
    return HttpResponse(
        kept.body.encode(), status=kept.status, content_type="application/json", headers=kept.headers
    )  # fmt: skip


def seen_revision(request: Request) -> int:
    """The revision that the program read, from If-Match. Raises Problem (428) without it, InvalidQuestion."""
    told = request.headers.get("If-Match")
    if told is None:
        raise Problem(HTTPStatus.PRECONDITION_REQUIRED)
    found = _TAG.fullmatch(told.strip())
    if found is None:
        detail = "Geef de ETag uit het antwoord, met aanhalingstekens."
        raise InvalidQuestion([{"in": "header", "name": "If-Match", "detail": detail}])
    return int(found[1])
