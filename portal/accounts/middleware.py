"""Session, sign-in and messages, for private addresses only: a public page knows no cookie (decisions.md, Pages)."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import middleware as auth
from django.contrib.auth.views import redirect_to_login
from django.contrib.messages import middleware as messages
from django.contrib.sessions import middleware as sessions
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from portal.accounts.second_factor import is_missing
from portal.core.htmx import wants_fragment
from portal.core.not_taken import not_taken, page_before
from portal.core.private import is_private


class _OnlyPrivate:
    """Steps aside for a public address."""

    get_response: Any

    def __call__(self, request: HttpRequest) -> Any:
        if not is_private(request):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc]


class SessionMiddleware(_OnlyPrivate, sessions.SessionMiddleware):
    """Django's, for private addresses."""


class AuthenticationMiddleware(_OnlyPrivate, auth.AuthenticationMiddleware):
    """Django's, for private addresses. Reads the person at once: a session that ended is thrown away, which writes."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        bool(request.user.is_authenticated)


class MessageMiddleware(_OnlyPrivate, messages.MessageMiddleware):
    """Django's, for private addresses."""


class SignInMiddleware(auth.LoginRequiredMiddleware):
    """Sign-in is the rule: only a view that says `login_not_required` is for everybody.

    Who needs a second factor and has none yet, is led to where it is set up. No page of a person is ever stored.
    """

    def __call__(self, request: HttpRequest) -> Any:
        response: Any = super().__call__(request)
        if is_private(request):
            add_never_cache_headers(response)
        return response

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any) -> Any:
        """Send to the sign-in page, or to the page of the second factor, who has to go there first."""
        if not getattr(view, "login_required", True):
            return None
        if refused := super().process_view(request, view, args, kwargs):
            is_a_page = request.method != "POST" and not wants_fragment(request)
            return refused if is_a_page else signed_out(request)
        if is_missing(request) and not getattr(view, "before_second_factor", False):
            return redirect(reverse("mfa_index"))
        return None


def signed_out(request: HttpRequest, *, is_ours: bool = True) -> HttpResponse:
    """The answer to a form, or to htmx, of who is signed in no more: nobody's text goes for that."""
    sign_in = redirect_to_login(page_before(request) or reverse("work")).url
    return not_taken(request, _("U bent niet meer ingelogd. Er is niets bewaard."), is_ours=is_ours, sign_in=sign_in)
