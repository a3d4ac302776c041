"""Signing in: by mail address, by the own sign-in of an organisation, or with one click as an example person."""

from http import HTTPStatus
from typing import Any

from allauth.account import views as account
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from portal.accounts import examples
from portal.accounts.models import OwnSignIn, User
from portal.accounts.openid import OrganisationOAuth2Adapter, ProviderFault
from portal.accounts.second_factor import record_by_example
from portal.core.readonly import writes_on_get


class LoginView(account.LoginView):
    """The sign-in page."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also whether an organisation has its own sign-in, and the example people where there are."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["has_own_sign_in"] = OwnSignIn.objects.exists()
        context["examples"] = examples.people() if settings.EXAMPLE_PEOPLE else []
        context["example_password"] = examples.PASSWORD
        return context


class SecondStepView(mfa.AuthenticateView):
    """The second step of signing in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also which ways this person has, and the code of an example person."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user = self.stage.login.user
        context["ways"] = set(user.authenticator_set.values_list("type", flat=True))
        context["example_code"] = examples.code_now() if examples.is_one(user) else ""
        return context


class ReauthenticatePasskeyView(webauthn.ReauthenticateWebAuthnView):
    """Tell who you are, with a passkey."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """Say what went wrong on the same page."""
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the form: allauth leaves it out."""
        return {**super().get_context_data(**kwargs), "form": kwargs.get("form") or self.get_form()}


class ResetFromKeyView(account.PasswordResetFromKeyView):
    """Choose another password. Who is signed in as somebody else stays so until the form is sent."""

    def render_to_response(self, context: dict[str, Any], **more: Any) -> HttpResponse:
        """The page; of a link that does not work any more 410."""
        is_gone = "token_fail" in context and self.request.method == "GET"
        return super().render_to_response(context, status=HTTPStatus.GONE if is_gone else HTTPStatus.OK, **more)

    def logout(self) -> None:
        """End the session of somebody else."""
        if self.request.method == "POST":
            super().logout()


class ConfirmEmailView(account.ConfirmEmailView):
    """Confirm a mail address: the link leads to a page with a button."""

    def render_to_response(self, context: dict[str, Any], **more: Any) -> HttpResponse:
        """The page; of a link that does not work any more 410."""
        status = HTTPStatus.OK if context["can_confirm"] else HTTPStatus.GONE
        return super().render_to_response(context, status=status, **more)

    def logout_other_user(self, confirmation: Any) -> None:
        """End the session of somebody else, when the button is pressed."""
        if self.request.method == "POST":
            super().logout_other_user(confirmation)


# --- The own sign-in of an organisation ------------------------------------------------------------------------------


@login_not_required
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations that have a sign-in of their own."""
    chosen = OwnSignIn.objects.select_related("organisation").order_by("organisation__sort_key")
    next_url = get_next_redirect_url(request)
    context = {"own_sign_ins": chosen, "query": f"?{urlencode({'next': next_url})}" if next_url else ""}
    return render(request, "account/organisations.html", context)


def _adapter(request: HttpRequest, slug: str) -> OrganisationOAuth2Adapter:
    """The client of the provider of an organisation. Raises Http404 when it has none."""
    adapter = OrganisationOAuth2Adapter(request, slug)
    try:
        adapter.get_provider()
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    return adapter


@writes_on_get("allauth keeps what it asked in the session at once; and a form may not lead to another site (CSP).")
@login_not_required
@require_safe
def to_organisation(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead on to the sign-in of an organisation. Never to link an account: `process` is not asked of the browser."""
    provider = _adapter(request, provider_id).get_provider()
    try:
        return provider.redirect(request, process=AuthProcess.LOGIN, next_url=get_next_redirect_url(request))
    except (ProviderFault, RequestException):
        return _fault(request)


@writes_on_get("The standard has the provider send people back with a GET, and with it they are signed in.")
@login_not_required
@require_safe
def from_organisation(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the sign-in of an organisation: sign in who it says. The state in the session guards it."""
    try:
        return OAuth2CallbackView.adapter_view(_adapter(request, provider_id))(request)
    except (
        AttributeError,
        KeyError,
        TypeError,
        ValueError,
        RecursionError,
    ):  # a form that nobody wrote down
        return _fault(request)


def _fault(request: HttpRequest) -> HttpResponse:
    return render(request, "socialaccount/authentication_error.html", status=502)


# --- Example people --------------------------------------------------------------------------------------------------


@require_POST
@login_not_required
def as_example(request: HttpRequest) -> HttpResponse:
    """Sign in as an example person with one click, both steps at once. Only with EXAMPLE_PEOPLE."""
    if not settings.EXAMPLE_PEOPLE:
        raise Http404
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("work"))
    user = get_object_or_404(User, email=request.POST.get("person", ""))
    if not examples.is_one(user):
        raise Http404
    record_by_example(request, user)
    return perform_login(request, Login(user=user, redirect_url=get_next_redirect_url(request)))


login = LoginView.as_view()
second_step = SecondStepView.as_view()
reauthenticate_passkey = ReauthenticatePasskeyView.as_view()
reset_from_key = ResetFromKeyView.as_view()
confirm_email = ConfirmEmailView.as_view()
