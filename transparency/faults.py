"""What is wrong in what somebody sent, for the page that shows the form again."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong, and the field (its id) where to mend it."""

    field: str
    message: str


def faults_of(error: ValidationError, fields: Mapping[str, str], *, field: str) -> list[Fault]:
    """The faults in `error`: `fields` translates its keys to fields of the form, what has no key is about `field`."""
    if hasattr(error, "error_dict"):
        return [
            Fault(field=fields.get(key, field), message=message)
            for key, messages in error.message_dict.items() for message in messages
        ]  # fmt: skip
    return [Fault(field=field, message=message) for message in error.messages]
