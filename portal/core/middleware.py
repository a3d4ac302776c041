"""Small middleware of our own: language from the address, a header on every answer, GET that cannot write."""

import threading
from collections.abc import Callable
from contextlib import nullcontext
from http import HTTPStatus
from typing import Any

from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import translation

from portal.core.after_reading import write_what_was_read
from portal.core.body import LARGEST, Refused, read_within_bounds
from portal.core.private import is_private
from portal.core.public import PUBLIC, is_keyed, language_of, view_at
from portal.core.readonly import readonly
from portal.core.workflow import StepNotAllowed

PRIVATE_METHODS = ("GET", "HEAD", "POST")  # of every page of people who sign in; each view says which of them it takes
GetResponse = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """Take the language from the address and from nothing else, so that an address is one page for everybody."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.thread = threading.local()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Until a thread switches a language on, each question for it takes twice as long.
        if not hasattr(self.thread, "speaks"):
            translation.activate(translation.get_language() or settings.LANGUAGE_CODE)
            self.thread.speaks = True
        language = language_of(request.path_info)
        request.LANGUAGE_CODE = language
        is_on = language == translation.get_language()  # nearly always; to switch it on costs as much as a question
        with nullcontext() if is_on else translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class MethodMiddleware:
    """Refuse what an address does not take before anybody reads its body: one that never comes would hold a thread.

    Only a view that says so (`methods`) takes more than every page does, and reads within bounds (`portal.core.body`).
    A HEAD of a page of people who sign in is a GET to everything inside: allauth counts and writes at any other method.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        permitted = PRIVATE_METHODS if is_private(request) else settings.ALLOWED_METHODS
        if request.method not in permitted:
            permitted = getattr(view_at(request.path_info), "methods", permitted)
        if request.method not in permitted:
            return HttpResponseNotAllowed(permitted)
        if request.method != "HEAD" or not is_private(request):
            return self.get_response(request)
        request.method = "GET"
        response: Any = self.get_response(request)
        request.method = "HEAD"
        if response.streaming:
            response.streaming_content = ()
        else:
            response.content = b""
        return response


class BodyMiddleware:
    """Read what is sent to a private address before its view is asked, within bounds; stands behind the sign-in.

    A view says with `portal.core.private.takes_files` that it takes more than a form.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not is_private(request):
            return self.get_response(request)
        user = request.user
        most = getattr(view_at(request.path_info), "largest_body", LARGEST) if user.is_authenticated else LARGEST
        try:
            read_within_bounds(request, most=most, sender=f"user {user.pk}" if user.is_authenticated else "")
        except Refused as refusal:
            response = render(request, "refused.html", {"reason": refusal.reason}, status=refusal.status)
            response.headers["Cache-Control"] = "no-store"
            return response
        return self.get_response(request)


class PolicyMiddleware:
    """Say on every answer what a page may load, and that other sites may not embed it (standards.md, headers).

    django-csp writes the policy; its own middleware would write it again for each answer, and ours is always the same.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.policies = {
            "Content-Security-Policy": build_policy(),
            "Cross-Origin-Resource-Policy": "same-origin",
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, policy in self.policies.items():
            response.headers.setdefault(name, policy)
        return response


class PublicPageMiddleware:
    """Say of a public page that everybody may keep it: the cache in front of Django, a CDN, the reader's browser.

    A shared cache asks again after half a minute, a browser always; both get a 304 when nothing changed.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.META.get(PUBLIC) and response.status_code == HTTPStatus.OK:
            response.headers.setdefault("Cache-Control", "public, max-age=0, s-maxage=30")
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> None:
        """Mark the request when its view is one that anyone may read (see `portal.core.public`)."""
        is_open = not getattr(view, "login_required", True) and not is_keyed(view)
        if request.method in {"GET", "HEAD"} and is_open:
            request.META[PUBLIC] = True


class ShortcutMiddleware:
    """Lead the reader of a public page past what only serves people who sign in: up to ShortcutEndMiddleware.

    Each of those steps aside for a public page by itself; not to ask them took an eighth off an answer of the API.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.end = ShortcutEndMiddleware.newest.get_response  # made just before: Django begins with the innermost

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_short = request.method in {"GET", "HEAD"} and not is_private(request)
        return self.end(request) if is_short else self.get_response(request)


class ShortcutEndMiddleware:
    """Where ShortcutMiddleware leads to."""

    newest: "ShortcutEndMiddleware"

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        ShortcutEndMiddleware.newest = self

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)


class ReadOnlyMiddleware:
    """Refuse any write to the database while a GET or HEAD is answered; `writes_on_get` marks the exception.

    What a page must tell that it showed (`portal.core.after_reading`) is written when it is made, before it goes out.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._answered(request)
        write_what_was_read(request, response)
        return response

    def _answered(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            return self.get_response(request)
        is_of_a_person = is_private(request)
        if is_of_a_person and getattr(view_at(request.path_info), "writes_on_get", False):
            return self.get_response(request)
        with readonly(from_replica=not is_of_a_person):
            return self.get_response(request)


class StepMiddleware:
    """Say in plain words that a step was not possible any more (409): a double click, or somebody was first."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page that says what happened and where to look how things stand now."""
        if not isinstance(exception, StepNotAllowed) or not is_private(request):
            return None
        context = {"told": exception.told, "back": page_above(request.path_info)}
        return render(request, "409.html", context, status=HTTPStatus.CONFLICT)


def page_above(path: str) -> str:
    """The nearest page above the address of a step: that of the thing it was about."""
    while path.count("/") > 2:
        path = f"{path.rstrip('/').rpartition('/')[0]}/"
        try:
            view = resolve(path).func
        except Resolver404:
            continue
        if not getattr(view, "only_post", False):
            return path
    return "/"
