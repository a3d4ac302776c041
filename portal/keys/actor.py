"""A program that acts with a key: what it may do, and how the log and the drafts name it."""

from dataclasses import dataclass
from typing import Any

from portal.keys.models import ApiKey, Scope
from portal.organisations.models import Organisation
from portal.organisations.permissions import with_those_above
from portal.organisations.roles import Role


@dataclass(frozen=True)
class Program:
    """Stands where an action asks `by=`. It is no person: every check on what people are answers no.

    What it writes is on the account of who made the key, so that they cannot approve it themselves (four eyes).
    """

    key: ApiKey
    pk: None = None
    is_authenticated: bool = False
    is_active: bool = False

    def get_full_name(self) -> str:
        """What people read of who did it: the name of the key."""
        return self.key.name

    @property
    def answers_for(self) -> Any:
        """The person whose name stands under what it writes; None when that account is gone."""
        return self.key.made_by

    @property
    def told_to_log(self) -> dict[str, str]:
        """What the log keeps beside an event: it has no number of a user."""
        return {"key": str(self.key.uuid)}

    def roles_for(self, organisation: Organisation) -> frozenset[str]:
        """That of a writer, for the organisation of the key and those below it; never one that publishes."""
        may_write = {Scope.WRITE, Scope.SUBMIT} & set(self.key.scopes)
        is_ours = self.key.organisation_id in {one.pk for one in with_those_above(organisation)}
        return frozenset({Role.EDITOR.value} if may_write and is_ours else ())
