"""What administrators of the portal do: what each person is answered."""

from django.utils import timezone

from portal.accounts.models import PortalDuty, PortalInvitation, PortalRole
from portal.organisations.models import RoleRequest
from portal.organisations.roles import Role
from tests.access.table import DENIED, DONE, OK, SIGN_IN, WRONG, row
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, member, on_duty


def waiting(world):
    """An organisation that nobody has checked."""
    world.things["waiting"] = OrganisationFactory(slug="de-eik")


def proposal(world):
    """A proposal of another administrator."""
    world.things["proposal"] = PortalInvitation.objects.create(
        email="nieuw@portaal.example", role=PortalRole.EDITORIAL, proposed_by=UserFactory(), proposed_at=timezone.now()
    )


def duty(world):
    """Somebody else who does something for the portal."""
    world.things["duty"] = PortalDuty.objects.get(user=on_duty(PortalRole.EDITORIAL))


def money_role(world):
    """A role with money in an organisation that has no other administrator than who asked."""
    waiting(world)
    eik = world.things["waiting"]
    world.things["role"] = RoleRequest.objects.create(
        organisation=eik, user=member(eik, Role.EDITOR), role=Role.FINANCE_OFFICER,
        asked_by=member(eik, Role.ADMINISTRATOR), asked_at=timezone.now(),
    )  # fmt: skip


def role(step):
    return {
        "kwargs": lambda world: {"slug": "de-eik", "pk": world.things["role"].pk, "step": step}, "prepare": money_role,
    }  # fmt: skip


EIK = {"kwargs": lambda world: {"slug": "de-eik"}, "prepare": waiting}
PROPOSAL = {"kwargs": lambda world: {"pk": world.things["proposal"].pk}, "prepare": proposal}
DUTY = {"kwargs": lambda world: {"pk": world.things["duty"].pk}, "prepare": duty}

# fmt: off
#                               nobody   newcomer outsider editor  publish admin   coordin editorial portal
ROWS = [
    row("portal-organisations", SIGN_IN, DENIED,  DENIED,  DENIED, DENIED, DENIED, DENIED, DENIED,   OK),
    row("portal-organisation",  SIGN_IN, DENIED,  DENIED,  DENIED, DENIED, DENIED, DENIED, DENIED,   OK, **EIK),
    row("portal-verify",        SIGN_IN, 405,     405,     405,    405,    405,    405,    405,      405, **EIK),
    row("portal-verify",        SIGN_IN, DENIED,  DENIED,  DENIED, DENIED, DENIED, DENIED, DENIED,   DONE,
        method="POST", data=lambda world: {"way": "CALLED"}, **EIK),
    row("portal-take-back",     SIGN_IN, 405,     405,     405,    405,    405,    405,    405,      405, **EIK),
    row("portal-take-back",     SIGN_IN, DENIED,  DENIED,  DENIED, DENIED, DENIED, DENIED, DENIED,   DONE,
        method="POST", **EIK),
    row("portal-invite",        SIGN_IN, 405,     405,     405,    405,    405,    405,    405,      405, **EIK),
    row("portal-invite",        SIGN_IN, DENIED,  DENIED,  DENIED, DENIED, DENIED, DENIED, DENIED,   DONE,
        method="POST", data=lambda world: {"email": "beheer@eik.example"}, **EIK),
    row("portal-invite",        SIGN_IN, DENIED,  DENIED,  DENIED, DENIED, DENIED, DENIED, DENIED,   WRONG,
        method="POST", data=lambda world: {"email": "geen adres"}, **EIK),
    row("portal-role",          SIGN_IN, 405,     405,     405,    405,    405,    405,    405,      405,
        **role("akkoord")),
    row("portal-role",          SIGN_IN, DENIED,  DENIED,  DENIED, DENIED, DENIED, DENIED, DENIED,   DONE,
        method="POST", **role("akkoord")),
    row("portal-role",          SIGN_IN, DENIED,  DENIED,  DENIED, DENIED, DENIED, DENIED, DENIED,   DONE,
        method="POST", **role("weg")),
    row("portal-people",        SIGN_IN, DENIED,  DENIED,  DENIED, DENIED, DENIED, DENIED, DENIED,   OK),
    row("portal-people",        SIGN_IN, DENIED,  DENIED,  DENIED, DENIED, DENIED, DENIED, DENIED,   DONE,
        method="POST", data=lambda world: {"email": "nieuw@portaal.example", "role": "EDITORIAL"}),
    row("portal-people",        SIGN_IN, DENIED,  DENIED,  DENIED, DENIED, DENIED, DENIED, DENIED,   WRONG,
        method="POST"),
    row("portal-confirm",       SIGN_IN, 405,     405,     405,    405,    405,    405,    405,      405, **PROPOSAL),
    row("portal-confirm",       SIGN_IN, DENIED,  DENIED,  DENIED, DENIED, DENIED, DENIED, DENIED,   DONE,
        method="POST", **PROPOSAL),
    row("portal-withdraw",      SIGN_IN, 405,     405,     405,    405,    405,    405,    405,      405, **PROPOSAL),
    row("portal-withdraw",      SIGN_IN, DENIED,  DENIED,  DENIED, DENIED, DENIED, DENIED, DENIED,   DONE,
        method="POST", **PROPOSAL),
    row("portal-end-duty",      SIGN_IN, 405,     405,     405,    405,    405,    405,    405,      405, **DUTY),
    row("portal-end-duty",      SIGN_IN, DENIED,  DENIED,  DENIED, DENIED, DENIED, DENIED, DENIED,   DONE,
        method="POST", **DUTY),
]
# fmt: on
