"""Forms of tasks and messages: what was typed, read forgivingly. Whether it is right, the actions decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.fields import choice_field, day_field, text_field
from participation.forms import Form
from participation.people import Person
from participation.states import Rhythm
from portal.accounts.models import User


class TaskForm(Form):
    """What somebody is asked to do, and before when."""

    what = text_field(_("Wat moet er gebeuren?"), 300, help_text=_("Alleen het project ziet dit"))
    doer = choice_field(_("Wie doet het?"))
    due = day_field(_("Voor welke dag?"))
    key = forms.UUIDField(widget=forms.HiddenInput(), required=False)  # the same for each click: one form, one task

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.user.pk): one for one in people}
        choices = [("", _("Kies wie")), *((pk, one.label) for pk, one in self.people.items())]
        self.fields["doer"].choices = choices  # type: ignore[attr-defined]

    def chosen_doer(self) -> User | None:
        """Who was chosen."""
        found = self.people.get(self.cleaned_data.get("doer", ""))
        return found.user if found else None


class MessageForm(Form):
    """A message to everybody who works on the project."""

    text = text_field(
        _("Uw bericht"), 4000, rows=4,
        help_text=_("Alleen het project ziet dit. U kunt het tien minuten lang terugnemen."),
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput(), required=False)  # the same for each click: one form, one message


class RhythmForm(Form):
    """How often somebody is mailed."""

    rhythm = forms.ChoiceField(
        label=_("Hoe vaak wilt u een mail over nieuwe berichten en taken?"), choices=Rhythm.choices,
        widget=forms.RadioSelect(), error_messages={"required": _("Kies hoe vaak u een mail wilt."),
                                                    "invalid_choice": _("Kies iets uit de lijst.")},
    )  # fmt: skip
