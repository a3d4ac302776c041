"""What the law takes away, by two people of the portal."""

from typing import Any

from django.utils import timezone

from portal.accounts.models import PortalRole, User
from tests.factories.people import on_duty
from transparency.actions.redaction import Redacted, ask_redaction, carry_out, seal_of_entry
from transparency.models import Entry, RedactionRequest, Seal

WHY = "Er stond een naam in."


def administrators() -> tuple[User, User]:
    """Two people who administer the portal."""
    return on_duty(PortalRole.ADMINISTRATOR), on_duty(PortalRole.ADMINISTRATOR)


def asked(seal: Seal | None, key: str = "purpose", *, by: User | None = None, **more: Any) -> RedactionRequest:
    """A request to take the value `key` away."""
    assert seal is not None
    by = by or on_duty(PortalRole.ADMINISTRATOR)
    return ask_redaction(seal=seal, key=key, by=by, now=timezone.now(), **({"reason": WHY} | more))


def taken_away(seal: Seal | None, key: str = "purpose", **more: Any) -> Redacted:
    """The value `key` taken away by two people; `more` goes to the request."""
    request = asked(seal, key, **more)
    return carry_out(request=request, by=on_duty(PortalRole.ADMINISTRATOR), now=timezone.now())


def redacted(entry: Entry, number: int = 1, key: str = "purpose", **more: Any) -> Redacted:
    """The answer `key` of version `number` of `entry` taken away."""
    return taken_away(seal_of_entry(entry.slug, number), key, **more)
