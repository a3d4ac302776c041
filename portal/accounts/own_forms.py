"""Forms of our own about people: an invitation, a name, roles, the own sign-in of an organisation."""

import re
from typing import Any

from allauth.account.fields import SetPasswordField
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.accounts.forms import NEW_PASSWORD, PlainForm
from portal.accounts.models import PortalRole, User
from portal.core.text import hidden_characters, one_line
from portal.organisations.models import Organisation
from portal.organisations.roles import meaning, roles_for

LONGEST_NAME = 150


class NameField(forms.CharField):
    """What somebody wants to be called: one line, nothing that cannot be seen."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=_("Uw naam"),
            help_text=_("Zo zien de mensen met wie u samenwerkt u. Op openbare pagina’s staat uw naam niet."),
            max_length=LONGEST_NAME,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
            **more,
        )

    def clean(self, value: Any) -> str:
        """The name on one line. Raises ValidationError."""
        if hidden_characters(value or ""):
            raise ValidationError(_now("Er staan tekens in uw naam die niemand ziet. Typ uw naam opnieuw."))
        return str(super().clean(one_line(value or "", LONGEST_NAME + 1)))


class NameForm(PlainForm):
    """Another name."""

    name = NameField()


class _NewPassword(SetPasswordField):
    """A password to choose, or none at all."""

    def clean(self, value: Any) -> str:
        """The password. Raises ValidationError when it is weak."""
        return str(super().clean(value)) if value else ""


class JoinForm(PlainForm):
    """A new account: a name, and a password or a passkey."""

    PASSWORD, PASSKEY = "password", "passkey"

    name = NameField()
    way = forms.ChoiceField(
        label=_("Hoe wilt u inloggen?"),
        choices=[(PASSWORD, _("Met een wachtwoord")), (PASSKEY, _("Met een passkey: vinger, gezicht of pincode"))],
        initial=PASSWORD,
        widget=forms.RadioSelect,
    )
    password1 = _NewPassword(label=_("Kies een wachtwoord"), help_text=NEW_PASSWORD[1], required=False)

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].user = User(email=email, name=self.data.get("name", ""))  # type: ignore[attr-defined]
        self.fields["password1"].widget.attrs.pop("placeholder", None)

    def clean(self) -> dict[str, Any]:
        """A password when somebody wants one."""
        cleaned = super().clean() or {}
        wants_one = cleaned.get("way") == self.PASSWORD and "password1" not in self.errors
        if wants_one and not cleaned.get("password1"):
            self.add_error("password1", _("Kies een wachtwoord."))
        return cleaned

    @property
    def password(self) -> str | None:
        """The password; None for who chose a passkey."""
        return self.cleaned_data["password1"] if self.cleaned_data["way"] == self.PASSWORD else None


class AddressField(forms.EmailField):
    """The mail address of somebody else."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            label=_("Mailadres"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}), **more
        )


class RolesForm(PlainForm):
    """The roles of somebody."""

    roles = forms.MultipleChoiceField(
        label=_("Rollen"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Kies minstens één rol.")},
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [  # type: ignore[attr-defined]
            (role.value, f"{role.label}. {meaning(role)}") for role in roles_for(organisation)
        ]


class InviteForm(RolesForm):
    """Ask somebody to come and work."""

    email = AddressField(help_text=_("Naar dit adres sturen wij een link. Die werkt 14 dagen en één keer."))

    field_order = ("email", "roles")


class AdministratorForm(PlainForm):
    """Ask somebody to administer an organisation."""

    email = AddressField(help_text=_("Naar dit adres sturen wij een link. Die werkt 14 dagen en één keer."))


class ProposalForm(PlainForm):
    """Propose somebody for a role of the portal."""

    email = AddressField()
    role = forms.ChoiceField(label=_("Rol"), choices=PortalRole.choices, widget=forms.RadioSelect)


class OwnSignInForm(PlainForm):
    """The OpenID provider of an organisation."""

    issuer = forms.URLField(
        label=_("Adres om in te loggen (issuer)"),
        help_text=_("Begint met https. Uw helpdesk kent dit adres."),
        max_length=500,
        assume_scheme="https",
    )
    client_id = forms.CharField(label=_("Client-ID"), max_length=191)
    secret = forms.CharField(
        label=_("Client-geheim"),
        help_text=_("Wij bewaren het versleuteld en laten het nooit meer zien. Leeg: het oude blijft."),
        max_length=500,
        required=False,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    domains = forms.CharField(
        label=_("Einde van de mailadressen van uw mensen"),
        help_text=_("Bijvoorbeeld: ziekenhuis.nl. Zijn het er meer? Zet er komma’s tussen."),
        max_length=1000,
    )
    asks_second_step = forms.BooleanField(
        label=_("Onze inlog vraagt zelf om een tweede stap, en zegt dat in het antwoord (amr of acr)"),
        required=False,
    )

    def clean_issuer(self) -> str:
        """The address as providers write it: without the slash at its end."""
        return str(self.cleaned_data["issuer"]).removesuffix("/.well-known/openid-configuration").rstrip("/")

    def clean_domains(self) -> list[str]:
        """Each domain once, in lower case. Raises ValidationError."""
        found = [part.removeprefix("@").lower() for part in re.split(r"[\s,;]+", self.cleaned_data["domains"]) if part]
        for domain in found:
            try:
                validate_email(f"naam@{domain}")
            except ValidationError as error:
                raise ValidationError(
                    _now("“%(domain)s” is geen einde van een mailadres.") % {"domain": domain}
                ) from error
        return sorted(set(found))
