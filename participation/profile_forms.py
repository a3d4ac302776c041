"""Forms of the profile of a representative. Each consent is a form of its own, never ticked beforehand."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.actions.profiles import LONGEST
from participation.fields import choice_field, text_field
from participation.forms import Form, patient_organisations
from portal.organisations.models import Organisation


class ProfileForm(Form):
    """What somebody tells of themselves."""

    about = text_field(_("Wie bent u? (mag leeg blijven)"), LONGEST["about"], rows=4,
                       help_text=_("Mag een coördinator u voordragen? Dan ziet die dit. Schrijf hier niets over uw "
                                   "gezondheid."))  # fmt: skip
    access_needs = text_field(
        _("Wat hebt u nodig om mee te kunnen doen? (mag leeg blijven)"), LONGEST["access_needs"], rows=3,
        help_text=_("Bijvoorbeeld: een tolk, een lift, pauzes. Niemand anders ziet dit. Doet u mee aan een project? "
                    "Dan staat dit daar voor u klaar. Het project ziet het pas als u het daar bewaart."),
    )  # fmt: skip
    organisation = choice_field(_("Welke patiëntenorganisatie steunt u?"),
                                 _("Wie kiest, ziet dit als u zich meldt voor een vacature."))  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.choices = [("", _("Geen")), *patient_organisations()]

    def chosen_organisation(self) -> Organisation | None:
        """The organisation that was chosen."""
        slug = self.cleaned_data.get("organisation", "")
        return Organisation.objects.filter(slug=slug).first() if slug else None


class PerspectiveForm(Form):
    """The experiences that somebody brings, with the consent that is for this alone."""

    lines = text_field(_("Welke ervaring brengt u mee?"), 2000, rows=4,
                       help_text=_("Zet elke ervaring op een eigen regel, zoals: mantelzorger, of: astma. Mag een "
                                   "coördinator u voordragen? Dan ziet die dit."))  # fmt: skip
    agrees = forms.BooleanField(
        label=_("Ik vind goed dat u bewaart wat ik hier over ziekte en zorg schrijf"), required=False
    )


class PutForwardConsentForm(Form):
    """The consent to be put forward."""

    agrees = forms.BooleanField(label=_("Ik vind goed dat mijn patiëntenorganisatie mij voordraagt"), required=False)
