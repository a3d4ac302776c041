"""Forms of the closing account."""

from django.utils.translation import gettext_lazy as _

from participation.account import ITEMS
from participation.actions.account import LONGEST, LONGEST_REMARKS
from participation.forms import Form, _text


class AccountForm(Form):
    """The five items, and why they could not be easier."""

    aim = _text(ITEMS["aim"], LONGEST, rows=5)
    methods = _text(ITEMS["methods"], LONGEST, rows=8)
    results = _text(ITEMS["results"], LONGEST, rows=8)
    discussion = _text(ITEMS["discussion"], LONGEST, rows=8)
    reflection = _text(ITEMS["reflection"], LONGEST, rows=8)
    language_reason = _text(
        _("Waarom kan de tekst niet makkelijker? (mag leeg blijven)"), LONGEST, rows=2,
        help_text=_("Alleen nodig als de tekst nog lastig is. Iedereen kan dit lezen."),
    )  # fmt: skip


class RemarksForm(Form):
    """Why the patient side does not agree yet."""

    remarks = _text(_("Wat moet er anders?"), LONGEST_REMARKS, rows=4)
