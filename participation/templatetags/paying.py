"""How pages about claims write time and distance, and find the form of a step."""

from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from django import template
from django.utils.translation import gettext as _

from participation.claim_signals import hours
from participation.rates import TENTHS_PER_KM
from portal.core.dates import locale

register = template.Library()
register.filter("duration", hours)


@register.filter
def kilometres(tenths: int) -> str:
    """Tenths of a kilometre as people write them: "34,5 km"."""
    return _("%(number)s km") % {"number": format_decimal(Decimal(tenths) / TENTHS_PER_KM, locale=locale())}


@register.filter
def step(forms: dict[str, Any], name: str) -> Any:
    """The form of the step `name`, where that name holds a hyphen."""
    return forms[name]
