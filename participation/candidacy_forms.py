"""Forms of who wants to take part, and of who chooses. Whether it is right, the actions decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.fields import text_field
from participation.forms import Form
from participation.models import Candidacy, Choice, Fit, Wish
from participation.states import CANDIDACY

LONGEST_MOTIVATION = 4000


def _radios(label: Any, choices: list[tuple[str, Any]], help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, choices=choices, widget=forms.RadioSelect(), help_text=help_text,
        error_messages={"invalid_choice": _("Kies iets uit de lijst.")},
    )  # fmt: skip


class ReplyForm(Form):
    """What somebody writes who wants to take part."""

    name = forms.CharField(
        label=_("Hoe mogen wij u noemen?"), required=False, max_length=1000,
        help_text=_("Een voornaam mag ook. Alleen het project en de patiëntenorganisatie zien dit."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    email = forms.CharField(
        label=_("Uw mailadres"), required=False, max_length=1000,
        help_text=_("Hier sturen wij een link naartoe. Niemand anders ziet uw mailadres."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    motivation = text_field(
        _("Waarom wilt u meedoen?"), LONGEST_MOTIVATION, rows=7,
        help_text=_("Vertel zo veel of zo weinig als u wilt. Alleen wie kiest, leest dit: iemand van het project en "
                    "iemand van de patiëntenorganisatie."),
    )  # fmt: skip
    wish = _radios(
        _("Wilt u een vergoeding?"), list(Wish.choices),
        _("Wie kiest, ziet dit niet. Alleen u ziet het, en later wie de vergoeding regelt."),
    )  # fmt: skip
    keep = forms.BooleanField(
        label=_("Bewaar mijn aanmelding een jaar, ook als ik niet word gekozen"), required=False,
        widget=forms.CheckboxInput(),
    )  # fmt: skip


class SignedInReplyForm(ReplyForm):
    """The same for who has an account: the mail address is known."""

    email = None  # type: ignore[assignment]


def initial_of(candidacy: Candidacy, *, keep: bool) -> dict[str, Any]:
    """What the form shows of a reply that is there."""
    wish = getattr(candidacy, "payment_wish", None)
    return {"name": candidacy.name, "motivation": candidacy.motivation, "wish": wish.wish if wish else Wish.LATER,
            "keep": keep}  # fmt: skip


class NewLinkForm(Form):
    """Where a new link goes."""

    email = forms.CharField(label=_("Uw mailadres"), required=False, max_length=1000,
                            widget=forms.EmailInput(attrs={"autocomplete": "email"}))  # fmt: skip


class AssessForm(Form):
    """What an assessor finds."""

    judgement = _radios(_("Past deze persoon bij de rol?"), list(Fit.choices))
    text = text_field(_("Waarom vindt u dat?"), 2000, rows=4,
                      help_text=_("Alleen wie kiest, leest dit. De kandidaat mag het opvragen."))  # fmt: skip


class ChoiceForm(Form):
    """What somebody proposes to decide."""

    choice = _radios(_("Wat wilt u besluiten?"), list(Choice.choices))
    text = text_field(_("Waarom?"), 2000, rows=4,
                      help_text=_("De kandidaat krijgt deze tekst. Schrijf hem aan de kandidaat: u …"))  # fmt: skip

    def __init__(self, *args: Any, candidacy: Candidacy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = {step.name for step in CANDIDACY.steps_from(candidacy.state)}
        field: Any = self.fields["choice"]
        field.choices = [(value, label) for value, label in Choice.choices if value.lower() in steps]
        if len(field.choices) == 1:
            self.initial.setdefault("choice", field.choices[0][0])


class PutForwardForm(Form):
    """Whom a coordinator puts forward, and why."""

    person = forms.ChoiceField(
        label=_("Wie draagt u voor?"),
        error_messages={"required": _("Kies wie u voordraagt."), "invalid_choice": _("Kies iets uit de lijst.")},
    )
    text = text_field(
        _("Waarom past deze persoon?"), LONGEST_MOTIVATION, rows=5,
        help_text=_("Deze persoon leest dit ook. Schrijf niets over ziekte zonder toestemming."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        field: Any = self.fields["person"]
        field.choices = [(key, person.get_full_name()) for key, person in self.people.items()]
