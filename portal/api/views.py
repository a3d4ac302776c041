"""The base of every API view: open to read, one form of answer, errors as problem details."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from rest_framework.exceptions import APIException, MethodNotAllowed, ParseError, UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.views import APIView

from portal.api.paging import Page, next_address
from portal.core.body import Refused, read_within_bounds

LARGEST_BODY = 100_000  # bytes


class BodyRefused(APIException):
    """What was sent is too large, not whole or of no known length, or too many send at once."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__()
        self.status_code = status
        self.wait = 60 if status == HTTPStatus.SERVICE_UNAVAILABLE else None


def as_json(document: Any) -> str:
    """`document` as compact JSON that can be sent as UTF-8."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:  # a lone surrogate that came so: JSON can write it only as an escape
        return json.dumps(document, ensure_ascii=True, separators=(",", ":"))
    return text


def answer(text: str, content_type: str = "application/json") -> HttpResponse:
    """An answer with JSON that is ready."""
    return HttpResponse(text.encode(), content_type=content_type)


def page_answer(request: Request, asked: dict[str, list[str]], page: Page) -> HttpResponse:
    """An answer with one page of a list; its items were made before and are only joined (speed.md)."""
    following = as_json(next_address(request, asked, page.next) if page.next else None)
    return answer(f'{{"total":{page.total},"next":{following},"items":[{",".join(page.items)}]}}')


class OpenView(APIView):
    """A view that anyone may read. It knows no session and no user, and always answers JSON whatever Accept says."""

    authentication_classes = ()
    permission_classes = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse a body before anybody reads it: a question to read stands in its address.

        So nested or huge JSON is a 400 or 413 at no cost. `SendView` is for what takes one. What DRF does here (who
        are you, in which form, which version) has one outcome for everybody and is not done.
        """
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        if length.isdigit() and int(length) > LARGEST_BODY:
            raise BodyRefused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        if length != "0" or request.META.get("HTTP_TRANSFER_ENCODING"):
            raise ParseError("Een vraag om te lezen heeft geen inhoud: alles staat in het adres.")


class SendView(OpenView):
    """A view that anyone may send JSON to: UTF-8, within the bounds of `portal.core.body`, and stored nowhere."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse another form than JSON, and read the body: nothing after this waits for it."""
        self.refuse_other_methods(request)
        if request.method in {"GET", "HEAD"}:
            super().initial(request, *args, **kwargs)
            return
        kind = request.META.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
        if request.method in {"POST", "PUT", "PATCH"} and kind != "application/json":
            raise UnsupportedMediaType(kind)
        try:
            read_within_bounds(request._request, sender=self.sender(request))
        except Refused as refusal:
            raise BodyRefused(refusal.status) from refusal

    def refuse_other_methods(self, request: Request) -> None:
        """A method that this view does not have is a 405, whatever came with it."""
        if request.method not in self.allowed_methods:
            raise MethodNotAllowed(request.method or "")

    def sender(self, request: Request) -> str:
        """Who sends, where that is better known than by the address."""
        return ""


def sent_json(request: Request) -> Any:
    """The JSON that was sent to a SendView. Raises ParseError when it is none, or is nested too deep."""
    try:
        return json.loads(request._request.body.decode())
    except (ValueError, RecursionError):
        raise ParseError("Wat u stuurt is geen JSON in UTF-8, of te diep genest.") from None
