"""The people and things that the table of access speaks of."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from portal.accounts.models import PortalRole, User
from portal.organisations.models import Organisation
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member, on_duty
from tests.factories.transparency import COMPLETE
from transparency.actions.drafts import start_entry
from transparency.models import Draft

# Everyone who may ask, in the order of the columns of a table. `outsider` has every role, but elsewhere.
PEOPLE = (
    "nobody",
    "newcomer",
    "outsider",
    "editor",
    "publisher",
    "administrator",
    "coordinator",
    "editorial",
    "portal",
)


@dataclass
class World:
    """A hospital with its people and one of each thing; `things` holds what the rows of a table add."""

    hospital: Organisation
    elsewhere: Organisation
    people: dict[str, User | None]
    draft: Draft
    things: dict[str, Any] = field(default_factory=dict)


def make_world() -> World:
    """A hospital, verified; one person of each role, all with a second factor; a draft that the editor wrote."""
    hospital = OrganisationFactory(name="Ziekenhuis De Linde", slug="de-linde", verified_at=timezone.now())
    elsewhere = OrganisationFactory(name="Ziekenhuis De Wilg", slug="de-wilg", verified_at=timezone.now())
    people = {
        "nobody": None,
        "newcomer": UserFactory(),
        "outsider": member(elsewhere, *Role),
        "editor": member(hospital, Role.EDITOR),
        "publisher": member(hospital, Role.PUBLISHER),
        "administrator": member(hospital, Role.ADMINISTRATOR),
        "coordinator": member(hospital, Role.COORDINATOR),
        "editorial": on_duty(PortalRole.EDITORIAL),
        "portal": on_duty(PortalRole.ADMINISTRATOR),
    }
    draft = start_entry(
        organisation=hospital, slug="breukkijker", content=COMPLETE, by=people["editor"], now=timezone.now()
    )
    return World(hospital=hospital, elsewhere=elsewhere, people=people, draft=draft)
