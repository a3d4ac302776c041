"""The one way in which a GET leaves a trace: what a page says it showed is written when the page was made.

Such a write runs outside the read-only block but before the answer goes out, so nobody sees a page of which the trace
could not be kept (portal/docs/adr/0030). Only a function that is marked with its reason can be handed in.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

SHOWN = (HTTPStatus.OK, HTTPStatus.UNPROCESSABLE_ENTITY)  # answers that show the page; a refusal shows nothing
_WAITING = "_after_reading"


def written_after_reading(reason: str) -> Callable[[Any], Any]:
    """A function that may write what somebody read; `reason` says why nothing else will do."""

    def mark(write: Any) -> Any:
        write.written_after_reading = reason
        return write

    return mark


def after_reading(request: HttpRequest, write: Callable[..., None], **what: Any) -> None:
    """Call `write(**what)` once the page of `request` is made. Raises TypeError for a function without the mark."""
    if not getattr(write, "written_after_reading", ""):
        raise TypeError(f"{write.__name__} may not write after reading")
    waiting = getattr(request, _WAITING, [])
    setattr(request, _WAITING, [*waiting, (write, what)])


def write_what_was_read(request: HttpRequest, response: HttpResponse) -> None:
    """Do what waits, all or nothing, when `response` shows the page."""
    waiting = getattr(request, _WAITING, [])
    if waiting and response.status_code in SHOWN:
        with transaction.atomic():
            for write, what in waiting:
                write(**what)
