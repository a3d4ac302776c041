"""A command about money: whole or not at all, and once, however often it is sent."""

import datetime
import hashlib
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from participation.models import MoneyCommand
from portal.core.workflow import StepNotAllowed


class KeyUsed(StepNotAllowed):
    """This key belongs to another command."""


def money_command(kind: str, *, about: Callable[..., str]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make `act(command=, by=, now=, …)` a command with a key: `sent(key=, by=, now=, …)`.

    Everything that `act` does and the row of the command stand in one transaction. The same key again does nothing and
    gives None, also when both run at the same moment: the key is unique, so that the second waits for the first. What
    was refused leaves no row: it can be sent again. `about` gets the arguments and gives the target ("claim:<uuid>").
    Raises KeyUsed for a key of another command or another person, and what `act` raises.
    """

    def wrap(act: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(act)
        def sent(*, key: uuid.UUID, by: Any, now: datetime.datetime, **asked: Any) -> Any:
            command = new_command(kind, about(**asked), asked, key=key, by=by, now=now)
            try:
                with transaction.atomic():
                    command.save(force_insert=True)  # waits for who sends the same key at this moment
                    return act(command=command, by=by, now=now, **asked)
            except IntegrityError:
                if _was_sent(key, command.digest):
                    return None
                raise

        return sent

    return wrap


def new_command(
    kind: str, target: str, asked: dict[str, Any], *, key: uuid.UUID, by: Any, now: datetime.datetime
) -> MoneyCommand:
    """The row of a command that asks `asked` (the arguments by name), not yet saved."""
    return MoneyCommand(
        key=key, kind=kind, target=target, actor_id=getattr(by, "pk", None), digest=_digest(kind, by, asked),
        happened_at=now,
    )  # fmt: skip


def _was_sent(key: uuid.UUID, digest: str) -> bool:
    """Whether this very command was done. Raises KeyUsed when another was."""
    known = MoneyCommand.objects.filter(key=key).values_list("digest", flat=True).first()
    if known is not None and known != digest:
        raise KeyUsed("key used", told=_("Dit formulier is al verstuurd. Open de bladzijde opnieuw."))
    return known is not None


def _digest(kind: str, by: Any, asked: dict[str, Any]) -> str:
    told = [kind, str(getattr(by, "pk", None)), *(f"{name}={_told(asked[name])}" for name in sorted(asked))]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _told(value: Any) -> str:
    """A value as text that says which it is: a row by its number, others as they are written."""
    if isinstance(value, models.Model):
        return f"{value._meta.label}:{value.pk}"
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, dict):
        return repr([(name, _told(value[name])) for name in sorted(value)])
    if isinstance(value, list | tuple | models.QuerySet):
        return repr([_told(one) for one in value])
    return repr(value) if not isinstance(value, str) else value
