"""A role with which money moves, asked for somebody by one person; it begins when a second person agrees."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from portal.organisations.models.organisation import Organisation
from portal.organisations.roles import MONEY, Role


class RoleRequest(models.Model):
    """Waits for the second person. Whoever asked or would get it and goes, takes it along; the log keeps that it was.

    No row is left once it is agreed to or taken back.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="role_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_requests")
    role = models.CharField(max_length=20, choices=[(role.value, role.label) for role in MONEY])
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_requests_made")
    asked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(role__in=["FUND_MANAGER", "FINANCE_OFFICER"]), name="role_request_role"
            ),
            models.CheckConstraint(condition=~models.Q(asked_by=models.F("user")), name="role_request_not_for_oneself"),
            models.UniqueConstraint(fields=["organisation", "user", "role"], name="role_request_once"),
        ]

    class Retention:
        personal = ("user", "asked_by", "asked_at")
        keep = "until somebody agrees or takes it back, and at most 30 days"

    def __str__(self) -> str:
        return f"{self.role} asked for {self.user_id} of {self.organisation_id}"

    @property
    def label(self) -> str:
        """The role in words."""
        return str(Role(self.role).label)
