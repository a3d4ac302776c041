"""The invented people in the stories: those of the example organisations, and representatives and others of a file."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from participation.actions.profiles import agree_to_be_put_forward, save_profile, tell_perspectives
from portal.accounts.backend import EXAMPLES
from portal.accounts.examples import example_person, make_example_people, works_for
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation, OrganisationKind
from portal.organisations.roles import Role


@dataclass(frozen=True)
class Cast:
    """Who can be in a story. `rows`: {key: row of people.toml}."""

    rows: Mapping[str, Mapping[str, Any]]

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of those who have an account of their own."""
        return frozenset(self.rows)

    @staticmethod
    def address(key: str) -> str:
        """The mail address of somebody with this key; no mail can ever go there."""
        return f"{key}{EXAMPLES}"

    def person(self, key: str) -> User:
        """Somebody of the file. Raises KeyError."""
        self.rows[key]
        return User.objects.get(email=self.address(key))

    @staticmethod
    def of_role(organisation: Organisation, role: Role) -> User:
        """The first who has `role` for an example organisation."""
        found = Membership.objects.filter(organisation=organisation, role=role, user__email__endswith=EXAMPLES)
        return found.select_related("user").order_by("pk")[0:1].get().user

    @staticmethod
    def of_fund(role: Role) -> User:
        """The first who has `role` for the example fund."""
        fund = Organisation.objects.get(is_example=True, kind=OrganisationKind.FUND)
        return Cast.of_role(fund, role)

    def make(self, *, now: datetime.datetime) -> None:
        """Make everybody who is not there yet, with what they tell of themselves at `now`."""
        make_example_people(now=now)
        for key, row in self.rows.items():
            user, is_new = example_person(self.address(key), row["name"])
            if is_new and "organisation" in row:
                works_for(user, Organisation.objects.get(slug=row["organisation"]), Role(row["role"]), now)
            elif is_new:
                _tell_of_themselves(user, row, now)


def _tell_of_themselves(user: User, row: Mapping[str, Any], now: datetime.datetime) -> None:
    supported_by = row.get("supported_by")
    save_profile(
        about=row.get("about", ""), access_needs=row.get("needs", ""), by=user, now=now,
        organisation=Organisation.objects.get(slug=supported_by) if supported_by else None,
    )  # fmt: skip
    if lines := row.get("perspectives"):
        tell_perspectives(lines=lines, agrees=True, by=user, now=now)
    if row.get("may_be_put_forward"):
        agree_to_be_put_forward(agrees=True, by=user, now=now)


def cast_of(rows: Sequence[Mapping[str, Any]]) -> Cast:
    """The cast of the `[[person]]` rows of a file."""
    return Cast({row["key"]: row for row in rows})
