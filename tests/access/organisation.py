"""An organisation in the workspace: what each person is answered. Others need not know that there is anything."""

import datetime

from django.utils import timezone

from portal.accounts.models import OwnSignIn
from portal.core import links
from portal.core.sealing import seal
from portal.organisations.models import Invitation, RoleRequest
from portal.organisations.roles import Role
from tests.access.table import DENIED, DONE, HIDDEN, OK, SIGN_IN, WRONG, row
from tests.factories.people import member


def colleague(world):
    """Somebody who works there too."""
    world.things["colleague"] = member(world.hospital, Role.EDITOR)


def invitation(world):
    """An invitation that stands open."""
    now = timezone.now()
    world.things["invitation"] = Invitation.objects.create(
        organisation=world.hospital, email="nieuw@linde.example", roles=["EDITOR"], token_hash=links.hash_of("geheim"),
        invited_at=now, expires_at=now + datetime.timedelta(days=14),
    )  # fmt: skip


def own_sign_in(world):
    """A sign-in of the organisation itself."""
    OwnSignIn.objects.create(
        organisation=world.hospital, issuer="https://linde.example", client_id="aimz", sealed_secret=seal("geheim"),
        domains=["linde.example"], saved_at=timezone.now(),
    )  # fmt: skip


def linde(world):
    return {"slug": world.hospital.slug}


def money_role(world):
    """A role with money that somebody who is gone from the columns asked for a colleague."""
    colleague(world)
    world.things["role"] = RoleRequest.objects.create(
        organisation=world.hospital, user=world.things["colleague"], role=Role.FINANCE_OFFICER,
        asked_by=member(world.hospital, Role.ADMINISTRATOR), asked_at=timezone.now(),
    )  # fmt: skip


LINDE = {"kwargs": linde}
COLLEAGUE = {
    "kwargs": lambda world: {**linde(world), "pk": world.things["colleague"].pk},
    "prepare": colleague,
}
INVITATION = {
    "kwargs": lambda world: {**linde(world), "pk": world.things["invitation"].pk},
    "prepare": invitation,
}


def role(step):
    return {
        "kwargs": lambda world: {**linde(world), "pk": world.things["role"].pk, "step": step}, "prepare": money_role,
    }  # fmt: skip


# fmt: off
#                                      nobody   newcomer outsider editor  publish admin   coordin editorial portal
ROWS = [
    row("organisations",               SIGN_IN, OK,      DONE,    DONE,   DONE,   DONE,   DONE,   OK,       OK),
    row("organisation",                SIGN_IN, HIDDEN,  HIDDEN,  OK,     OK,     OK,     OK,     HIDDEN,   HIDDEN,
        **LINDE),
    row("organisation-ask",            SIGN_IN, 405,     405,     405,    405,    405,    405,    405,      405,
        **LINDE),
    row("organisation-ask",            SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DENIED, DONE,   DENIED, HIDDEN,   HIDDEN,
        method="POST", **LINDE),
    row("organisation-people",         SIGN_IN, HIDDEN,  HIDDEN,  OK,     OK,     OK,     OK,     HIDDEN,   HIDDEN,
        **LINDE),
    row("organisation-people",         SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DENIED, DONE,   DENIED, HIDDEN,   HIDDEN,
        method="POST", data=lambda world: {"email": "nieuw@linde.example", "roles": ["EDITOR"]}, **LINDE),
    row("organisation-people",         SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DENIED, WRONG,  DENIED, HIDDEN,   HIDDEN,
        method="POST", data=lambda world: {"email": "geen adres"}, **LINDE),
    row("organisation-person",         SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DENIED, OK,     DENIED, HIDDEN,   HIDDEN,
        **COLLEAGUE),
    row("organisation-person",         SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DENIED, DONE,   DENIED, HIDDEN,   HIDDEN,
        method="POST", data=lambda world: {"roles": ["PUBLISHER"]}, **COLLEAGUE),
    row("organisation-person",         SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DENIED, WRONG,  DENIED, HIDDEN,   HIDDEN,
        method="POST", data=lambda world: {"roles": ["COORDINATOR"]}, **COLLEAGUE),
    row("organisation-remove",         SIGN_IN, 405,     405,     405,    405,    405,    405,    405,      405,
        **COLLEAGUE),
    row("organisation-remove",         SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DENIED, DONE,   DENIED, HIDDEN,   HIDDEN,
        method="POST", **COLLEAGUE),
    row("organisation-role",           SIGN_IN, 405,     405,     405,    405,    405,    405,    405,      405,
        **role("akkoord")),
    row("organisation-role",           SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DENIED, DONE,   DENIED, HIDDEN,   HIDDEN,
        method="POST", **role("akkoord")),
    row("organisation-role",           SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DENIED, DONE,   DENIED, HIDDEN,   HIDDEN,
        method="POST", **role("weg")),
    row("organisation-role",           SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN,   HIDDEN,
        method="POST", **role("verzonnen")),
    row("invitation-again",            SIGN_IN, 405,     405,     405,    405,    405,    405,    405,      405,
        **INVITATION),
    row("invitation-again",            SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DENIED, DONE,   DENIED, HIDDEN,   HIDDEN,
        method="POST", **INVITATION),
    row("invitation-withdraw",         SIGN_IN, 405,     405,     405,    405,    405,    405,    405,      405,
        **INVITATION),
    row("invitation-withdraw",         SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DENIED, DONE,   DENIED, HIDDEN,   HIDDEN,
        method="POST", **INVITATION),
    row("organisation-sign-in",        SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DENIED, OK,     DENIED, HIDDEN,   OK,
        **LINDE),
    row("organisation-sign-in",        SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DENIED, WRONG,  DENIED, HIDDEN,   WRONG,
        method="POST", **LINDE),
    row("organisation-sign-in-forget", SIGN_IN, 405,     405,     405,    405,    405,    405,    405,      405,
        **LINDE),
    row("organisation-sign-in-forget", SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DENIED, DONE,   DENIED, HIDDEN,   DONE,
        method="POST", prepare=own_sign_in, **LINDE),
    row("organisation-log",            SIGN_IN, HIDDEN,  HIDDEN,  OK,     OK,     OK,     OK,     HIDDEN,   HIDDEN,
        **LINDE),
]
# fmt: on
