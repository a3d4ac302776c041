"""Forms of meetings: what was typed, read forgivingly. Whether it is right, the actions decide."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from participation.fields import day_field, number_field, text_field, time_field
from participation.forms import Form
from participation.models import Assignment, Attendance, Meeting


class MeetingForm(Form):
    """When and where a meeting is, and what it is about. Times are those of the clock in Amsterdam."""

    title = text_field(_("Waar gaat het gesprek over?"), 150, help_text=_("Kort, zonder namen. Iedereen ziet dit."))
    day = day_field(_("Op welke dag?"))
    begins = time_field(_("Hoe laat begint het?"))
    ends = time_field(_("Hoe laat is het klaar?"))
    place = text_field(_("Waar?"), 300, help_text=_("Een adres, of de link naar een gesprek op het scherm. "
                                                    "Alleen het project ziet dit."))  # fmt: skip
    agenda = text_field(_("Wat bespreekt u?"), 4000, rows=5,
                        help_text=_("Zet elk punt op een eigen regel, met een streepje ervoor. "
                                    "Alleen het project ziet dit."))  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput(), required=False)  # the same for each click: one form, one meeting

    NAMES = {"starts_at": "begins", "ends_at": "ends"}

    def clean(self) -> dict[str, Any]:
        """Put day and times together. An hour that the clock skips, or has twice, is no moment."""
        read: dict[str, Any] = super().clean() or self.cleaned_data
        day = read.get("day")
        if day is None and "day" not in self.errors:
            self.add_error("day", _now("Kies een dag."))
        for name in ("begins", "ends"):
            time = read.get(name)
            if time is None:
                if name not in self.errors:
                    self.add_error(name, _now("Kies een tijd."))
            elif day is not None:
                read[f"{name}_at"] = self._moment(name, day, time)
        return read

    def _moment(self, name: str, day: datetime.date, time: datetime.time) -> datetime.datetime | None:
        try:
            return from_current_timezone(datetime.datetime.combine(day, time))
        except (ValidationError, OverflowError):
            self.add_error(name, _now("In dit uur gaat de klok vooruit of terug. Kies een andere tijd."))
            return None

    def fields_of_meeting(self) -> dict[str, Any]:
        """The fields of `actions.meetings`, as typed."""
        read = self.cleaned_data
        texts = {name: read.get(name, "") for name in ("title", "place", "agenda")}
        return texts | {"starts_at": read.get("begins_at"), "ends_at": read.get("ends_at")}

    def take(self, error: ValidationError) -> None:
        """Show what an action refused, also of moments that are two fields here."""
        if hasattr(error, "error_dict"):
            error = ValidationError({self.NAMES.get(name, name): faults for name, faults in error.error_dict.items()})
        super().take(error)


def initial_of(meeting: Meeting) -> dict[str, Any]:
    """What the form of `meeting` shows before anybody types."""
    start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    values = {name: getattr(meeting, name) for name in ("title", "place", "agenda", "revision")}
    return values | {"day": start.date(), "begins": start.time(), "ends": end.time()}


class PaperForm(Form):
    """A paper for a meeting: a file, or a text that is pasted."""

    title = text_field(_("Hoe heet het stuk?"), 150, help_text=_("Mag leeg blijven als u een bestand kiest."))
    file = forms.FileField(
        label=_("Bestand"), required=False, allow_empty_file=True, max_length=1000,
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt,.png,.jpg,.jpeg"}),
        help_text=_("Een PDF, een bestand uit Word of een foto. Niet groter dan 10 megabyte."),
        error_messages={"max_length": _("De naam van het bestand is te lang. Maak hem korter.")},
    )  # fmt: skip
    text = text_field(_("Of plak hier de tekst"), 50_000, rows=6)


class AnswerForm(Form):
    """Whether somebody comes, and what they need for that."""

    answer = forms.ChoiceField(
        choices=[("ja", "ja"), ("nee", "nee")], widget=forms.HiddenInput(),
        error_messages={"required": _("Kies of u komt."), "invalid_choice": _("Kies of u komt.")},
    )  # fmt: skip
    access_needs = text_field(
        _("Wat hebt u nodig om erbij te zijn? (mag leeg blijven)"), 1000, rows=3,
        help_text=_("Bijvoorbeeld: een tolk, of een zaal zonder drempel. "
                    "Alleen wie het gesprek plant, ziet dit. Drie maanden na het gesprek is het weg."),
    )  # fmt: skip


class HeldForm(Form):
    """What was said, and who was there."""

    summary = text_field(_("Wat is er gezegd?"), 4000, rows=8,
                         help_text=_("In gewone woorden, zonder namen. Iedereen ziet dit."))  # fmt: skip
    language_reason = text_field(
        _("Waarom kan de tekst niet makkelijker? (mag leeg blijven)"), 500, rows=2,
        help_text=_("Alleen nodig als de tekst nog lastig is. Iedereen kan dit lezen."),
    )  # fmt: skip
    summary_en = text_field(_("De samenvatting in het Engels (mag leeg blijven)"), 4000, rows=5, language="en")
    team_present = number_field(
        _("Hoeveel mensen van het project waren er?"), _("Iedereen ziet het aantal, geen namen.")
    )

    def __init__(self, *args: Any, people: Iterable[tuple[Assignment, str]], **kwargs: Any) -> None:
        self.people = list(people)
        super().__init__(*args, **kwargs)
        for assignment, label in self.people:
            self.fields[f"there_{assignment.pk}"] = forms.BooleanField(
                label=_now("%(who)s was er") % {"who": label}, required=False,
                widget=forms.CheckboxInput(attrs={"class": "utrecht-checkbox"}),
            )  # fmt: skip
            minutes = number_field(_now("Minuten van %(who)s, met voorbereiden") % {"who": label})
            minutes.widget.attrs["class"] = "utrecht-textbox"
            self.fields[f"minutes_{assignment.pk}"] = minutes

    def clean(self) -> dict[str, Any]:
        """Who was there has minutes."""
        read: dict[str, Any] = super().clean() or self.cleaned_data
        for assignment, _label in self.people:
            name = f"minutes_{assignment.pk}"
            if read.get(f"there_{assignment.pk}") and not read.get(name) and name not in self.errors:
                self.add_error(name, _now("Schrijf hoeveel minuten."))
        return read

    def there(self) -> dict[int, int]:
        """{number of an assignment: minutes} of who was there."""
        read = self.cleaned_data
        return {
            one.pk: read.get(f"minutes_{one.pk}") or 0 for one, _label in self.people if read.get(f"there_{one.pk}")
        }

    def texts(self) -> dict[str, str]:
        """The texts of `actions.meetings.hold_meeting`."""
        return {name: self.cleaned_data.get(name, "") for name in ("summary", "summary_en", "language_reason")}

    def person_rows(self) -> list[tuple[Any, Any]]:
        """(was there, minutes) of each person, for the page."""
        return [(self[f"there_{one.pk}"], self[f"minutes_{one.pk}"]) for one, _label in self.people]


def initial_of_held(meeting: Meeting, attendances: Mapping[int, Attendance], people: Iterable[Any]) -> dict[str, Any]:
    """Who said to come was there, as long as the meeting was planned: only what was different has to be typed."""
    length = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
    values: dict[str, Any] = {}
    for assignment, _label in people:
        attendance = attendances.get(assignment.pk)
        values[f"there_{assignment.pk}"] = bool(attendance and attendance.will_come)
        values[f"minutes_{assignment.pk}"] = length
    return values
