"""Account numbers: checked by their own sum, kept sealed, shown to nobody but the bank's file."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum import iban
from stdnum.exceptions import ValidationError as NotAnIban

from portal.core.sealing import seal, unseal


def checked_iban(text: str) -> str:
    """The account number in `text`, without spaces. Raises ValidationError when its sum or length is not right."""
    try:
        return str(iban.validate(text))
    except NotAnIban as error:
        raise ValidationError(
            {"iban": _("Dit rekeningnummer klopt niet. Kijk het na. Het begint met twee letters, zoals NL.")}
        ) from error


def sealed(text: str) -> tuple[str, str]:
    """(what the database keeps, the last four characters) of an account number. Raises ValidationError."""
    number = checked_iban(text)
    return seal(number), number[-4:]


def opened(kept: str) -> str:
    """The account number again, for the file of the bank. Raises sealing.SealBroken."""
    return unseal(kept)
