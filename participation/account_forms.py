"""Forms of the closing account."""

from django.utils.translation import gettext_lazy as _

from participation.account import ITEMS
from participation.actions.account import LONGEST, LONGEST_REMARKS
from participation.fields import text_field
from participation.forms import Form


class AccountForm(Form):
    """The five items, and why they could not be easier."""

    aim = text_field(ITEMS["aim"], LONGEST, rows=5)
    methods = text_field(ITEMS["methods"], LONGEST, rows=8)
    results = text_field(ITEMS["results"], LONGEST, rows=8)
    discussion = text_field(ITEMS["discussion"], LONGEST, rows=8)
    reflection = text_field(ITEMS["reflection"], LONGEST, rows=8)
    language_reason = text_field(
        _("Waarom kan de tekst niet makkelijker? (mag leeg blijven)"), LONGEST, rows=2,
        help_text=_("Alleen nodig als de tekst nog lastig is. Iedereen kan dit lezen."),
    )  # fmt: skip


class RemarksForm(Form):
    """Why the patient side does not agree yet."""

    remarks = text_field(_("Wat moet er anders?"), LONGEST_REMARKS, rows=4)
