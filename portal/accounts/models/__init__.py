"""People, what they do for the portal, and how they sign in."""

from portal.accounts.models.duty import PortalDuty, PortalInvitation, PortalRole
from portal.accounts.models.own_sign_in import OwnSignIn
from portal.accounts.models.user import User, UserManager

__all__ = ["OwnSignIn", "PortalDuty", "PortalInvitation", "PortalRole", "User", "UserManager"]
