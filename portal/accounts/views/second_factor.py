"""The second step: emergency codes, and taking an app or passkey away."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.models import User
from portal.accounts.second_factor import has_factor

mine_only = reauthentication_required(app="allauth.mfa")


def _codes(user: Any) -> Any:
    """The emergency codes of somebody. Raises Http404 without any."""
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    if found is None:
        raise Http404
    return found.wrap()


@require_http_methods(["GET", "POST"])
@mine_only
def emergency_codes(request: HttpRequest) -> HttpResponse:
    """The codes, until somebody says that they are kept; after that only how many are left."""
    codes = _codes(request.user)
    if request.method == "POST":
        codes.mark_as_viewed()
        messages.success(request, _("Klaar. Uw account is nu goed beveiligd."))
        return redirect("work")
    unused = codes.get_unused_codes()
    shown = [] if codes.did_view else unused
    return render(request, "mfa/recovery_codes/index.html", {"codes": shown, "left": len(unused)})


@require_safe
@mine_only
def emergency_codes_file(request: HttpRequest) -> HttpResponse:
    """The same as a file, as long as they are shown."""
    codes = _codes(request.user)
    if codes.did_view:
        raise Http404
    context = {"codes": codes.get_unused_codes()}
    answer = render(request, "mfa/recovery_codes/download.txt", context, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="noodcodes.txt"'
    return answer


class _KeepOne:
    """Refuses to take the last one from who needs one; two that go at the same moment wait for each other."""

    def form_valid(self, form: Any) -> HttpResponse:
        view: Any = self
        with transaction.atomic():
            User.objects.select_for_update().get(pk=view.request.user.pk)
            authenticator = getattr(view, "authenticator", None) or view.get_object()
            if not get_adapter().can_delete_authenticator(authenticator):
                messages.error(view.request, get_adapter().error_messages["cannot_delete_authenticator"])
                return redirect("mfa_index")
            return super().form_valid(form)  # type: ignore[misc]


class RemoveAppView(_KeepOne, totp.DeactivateTOTPView):
    """Take the app for codes away."""


class RemovePasskeyView(_KeepOne, webauthn.RemoveWebAuthnView):
    """Take a passkey away."""

    def get_success_url(self) -> str:
        """The page of the second step."""
        return reverse("mfa_index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Also whether it may go."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "may_go": get_adapter().can_delete_authenticator(self.object)}


class AddPasskeyView(webauthn.AddWebAuthnView):
    """Set up a passkey."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the form that was sent: allauth makes a new one and loses its mistakes."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "form": kwargs.get("form") or context["form"], "is_first": not has_factor(self.request.user)}


remove_app = RemoveAppView.as_view()
remove_passkey = RemovePasskeyView.as_view()
add_passkey = AddPasskeyView.as_view()
