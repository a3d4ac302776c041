"""The forms of sign-in: those of allauth, with our labels and help, and without what we do not ask."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter as factor_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.validators import EmailValidator
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Words = dict[str, tuple[str | Promise, str | Promise]]  # field → label, help

ADDRESS = (_("Uw mailadres"), "")
PASSWORD = (_("Uw wachtwoord"), "")
NEW_PASSWORD = (
    _("Uw nieuwe wachtwoord"),
    _("Minstens 12 tekens. Vier losse woorden achter elkaar is een goed wachtwoord."),
)
CODE = (_("De code uit uw app"), _("Zes cijfers. U kunt ook een noodcode typen."))


class PlainForm(forms.Form):
    """Says plainly what is wrong with a field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speak_plainly()

    def speak_plainly(self) -> None:
        """Give every field the words for what is missing and for what is no mail address."""
        told = gettext("Dit is geen mailadres. Een mailadres heeft een @ en een punt.")
        for field in self.fields.values():
            if not isinstance(field, (forms.MultipleChoiceField, forms.ChoiceField)):
                field.error_messages["required"] = gettext("Vul “%(label)s” in.") % {"label": field.label}
            field.validators = [
                EmailValidator(message=told) if isinstance(one, EmailValidator) else one for one in field.validators
            ]


class _InOurWords(PlainForm):
    """Gives fields the labels and help of `words`, and takes out the fields of `left_out`."""

    words: Words = {}
    left_out: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.left_out:
            self.fields.pop(name, None)
        for name, (label, help_text) in self.words.items():
            self.fields[name].label = label  # type: ignore[assignment]
            self.fields[name].help_text = help_text  # type: ignore[assignment]
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.speak_plainly()


class LoginForm(_InOurWords, account.LoginForm):
    """Sign in."""

    words = {"login": ADDRESS, "password": PASSWORD}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"


class ReauthenticateForm(_InOurWords, account.ReauthenticateForm):
    """Tell who you are, with the password."""

    words = {"password": PASSWORD}


class AddEmailForm(_InOurWords, account.AddEmailForm):
    """Another mail address."""

    words = {"email": (_("Uw nieuwe mailadres"), _("Wij sturen er een mail heen met een link."))}


class ChangePasswordForm(_InOurWords, account.ChangePasswordForm):
    """Another password."""

    words = {"oldpassword": (_("Uw wachtwoord van nu"), ""), "password1": NEW_PASSWORD}
    left_out = ("password2",)


class SetPasswordForm(_InOurWords, account.SetPasswordForm):
    """A first password."""

    words = {"password1": NEW_PASSWORD}
    left_out = ("password2",)


class ResetPasswordForm(_InOurWords, account.ResetPasswordForm):
    """Ask for a mail to choose another password."""

    words = {"email": ADDRESS}


class ResetPasswordKeyForm(_InOurWords, account.ResetPasswordKeyForm):
    """Choose another password, by the link of a mail."""

    words = {"password1": NEW_PASSWORD}
    left_out = ("password2",)


class _Code(_InOurWords):
    words = {"code": CODE}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "spellcheck": "false"}

    def full_clean(self) -> None:
        """People type codes in groups."""
        if self.is_bound and "code" in self.data:
            self.data = {**{name: self.data[name] for name in self.data}, "code": "".join(self.data["code"].split())}
        super().full_clean()


class AuthenticateForm(_Code, mfa.AuthenticateForm):
    """The second step: a code."""


class ReauthenticateCodeForm(_Code, mfa.ReauthenticateForm):
    """Tell who you are, with a code."""


class ActivateTOTPForm(_Code, totp.ActivateTOTPForm):
    """Set up an app: its first code."""

    words = {"code": (_("De code in uw app"), _("Zes cijfers. Elke halve minuut komt er een nieuwe."))}


class _Credential(_InOurWords):
    """What a passkey answers comes from outside: in another form it is a wrong answer, not an error of ours."""

    def full_clean(self) -> None:
        try:
            super().full_clean()
        except (AttributeError, KeyError, LookupError, TypeError, ValueError):
            self.add_error(None, factor_adapter().validation_error("incorrect_code"))


class AddPasskeyForm(_Credential, webauthn.AddWebAuthnForm):
    """Another passkey."""

    words = {
        "name": (_("Hoe noemt u deze passkey?"), _("Bijvoorbeeld: telefoon van het werk.")),
        "passwordless": (
            _("Ook gebruiken in plaats van mijn wachtwoord"),
            _("Uw apparaat vraagt dan om uw vinger, gezicht of pincode."),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 60  # type: ignore[attr-defined]
        self.fields["name"].widget.attrs["maxlength"] = 60
        self.fields["passwordless"].initial = True


class EditPasskeyForm(_InOurWords, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    words = {"name": (_("Hoe noemt u deze passkey?"), "")}


class AuthenticatePasskeyForm(_Credential, webauthn.AuthenticateWebAuthnForm):
    """The second step: a passkey."""


class LoginPasskeyForm(_Credential, webauthn.LoginWebAuthnForm):
    """Sign in with a passkey alone."""


class ReauthenticatePasskeyForm(_Credential, webauthn.ReauthenticateWebAuthnForm):
    """Tell who you are, with a passkey."""
