"""Forms of starting: interests, needs, a name under an agreement, an offer by mail. Actions decide what is right."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.forms import Form
from participation.models import Assignment
from participation.starting_permissions import possible_buddies
from participation.states import Influence, InterestDecision, Phase
from portal.accounts.models import User

PICK = {"required": _("Kies een antwoord."), "invalid_choice": _("Kies iets uit de lijst.")}
MOST = 20_000  # the action says how much fits; what was typed is never cut off


def _long(label: Any, help_text: Any = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, help_text=help_text, max_length=MOST, widget=forms.Textarea(attrs={"rows": rows})
    )


class InterestForm(Form):
    """Which other interests somebody has."""

    NONE, SOME = "geen", "wel"

    has = forms.ChoiceField(
        label=_("Hebt u andere belangen bij dit project?"), widget=forms.RadioSelect(), error_messages=PICK,
        help_text=_("Bijvoorbeeld: u werkt voor de maker van de AI, of u hebt er aandelen in."),
        choices=[(NONE, _("Nee, geen")), (SOME, _("Ja, of misschien"))],
    )  # fmt: skip
    text = _long(
        _("Welke belangen?"),
        _("Alleen u en wie hierover beslist, zien dit. Schrijf niets over uw gezondheid."),
    )

    def declared(self) -> dict[str, Any]:
        """What the action wants to know."""
        return {"has_none": self.cleaned_data["has"] == self.NONE, "text": self.cleaned_data["text"]}


class DecisionForm(Form):
    """What follows from somebody's interests."""

    decision = forms.ChoiceField(
        label=_("Wat besluit u?"), widget=forms.RadioSelect(), choices=InterestDecision.choices, error_messages=PICK
    )
    text = _long(
        _("Uw besluit in het kort"),
        _("Het project ziet dit. Is het openbaar, dan ziet iedereen dit. Schrijf geen naam."),
    )


class WelcomeForm(Form):
    """One first step, done or not."""

    kind = forms.CharField(max_length=20)
    done = forms.CharField(max_length=5, required=False)


class NeedsForm(Form):
    """What somebody needs to take part."""

    text = _long(
        _("Wat hebt u nodig om mee te doen?"),
        _("Alleen het project ziet dit. Bijvoorbeeld: grote letters, een tolk, of een pauze na een half uur."),
    )


class TextForm(Form):
    """One reason."""

    text = _long("", rows=3)

    def __init__(self, *args: Any, label: Any, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, help_text


class SignForm(Form):
    """A name under the agreement."""

    typed_name = forms.CharField(
        label=_("Typ uw naam om te tekenen"), required=False, max_length=MOST,
        help_text=_("Alleen u, het project en de coördinator zien dit."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip


class PaperForm(Form):
    """The name on a paper that was signed."""

    typed_name = forms.CharField(
        label=_("Welke naam staat er op het papier?"), required=False, max_length=MOST,
        help_text=_("Bewaar het papier bij uw organisatie."), widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class OfferForm(Form):
    """Whom to ask, and for what."""

    email = forms.CharField(
        label=_("Mailadres"), required=False, max_length=254,
        help_text=_("Deze persoon krijgt een mail met een link. U ziet hier wanneer iemand ja zegt."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    influence = forms.ChoiceField(
        label=_("Rol"), choices=Influence.choices, initial=Influence.ADVISER, error_messages=PICK
    )
    phases = forms.MultipleChoiceField(
        label=_("Voor welke fasen? (geen keuze: alle)"), required=False, choices=Phase.choices,
        widget=forms.CheckboxSelectMultiple(), error_messages=PICK,
    )  # fmt: skip


class BuddyForm(Form):
    """Who is asked to be a buddy."""

    buddy = forms.ChoiceField(label=_("Wie vraagt u als buddy?"), error_messages=PICK)

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in possible_buddies(assignment)}
        names = [(key, one.get_full_name()) for key, one in self.people.items()]
        self.fields["buddy"].choices = [("", _("Kies iemand")), *names]  # type: ignore[attr-defined]

    def chosen(self) -> User | None:
        """Who was chosen."""
        return self.people.get(self.cleaned_data["buddy"])
