"""Asking the whole application as the server does, with the cache in front of Django."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Counted:
    """Django, counting how often it is asked and by what."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self._handler = WSGIHandler()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.asked.append(environ)
        return self._handler(environ, start_response)


class Answer:
    """What a WSGI application answers to one request."""

    def __init__(self, application: Application, path: str, method: str = "GET", **headers: str) -> None:
        environ = RequestFactory(headers={name.replace("_", "-"): value for name, value in headers.items()}).generic(
            method, path
        ).environ  # fmt: skip
        told: list[Any] = []
        with _one_connection():
            answer = application(environ, lambda *arguments: told.append(arguments))
            self.body = b"".join(answer)
            if hasattr(answer, "close"):
                answer.close()
        self.status = int(told[0][0].split()[0])
        self.headers = {name.lower(): value for name, value in told[0][1]}
        self.told = len(told)


@contextmanager
def _one_connection() -> Iterator[None]:
    """Keep the connection of the test, as Django's own client does: the data of a test lives in its transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
