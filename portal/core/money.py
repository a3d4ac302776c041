"""Money: whole euro cents in the code and the database, euros for people."""

import re
from decimal import Decimal

from babel.numbers import format_currency

from portal.core.dates import locale

CENTS = 100
HARD_SPACE = "\N{NO-BREAK SPACE}"
_EUROS = re.compile(r"€?\s*(\d{1,3}(?:[.\s]\d{3})+|\d{1,12})(?:[.,](\d{1,2}))?\s*(?:euro)?")


def euros(cents: int) -> str:
    """ "€ 8,62" from 862, in the language of the page; a whole number of euros without ",00"."""
    form = "¤ #,##0.00" if cents % CENTS else "¤ #,##0"
    text = format_currency(Decimal(abs(cents)) / CENTS, "EUR", form, locale=locale(), currency_digits=False)
    text = text.replace(" ", HARD_SPACE)  # the sign never stands alone at the end of a line
    return f"−{text}" if cents < 0 else text


def cents_of(text: str) -> int:
    """Cents from what somebody typed: "8,62", "€ 1.000", "25", "12.50". Raises ValueError."""
    match = _EUROS.fullmatch(text.strip().lower())
    if not match:
        raise ValueError(f"not an amount: {text!r}")
    whole, rest = match.groups()
    return int(re.sub(r"[.\s]", "", whole)) * CENTS + int((rest or "").ljust(2, "0"))
