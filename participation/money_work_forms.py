"""Forms of who checks, approves and pays. Each carries a key (a double click is one booking) and what was seen."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.fields import day_field, text_field
from participation.forms import Form


class MoneyForm(Form):
    """A step with money: `key` is made when the form is shown."""

    key = forms.UUIDField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class ClaimStepForm(MoneyForm):
    """A step on a claim, with the number of changes that the page showed; `label` for one that asks for words."""

    revision = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)
    text = text_field("", 2000, rows=4)

    def __init__(self, *args: Any, label: Any = None, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label is None:
            del self.fields["text"]
        else:
            self.fields["text"].label, self.fields["text"].help_text = label, help_text


class PayerForm(Form):
    """From which account an organisation pays."""

    account_name = text_field(
        _("Op welke naam staat de rekening?"), 70, help_text=_("Alleen de mensen die betalen, zien dit.")
    )
    iban = text_field(
        _("Rekeningnummer (IBAN)"), 42,
        help_text=_("Wij bewaren het versleuteld. Alleen de bank ziet het hele nummer. Laat het leeg als het niet "
                    "verandert."),
    )  # fmt: skip
    may_pay_volunteers = forms.BooleanField(
        label=_("Wij mogen vrijwilligers betalen volgens de regels van de Belastingdienst"), required=False
    )


class PayOnForm(Form):
    """The day on which the bank is to pay."""

    dag = day_field(_("Op welke dag moet de bank betalen?"), _("De maand van deze dag telt voor het hoogste bedrag."))


class ReferenceForm(MoneyForm):
    """What the bank calls what it paid."""

    reference = text_field(
        _("Kenmerk van de bank"), 100, help_text=_("Alleen de mensen die betalen, zien dit. Zet er geen namen in.")
    )


class FailedForm(MoneyForm):
    """Why the bank could not pay one claim."""

    reason = text_field(
        _("Wat zei de bank?"), 200, help_text=_("Wie het geld krijgt, leest dit in een mail. Zo kort als de bank.")
    )


class AccountForm(Form):
    """Another account number of whose claim it is."""

    revision = forms.IntegerField(widget=forms.HiddenInput(), min_value=0)
    holder = text_field(
        _("Op welke naam staat de rekening?"), 70, help_text=_("Alleen u en wie betaalt, zien dit.")
    )  # fmt: skip
    iban = text_field(
        _("Rekeningnummer (IBAN)"), 42,
        help_text=_("Alleen u en wie betaalt, zien dit. Wij bewaren het veilig, en wissen het 30 dagen nadat het "
                    "geld is betaald."),
    )  # fmt: skip
