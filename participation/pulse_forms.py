"""The form of the pulse: six times one of five words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.forms import Form
from participation.pulse import QUESTIONS, VALUES


class PulseForm(Form):
    """Six times one of five words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, text in QUESTIONS.items():
            self.fields[f"q{number}"] = forms.TypedChoiceField(
                label=text, choices=list(VALUES.items()), coerce=int, required=False,  # type: ignore[arg-type]
                widget=forms.RadioSelect(), error_messages={"invalid_choice": _("Kies iets uit de lijst.")},
            )  # fmt: skip

    def values(self) -> dict[int, int]:
        """{number of the question: what was chosen}."""
        return {number: self.cleaned_data.get(f"q{number}") or 0 for number in QUESTIONS}
