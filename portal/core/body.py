"""The body of a POST, read with bounds: how large it is, and how many are waited for at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from threading import Condition

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.core.visitor import network_of

LARGEST = 300_000  # bytes: 20,000 characters of four bytes, each written as %XX, with room
PATIENCE = 0.25  # seconds that a POST waits for its turn

# The server hands a request over when its head is in. Whoever sends the rest slowly, or never, holds a thread for as
# long as he likes (a read of granian cannot be given up: the whole worker then stands still). So each visitor holds at
# most one, and all together half of them: the others stay free for who reads.
MOST_AT_ONCE = max(1, settings.SERVER_THREADS // 2)
_reading: set[str] = set()
_changed = Condition()


class Refused(Exception):
    """A POST that we do not take: `status`, and the reason in plain words."""

    def __init__(self, status: HTTPStatus, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def read_within_bounds(request: HttpRequest, *, most: int = LARGEST, sender: str = "") -> None:
    """Read the body of `request`, so that `request.body` and `request.POST` are there at once. Raises Refused.

    At most `most` bytes; `sender` names who sends it, where that is better known than by the address.
    """
    told = request.META.get("CONTENT_LENGTH") or "0"
    if request.META.get("HTTP_TRANSFER_ENCODING"):
        raise Refused(HTTPStatus.LENGTH_REQUIRED, _("Zeg vooraf hoe groot is wat u stuurt (Content-Length)."))
    if not (told.isascii() and told.isdigit()) or len(told) > 9 or int(told) > most:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("Wat u stuurt is te groot. Stuur minder tegelijk."))
    with _turn(sender or network_of(request)):
        try:
            is_whole = len(request.body) >= int(told)
        except OSError:  # the sender went away
            is_whole = False
    if not is_whole:
        raise Refused(HTTPStatus.REQUEST_TIMEOUT, _("Wat u stuurde kwam niet helemaal aan. Probeer het nog eens."))


@contextmanager
def _turn(visitor: str) -> Iterator[None]:
    """Wait until `visitor` may send a body. Raises Refused when that takes too long."""
    with _changed:
        is_free = _changed.wait_for(lambda: visitor not in _reading and len(_reading) < MOST_AT_ONCE, PATIENCE)
        if not is_free:
            raise Refused(
                HTTPStatus.SERVICE_UNAVAILABLE, _("Het is nu erg druk. Probeer het over een minuut nog eens.")
            )
        _reading.add(visitor)
    try:
        yield
    finally:
        with _changed:
            _reading.discard(visitor)
            _changed.notify_all()
