"""Forms of who claims: rows of each kind, the account, how to be paid. Whether it is right, the actions decide."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from participation.actions.money.rows import LINES, MOST_ROWS, is_counted
from participation.fields import (
    HoursField,
    KilometresField,
    MonthField,
    choice_field,
    day_field,
    euro_field,
    text_field,
    typed_field,
)
from participation.forms import Form
from participation.models import ClaimItem, Commitment
from participation.states import ItemKind, Regime
from portal.core.money import CENTS, euros

NAMES = ("kind", "day", "hours", "km", "amount", "text", "commitment")  # everything that a row can have
TOLD = ("hours", "km", "amount", "text")  # a row in which none of these is filled in was not meant
TEXTS = {
    ItemKind.TIME: _("Wat deed u? (mag leeg blijven)"),
    ItemKind.DISTANCE: _("Van waar naar waar? (mag leeg blijven)"),
    ItemKind.TICKET: _("Wat was het?"),
    ItemKind.COSTS: _("Wat was het?"),
    ItemKind.INVOICE: _("Nummer van de rekening"),
}
Raw = dict[str, str]  # one row as it was typed


class RowForm(Form):
    """One row: only the fields that its kind asks for."""

    kind = forms.CharField(widget=forms.HiddenInput())
    day = day_field(_("Op welke dag?"))
    hours = typed_field(HoursField, _("Hoeveel uur?"), _("Zo: 2,5 of 2:30. Voorbereiden telt mee."))
    km = typed_field(KilometresField, _("Hoeveel kilometer, heen en terug?"), _("Zo: 34 of 34,5."))
    amount = euro_field(_("Hoeveel euro?"), _("Zo: 12,50."))
    text = text_field("", 200)
    commitment = choice_field(_("Uit welke toezegging?"))

    def __init__(
        self, *args: Any, row_kind: ItemKind, regime: str, promises: Sequence[Commitment], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.row_kind = row_kind
        self.fields["text"].label = TEXTS[row_kind]
        unused = {"hours"} if row_kind != ItemKind.TIME else set()
        unused |= {"km"} if row_kind != ItemKind.DISTANCE else set()
        unused |= {"amount"} if is_counted(row_kind, regime) else set()
        fitting = [one for one in promises if one.line.kind in LINES[row_kind]]
        unused |= {"commitment"} if len(fitting) < 2 else set()
        for name in unused:
            del self.fields[name]
        if len(fitting) > 1:
            choices = [(str(one.pk), f"{one.what_for} ({euros(one.left)})") for one in fitting]
            self.fields["commitment"].choices = choices  # type: ignore[attr-defined]

    @property
    def title(self) -> str:
        """What the row asks for, in words."""
        return str(self.row_kind.label)

    def row(self) -> dict[str, Any]:
        """The row as `actions.money.rows` takes it."""
        read = self.cleaned_data
        chosen = read.get("commitment")
        return {
            "kind": self.row_kind, "day": read.get("day"), "quantity": read.get("hours") or read.get("km") or 0,
            "amount": read.get("amount"), "text": read.get("text") or "", "commitment": int(chosen) if chosen else None,
        }  # fmt: skip


class Rows:
    """The rows of a form as they were typed: read, one more, one less, and whether they are right."""

    def __init__(self, typed: Sequence[Raw], *, regime: str, promises: Sequence[Commitment]) -> None:
        self.typed = list(typed)[: MOST_ROWS + 1]
        self.regime, self.promises = regime, promises
        self.forms = self._made(is_bound=False)

    def _made(self, *, is_bound: bool) -> list[RowForm]:
        made = []
        for number, raw in enumerate(self.typed, start=1):
            prefix = f"rij-{number}"
            data = {f"{prefix}-{name}": value for name, value in raw.items()} if is_bound else None
            made.append(
                RowForm(data, initial=raw, prefix=prefix, row_kind=ItemKind(raw["kind"]), regime=self.regime,
                        promises=self.promises)
            )  # fmt: skip
        return made

    def add(self, kind: str, day: datetime.date | None = None) -> None:
        """One more row of `kind`."""
        self.typed.append({"kind": kind, "day": day.isoformat() if day else ""})
        self.forms = self._made(is_bound=False)

    def remove(self, number: int) -> None:
        """Take row `number` away."""
        self.typed = [raw for place, raw in enumerate(self.typed, start=1) if place != number]
        self.forms = self._made(is_bound=False)

    def are_valid(self) -> bool:
        """Whether every row could be read; rows in which nothing was filled in are left out."""
        self.typed = [raw for raw in self.typed if any(raw.get(name, "").strip() for name in TOLD)]
        self.forms = self._made(is_bound=True)
        return all([form.is_valid() for form in self.forms])

    def rows(self) -> list[dict[str, Any]]:
        """What `write_claim` takes."""
        return [form.row() for form in self.forms]

    def take(self, faults: Mapping[str, Any]) -> dict[str, Any]:
        """Show each fault "row-3" at its row; gives the faults of others."""
        rest = {}
        for name, told in faults.items():
            place = name.removeprefix("row-")
            if name.startswith("row-") and place.isdigit() and 0 < int(place) <= len(self.forms):
                self.forms[int(place) - 1].add_error(None, told)
            else:
                rest[name] = told
        return rest


def typed_rows(data: Mapping[str, str], kinds: Sequence[ItemKind]) -> list[Raw]:
    """The rows that a form sent; of kinds that cannot be asked for here none."""
    rows = []
    for number in range(1, MOST_ROWS + 2):
        kind = data.get(f"rij-{number}-kind", "")
        if kind in kinds:
            rows.append({name: data.get(f"rij-{number}-{name}", "")[:4000] for name in NAMES} | {"kind": kind})
    return rows


def rows_of(items: Sequence[ClaimItem]) -> list[Raw]:
    """The rows of a claim as somebody would type them."""
    rows = []
    for item in items:
        raw = {"kind": item.kind, "day": item.day.isoformat(), "text": item.text, "commitment": str(item.commitment_id),
               "amount": f"{item.amount // CENTS},{item.amount % CENTS:02d}"}  # fmt: skip
        if item.quantity and item.kind == ItemKind.TIME:
            raw["hours"] = hours_words(item.quantity)
        elif item.quantity:
            raw["km"] = km_words(item.quantity)
        rows.append(raw)
    return rows


def hours_words(minutes: int) -> str:
    """ "2,5" or "1:20" from minutes."""
    if minutes % 60 in (0, 15, 30, 45):
        return f"{minutes / 60:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{minutes // 60}:{minutes % 60:02d}"


def km_words(tenths: int) -> str:
    """ "34,5" from tenths of a kilometre."""
    return f"{tenths // 10},{tenths % 10}" if tenths % 10 else str(tenths // 10)


class AccountForm(Form):
    """Where the money goes; `known`: the last four characters of a number that we have already."""

    holder = text_field(_("Op welke naam staat de rekening?"), 70, help_text=_("Alleen u en de betaler zien dit"))
    same = forms.BooleanField(required=False)
    iban = text_field(_("Rekeningnummer (IBAN)"), 42)
    revision = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput(), required=False)  # the same for each click: one form, one claim

    def __init__(self, *args: Any, known: str = "", before: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["iban"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        sees = _now("Alleen u en de betaler zien dit. 30 dagen na de betaling is het weg.")
        if known:
            told = _now("Wij hebben het nummer dat eindigt op %(end)s. Laat dit leeg om dat te houden.") % {
                "end": known
            }
            sees = f"{told} {sees}"
        self.fields["iban"].help_text = sees
        if known or not before:
            del self.fields["same"]
        else:
            told = _now("Zelfde rekening als vorige keer, eindigt op %(end)s") % {"end": before}
            self.fields["same"].label = told
            self.fields["iban"].label = _now("Of een ander rekeningnummer (IBAN)")

    def account(self) -> dict[str, Any]:
        """What the actions take."""
        read = self.cleaned_data
        return {
            "holder": read.get("holder", ""), "iban": read.get("iban", ""), "same_account": read.get("same", False)
        }  # fmt: skip


# --- How to be paid --------------------------------------------------------------------------------------------------


class RegimeForm(Form):
    """One of the ways to be paid; none of them is chosen beforehand."""

    regime = forms.ChoiceField(
        label=_("Hoe wilt u betaald worden?"), widget=forms.RadioSelect(), required=False,
        error_messages={"invalid_choice": _("Kies iets uit de lijst.")},
    )  # fmt: skip

    def __init__(self, *args: Any, regimes: Sequence[Regime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regime"].choices = [(one.value, one.label) for one in regimes]  # type: ignore[attr-defined]


class AgeForm(Form):
    """Whether somebody is 21 or older; only when not, in which month they will be."""

    is_21 = forms.ChoiceField(
        label=_("Bent u 21 jaar of ouder?"), widget=forms.RadioSelect(), required=False,
        choices=[("ja", _("Ja")), ("nee", _("Nee"))], help_text=_("Alleen u ziet dit"),
        error_messages={"invalid_choice": _("Kies iets uit de lijst.")},
    )  # fmt: skip
    turns_21_in = typed_field(
        MonthField, _("Alleen als u nog geen 21 bent: in welke maand wordt u 21?"),
        _("Zo: 3-2028. Na die maand wissen wij dit. De geboortedag vragen wij niet."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """One of the two is chosen."""
        read: dict[str, Any] = super().clean() or self.cleaned_data
        if not read.get("is_21") and "is_21" not in self.errors:
            self.add_error("is_21", _now("Kies ja of nee."))
        return read

    def age(self) -> dict[str, Any]:
        """What `tell_age` takes."""
        return {"is_21": self.cleaned_data["is_21"] == "ja", "turns_21_in": self.cleaned_data.get("turns_21_in")}


class CeilingForm(Form):
    """An own limit for each month."""

    ceiling = euro_field(
        _("Hoeveel wilt u per maand hoogstens krijgen? (mag leeg blijven)"),
        _("Zo: 100. Alleen u ziet dit. Wij sturen dan niets dat erboven komt."),
    )


class ElsewhereForm(Form):
    """What others pay in a month."""

    month = choice_field(_("Over welke maand gaat het?"))
    amount = euro_field(
        _("Hoeveel krijgt u die maand van anderen voor vrijwilligerswerk?"),
        _("Zo: 50. Alleen u ziet dit. Vul 0 in om het weg te halen."),
    )

    def __init__(self, *args: Any, months: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = list(months)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Both are filled in."""
        read: dict[str, Any] = super().clean() or self.cleaned_data
        if read.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _now("Vul een bedrag in."))
        if not read.get("month") and "month" not in self.errors:
            self.add_error("month", _now("Kies een maand."))
        return read


class ReceiptForm(Form):
    """A photo of a receipt, or a PDF."""

    receipt = forms.FileField(
        label=_("Bon of rekening"), allow_empty_file=True, max_length=1000,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf,.pdf"}),
        help_text=_("Een foto met uw telefoon is goed. Of een PDF. Niet groter dan 10 megabyte."),
        error_messages={
            "max_length": _("De naam van het bestand is te lang. Maak hem korter."),
            "required": _("Kies eerst een foto of een bestand."),
        },
    )  # fmt: skip


class AnswerForm(Form):
    """What somebody says to a question about a claim."""

    answer = text_field(_("Uw antwoord op de vraag (mag leeg blijven)"), 2000, rows=3,
                        help_text=_("Wie uw declaratie bekijkt, ziet dit."))  # fmt: skip


def taken(error: ValidationError) -> dict[str, Any]:
    """The faults of an action by field; those of no field stand under ""."""
    return dict(error.error_dict) if hasattr(error, "error_dict") else {"": error.error_list}
