"""Fields of forms in participation: read forgivingly, with a fault that says how to write it."""

import datetime
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.core.money import cents_of

DAYS = ["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%d %m %Y"]
TIMES = ["%H:%M", "%H.%M", "%H"]
MINUTES, MONTHS, FIRST_YEAR = 60, 12, 2000
ROOM = 20  # times what fits may be typed: who types too much sees how much, and keeps the text


def text_field(label: Any, most: int, *, rows: int = 0, help_text: Any = "", language: str = "nl") -> forms.CharField:
    """A text, of one line or of several `rows`; whether it fits in `most` characters, the action decides."""
    attrs: dict[str, Any] = {"rows": rows} if rows else {}
    if language != "nl":
        attrs["lang"] = language
    widget = forms.Textarea(attrs=attrs) if rows else forms.TextInput(attrs=attrs)
    # The browser does not cut off: who types too much sees how much, and keeps the text.
    return forms.CharField(label=label, required=False, widget=widget, help_text=help_text, max_length=ROOM * most)


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """A day, typed in any of the ways in which people write one."""
    return forms.DateField(
        label=label, required=False, input_formats=DAYS, help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Schrijf de datum zo: 31-12-2026.")},
    )  # fmt: skip


def choice_field(label: Any, help_text: Any = "") -> forms.ChoiceField:
    """One of a list; who uses it gives the choices."""
    wrong = {"invalid_choice": _("Kies iets uit de lijst.")}
    return forms.ChoiceField(label=label, required=False, help_text=help_text, error_messages=wrong)


def choices_field(label: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    """Any of a list; who uses it gives the choices."""
    return forms.MultipleChoiceField(
        label=label, required=False, help_text=help_text, widget=forms.CheckboxSelectMultiple(),
        error_messages={"invalid_choice": _("Kies iets uit de lijst.")},
    )  # fmt: skip


def number_field(label: Any, help_text: Any = "") -> forms.IntegerField:
    """A whole number."""
    return forms.IntegerField(
        label=label, required=False, help_text=help_text, error_messages={"invalid": _("Schrijf een getal.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip


def time_field(label: Any) -> forms.TimeField:
    """A time of the clock."""
    return forms.TimeField(
        label=label, required=False, input_formats=TIMES,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Schrijf de tijd zo: 14:30.")},
    )  # fmt: skip


class HoursField(forms.CharField):
    """Time as people type it ("2,5", "2:30", "2 uur 30"); its value is whole minutes, rounded down."""

    def to_python(self, value: Any) -> Any:
        """Minutes, or None when nothing is typed. Raises ValidationError."""
        text = str(super().to_python(value) or "").strip().lower()
        if not text:
            return None
        if match := re.fullmatch(r"(\d{1,2})(?:[.,](\d{1,2}))?\s*(?:u|uur|uren)?", text):
            return int(Decimal(f"{match[1]}.{match[2] or 0}") * MINUTES)
        if match := re.fullmatch(r"(\d{1,2})\s*(?::|u|uur)\s*([0-5]?\d)(?:\s*(?:m|min|minuten))?", text):
            return int(match[1]) * MINUTES + int(match[2])
        raise ValidationError(_("Schrijf de uren zo: 2,5 of 2:30."))


class KilometresField(forms.CharField):
    """A distance as people type it ("34", "34,5 km"); its value is whole tenths of a kilometre, rounded down."""

    def to_python(self, value: Any) -> Any:
        """Tenths, or None when nothing is typed. Raises ValidationError."""
        text = str(super().to_python(value) or "").strip().lower()
        if not text:
            return None
        match = re.fullmatch(r"(\d{1,5})(?:[.,](\d{1,3}))?\s*(?:km|kilometer)?", text)
        if not match:
            raise ValidationError(_("Schrijf de kilometers zo: 34 of 34,5."))
        return int(match[1]) * 10 + int((match[2] or "0")[0])


class MonthField(forms.CharField):
    """A month as people type it ("3-2028", "2028-03"); its value is the first day."""

    def to_python(self, value: Any) -> Any:
        """The first day, or None when nothing is typed. Raises ValidationError."""
        text = str(super().to_python(value) or "").strip()
        if not text:
            return None
        for form in (r"(?P<month>\d{1,2})\s*[-/. ]\s*(?P<year>\d{4})", r"(?P<year>\d{4})\s*-\s*(?P<month>\d{1,2})"):
            match = re.fullmatch(form, text)
            if match and 1 <= int(match["month"]) <= MONTHS and int(match["year"]) >= FIRST_YEAR:
                return datetime.date(int(match["year"]), int(match["month"]), 1)
        raise ValidationError(_("Schrijf de maand zo: 3-2028."))


def typed_field(kind: type[forms.CharField], label: Any, help_text: Any = "") -> forms.CharField:
    """A field of `kind` for numbers that people type: hours, kilometres, a month."""
    widget = forms.TextInput(attrs={"inputmode": "text" if kind is HoursField else "decimal", "autocomplete": "off"})
    return kind(label=label, required=False, help_text=help_text, widget=widget)


class EuroField(forms.CharField):
    """An amount in euros as people type it ("8,62", "€ 1.000"); its value is whole cents."""

    def to_python(self, value: Any) -> Any:
        """Cents, or None when nothing is typed. Raises ValidationError."""
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        try:
            return cents_of(str(text))
        except ValueError as error:
            raise ValidationError(_("Schrijf het bedrag zo: 12,50.")) from error


def euro_field(label: Any, help_text: Any = "") -> EuroField:
    """An amount in euros."""
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
    return EuroField(label=label, required=False, help_text=help_text, widget=widget)
