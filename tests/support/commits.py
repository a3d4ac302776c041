"""What waits for a commit, done at the end of each request: a test rolls back and so never commits."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.test import TestCase


class CommitMiddleware:
    """The innermost middleware of the tests: mails and messages that wait for a commit are sent behind the view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with TestCase.captureOnCommitCallbacks(execute=True):
            return self.get_response(request)
