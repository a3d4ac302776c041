"""What people fill in to submit, approve, warn and end: validation only; the rules stand in the actions."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from transparency.actions.notices import LONGEST
from transparency.models import Draft, Entry
from transparency.people import colleagues
from transparency.states import NoticeKind
from transparency.workspace import name_of_entry

TEXT = {"class": "utrecht-textbox utrecht-textbox--lines", "rows": 4}
LINE = {"class": "utrecht-textbox"}
LONGEST_REASON = 600  # characters
MOST_REVISIONS = 2**31 - 1
NOW, LATER = "nu", "later"


class _Form(forms.Form):
    """No colon after a label; it stands above its field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def take_over(self, error: ValidationError) -> None:
        """Show what an action refuses at the field it is about, or above the form."""
        if hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                self.add_error(name if name in self.fields else None, errors)
        else:
            self.add_error(None, error)


def _text(label: Any, help_text: Any = "", *, required: bool = True, longest: int = LONGEST_REASON) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=longest, widget=forms.Textarea(TEXT)
    )


def _english(label: Any) -> forms.CharField:
    return _text(label, _("Dit hoeft niet. Zonder Engels tonen wij het Nederlands."), required=False)


class PersonField(forms.ModelChoiceField):
    """A colleague by name."""

    def label_from_instance(self, obj: Any) -> str:
        """The name that colleagues see."""
        return str(obj.get_full_name())


class SubmitForm(_Form):
    """What changed and why, and who answers for the text."""

    reason = _text(
        _("Wat is er nieuw, en waarom?"),
        _("Iedereen kan dit lezen. Schrijf een of twee korte zinnen. Zoals: “We gebruiken nu een nieuwe versie.”"),
    )
    reason_en = _english(_("Hetzelfde in het Engels"))
    responsible_editor = PersonField(
        label=_("Wie staat in voor deze tekst?"), queryset=User.objects.none(),
        help_text=_("Een collega die de tekst kent. De naam wordt niet openbaar."),
        widget=forms.Select({"class": "utrecht-select"}), empty_label=None,
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST_REVISIONS)

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible_editor"].queryset = colleagues(draft.entry)  # type: ignore[attr-defined]


class ApproveForm(_Form):
    """Publish the text of `revision`, now or later; with a reason for a text that is not easy."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=MOST_REVISIONS)
    language_reason = _text(
        _("Waarom mag deze tekst zo blijven?"),
        _("De tekst is nog lastig. Uw uitleg staat bij de tekst. Iedereen kan die lezen."),
        required=False,
    )
    language_reason_en = _english(_("Hetzelfde in het Engels"))
    when = forms.ChoiceField(
        label=_("Wanneer wordt de tekst openbaar?"), choices=[(NOW, _("Meteen")), (LATER, _("Later"))],
        widget=forms.RadioSelect({"class": "utrecht-radio"}), initial=NOW,
    )  # fmt: skip
    day = forms.DateField(
        label=_("Dag"), required=False, widget=forms.DateInput({**LINE, "type": "date"}, format="%Y-%m-%d")
    )
    time = forms.TimeField(
        label=_("Tijd in Nederland"), required=False, initial="09:00",
        widget=forms.TimeInput({**LINE, "type": "time"}, format="%H:%M"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """With `publish_at`: the moment, or None for now."""
        cleaned = super().clean() or {}
        cleaned["publish_at"] = None
        if cleaned.get("when") == LATER and not self.errors:
            if not cleaned.get("day") or not cleaned.get("time"):
                raise ValidationError({"day": gettext("Kies een dag en een tijd.")})
            moment = datetime.datetime.combine(cleaned["day"], cleaned["time"])
            cleaned["publish_at"] = timezone.make_aware(moment)
            if cleaned["publish_at"] <= timezone.now():
                raise ValidationError({"day": gettext("Dit moment is al voorbij. Kies een later moment.")})
        return cleaned


class ReturnForm(_Form):
    """What must be different."""

    remarks = _text(_("Wat moet er anders?"), _("Alleen uw collega’s lezen dit."), longest=4000)


class NoticeForm(_Form):
    """What people must know now. Short, so that it is there fast."""

    kind = forms.ChoiceField(
        label=_("Wat is er aan de hand?"), choices=NoticeKind.choices, initial=NoticeKind.SAFETY,
        widget=forms.RadioSelect({"class": "utrecht-radio"}),
    )  # fmt: skip
    text = _text(
        _("Wat moeten mensen weten?"),
        _("Wat is er aan de hand? Wat betekent dat voor mensen? Wat kunnen zij doen?"), longest=LONGEST,
    )  # fmt: skip
    text_en = _text(
        _("Hetzelfde in het Engels"), _("Dit hoeft niet. Zonder Engels tonen wij het Nederlands."), required=False,
        longest=LONGEST,
    )  # fmt: skip
    link = forms.URLField(
        label=_("Webadres met meer uitleg"), required=False, max_length=500, assume_scheme="https",
        help_text=_("Dit hoeft niet."), widget=forms.URLInput(LINE),
    )  # fmt: skip


class CorrectNoticeForm(NoticeForm):
    """A better text for a notice; its kind stays."""

    kind = None  # type: ignore[assignment]


class CloseNoticeForm(_Form):
    """Why a notice may go."""

    reason = _text(_("Waarom kan de melding weg?"), _("Iedereen kan dit lezen."))
    reason_en = _english(_("Hetzelfde in het Engels"))


class EntryField(forms.ModelChoiceField):
    """An entry by name."""

    def label_from_instance(self, obj: Any) -> str:
        """What it is called."""
        return name_of_entry(obj)


class EndingForm(_Form):
    """Why an entry leaves the register, when, and what comes after it."""

    reason = _text(_("Waarom gaat deze toepassing uit het register?"), _("Iedereen kan dit lezen."))
    reason_en = _english(_("Hetzelfde in het Engels"))
    successor = EntryField(
        label=_("Wat komt ervoor in de plaats?"), queryset=Entry.objects.none(), required=False,
        empty_label=_("Niets"), widget=forms.Select({"class": "utrecht-select"}), to_field_name="slug",
    )  # fmt: skip
    end_on = forms.DateField(
        label=_("Vanaf welke dag?"), required=False,
        widget=forms.DateInput({**LINE, "type": "date"}, format="%Y-%m-%d"),
        help_text=_("Laat dit leeg als het meteen mag, zodra een collega het bevestigt."),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: QuerySet[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = choices  # type: ignore[attr-defined]
