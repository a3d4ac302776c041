"""Forms of vacancies: what was typed, read forgivingly. Whether it is right, the actions decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.actions.vacancy_ends import groups_to_miss
from participation.fields import choice_field, choices_field, day_field, text_field
from participation.forms import Form
from participation.models import Vacancy, VacancyEnd
from participation.states import PHASES, Influence
from participation.vacancy_texts import CHANGEABLE, LONGEST, MOST_CRITERIA

ADD = "nog-een-eis"  # the button that asks for room for one more criterion; it keeps what was typed and saves nothing


def _criterion_fields() -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for place in range(1, MOST_CRITERIA + 1):
        fields[f"text_{place}"] = forms.CharField(label=_("Wat vraagt u?"), required=False, max_length=1000)
        fields[f"why_{place}"] = forms.CharField(label=_("Waarom?"), required=False, max_length=1000)
        fields[f"must_{place}"] = forms.BooleanField(label=_("Dit moet"), required=False)
    return fields


CriteriaForm = type("CriteriaForm", (Form,), _criterion_fields())


class VacancyForm(CriteriaForm):  # type: ignore[misc,valid-type]
    """What a vacancy asks and offers."""

    title = text_field(_("Titel"), LONGEST["title"], help_text=_("Bijvoorbeeld: Denk mee over uitleg bij een foto."))
    tasks = text_field(_("Wat gaat iemand doen?"), LONGEST["tasks"], rows=5,
                       help_text=_("Schrijf aan de lezer: u leest teksten, u praat mee."))  # fmt: skip
    influence = choice_field(_("Rol"))
    phases = choices_field(_("In welke fasen?"), _("Kiest u niets? Dan is het voor alle fasen."))
    places = forms.IntegerField(
        label=_("Hoeveel mensen zoekt u?"), required=False, error_messages={"invalid": _("Schrijf een getal.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip
    hours = text_field(_("Hoeveel tijd kost het?"), LONGEST["hours"],
                       help_text=_("Bijvoorbeeld: 2 uur per maand, een half jaar lang."))  # fmt: skip
    fee_offer = text_field(_("Welke vergoeding krijgt iemand?"), LONGEST["fee_offer"], rows=3,
                           help_text=_("Noem ook reiskosten."))  # fmt: skip
    learning_offer = text_field(_("Wat kan iemand leren?"), LONGEST["learning_offer"], rows=3)
    support_offer = text_field(
        _("Wie helpt, en hoe?"), LONGEST["support_offer"], rows=3,
        help_text=_("Bijvoorbeeld: vervoer, een tolk, een vaste persoon om te bellen."),
    )  # fmt: skip
    perspectives = text_field(
        _("Wiens ervaring zoekt u?"), 1000, rows=3,
        help_text=_("Zet elke ervaring op een eigen regel, zoals: mensen met een donkere huid."),
    )  # fmt: skip
    closes_on = day_field(_("Tot en met welke dag kan iemand zich melden?"))
    language_reason = text_field(
        _("Waarom kan de tekst niet makkelijker? (mag leeg blijven)"), LONGEST["language_reason"], rows=2,
        help_text=_("Alleen nodig als de tekst nog lastig is. Iedereen kan dit lezen."),
    )  # fmt: skip
    title_en = text_field(_("Titel in het Engels (mag leeg blijven)"), LONGEST["title_en"], language="en")
    tasks_en = text_field(_("Wat iemand gaat doen, in het Engels (mag leeg blijven)"), LONGEST["tasks_en"], rows=4,
                          language="en")  # fmt: skip
    criteria = forms.CharField(required=False, widget=forms.HiddenInput())  # where faults about the rows stand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["influence"].choices = Influence.choices
        self.fields["phases"].choices = [(phase.value, phase.label) for phase in PHASES]

    def values(self) -> dict[str, Any]:
        """The fields of `actions.vacancies`, as typed."""
        read = self.cleaned_data
        made = {name: read.get(name, "") for name in CHANGEABLE}
        made["perspectives"] = read.get("perspectives", "").splitlines()
        made["places"] = read.get("places") or 0
        return made

    def rows(self) -> list[dict[str, Any]]:
        """The criteria, as typed."""
        read = self.cleaned_data
        return [
            {"text": read.get(f"text_{n}", ""), "why": read.get(f"why_{n}", ""), "is_must": read.get(f"must_{n}")}
            for n in range(1, MOST_CRITERIA + 1)
        ]

    def criterion_rows(self) -> list[tuple[Any, Any, Any]]:
        """(what, why, whether it must) of each criterion on the page."""
        return [(self[f"text_{n}"], self[f"why_{n}"], self[f"must_{n}"]) for n in range(1, self._room() + 1)]

    def has_room(self) -> bool:
        """Whether one more criterion may be asked for."""
        return self._room() < MOST_CRITERIA

    def _room(self) -> int:
        """How many criteria stand on the page: those of before and an empty one; of what was sent as many as it had."""
        source, more = (self.data, ADD in self.data) if self.is_bound else (self.initial, True)
        last = max((n for n in range(1, MOST_CRITERIA + 1) if f"text_{n}" in source), default=0)
        return min(max(last + more, 1), MOST_CRITERIA)


def initial_of(vacancy: Vacancy) -> dict[str, Any]:
    """What the form of `vacancy` shows before anybody types."""
    values = {name: getattr(vacancy, name) for name in CHANGEABLE}
    values["perspectives"] = "\n".join(vacancy.perspectives)
    for n, one in enumerate(vacancy.criteria.order_by("place"), start=1):
        values |= {f"text_{n}": one.text, f"why_{n}": one.why, f"must_{n}": one.is_must}
    return values


class OutcomeForm(Form):
    """How a vacancy ended, for everybody to read."""

    outcome = forms.ChoiceField(
        label=_("Wat is er gebeurd?"), required=False, widget=forms.RadioSelect(), choices=VacancyEnd.choices,
        error_messages={"invalid_choice": _("Kies iets uit de lijst.")},
    )  # fmt: skip
    missing = choices_field(_("Wie mist u nog?"), _("Kies wie geraakt wordt door het project en niet meedoet."))
    text = text_field(_("Hoe ging het?"), 2000, rows=4,
                      help_text=_("Iedereen kan dit lezen. Schrijf niets waaraan u iemand herkent, en ook niet hoeveel "
                                  "mensen zich meldden."))  # fmt: skip

    def __init__(self, *args: Any, vacancy: Vacancy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = groups_to_miss(vacancy)
        field: Any = self.fields["missing"]
        field.choices = [(group, group) for group in groups]
        if not groups:
            del self.fields["missing"]
