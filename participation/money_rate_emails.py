"""The mail that says that the national maxima of a year are missing."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import override

from portal.accounts.models import PortalRole, User
from portal.core.mail import send_mail
from portal.organisations.roles import Role


def rates_missing(year: int) -> None:
    """To who keeps the portal, and to who manages a fund."""
    with override("nl"):
        path = reverse("participation:rates")
    keepers = Q(portal_duties__role__in=[PortalRole.EDITORIAL, PortalRole.ADMINISTRATOR])
    managers = Q(memberships__role=Role.FUND_MANAGER)
    for user in User.objects.filter(keepers | managers, is_active=True).distinct().order_by("pk"):
        send_mail(user.email, "participation/rates_missing", {"year": year, "path": path})
