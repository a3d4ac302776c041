"""Organisations and who works for them."""

from portal.organisations.models.membership import Invitation, Membership
from portal.organisations.models.organisation import (
    CARE_KINDS,
    MOST_WORDS,
    Location,
    Organisation,
    OrganisationKind,
    OrganisationQuerySet,
    Province,
)
from portal.organisations.models.role_request import RoleRequest

__all__ = [
    "CARE_KINDS",
    "MOST_WORDS",
    "Invitation",
    "Location",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "OrganisationQuerySet",
    "Province",
    "RoleRequest",
]
