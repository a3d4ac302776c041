"""Fields of forms in participation: read forgivingly, with a fault that says how to write it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.core.money import cents_of

DAYS = ["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%d %m %Y"]
TIMES = ["%H:%M", "%H.%M", "%H"]
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
