"""What people do for the portal itself, and who was asked to."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from portal.accounts.models.user import User


class PortalRole(models.TextChoices):
    """What somebody does for the portal itself."""

    ADMINISTRATOR = "ADMINISTRATOR", _("Beheerder van het portaal")
    EDITORIAL = "EDITORIAL", _("Redactie")


class PortalDuty(models.Model):
    """One role of one person for the portal."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="portal_duties")
    role = models.CharField(max_length=20, choices=PortalRole)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(role__in=PortalRole.values), name="portal_duty_role"),
            models.UniqueConstraint(fields=["user", "role"], name="portal_duty_once"),
        ]

    class Retention:
        personal = ("user", "since")
        keep = "as long as the person does this"

    def __str__(self) -> str:
        return f"{self.role} {self.user_id}"


class PortalInvitation(models.Model):
    """A person asked to do something for the portal: one administrator proposes, another confirms, then a mail goes.

    The link in the mail is kept as a hash only. The very first one comes from `manage.py add_portal_administrator`.
    """

    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=20, choices=PortalRole)
    proposed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 (SHA-256; none until confirmed)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(role__in=PortalRole.values), name="portal_invitation_role"),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="portal_invitation_lower_case"),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None)
                | models.Q(proposed_by=None)
                | ~models.Q(confirmed_by=models.F("proposed_by")),
                name="portal_invitation_by_two",
            ),
            models.UniqueConstraint(fields=["email", "role"], name="portal_invitation_once"),
        ]

    class Retention:
        personal = ("email", "proposed_by", "proposed_at", "confirmed_by")
        keep = "until it is accepted, withdrawn or has been expired for 30 days; a proposal 30 days"

    def __str__(self) -> str:
        return f"{self.role} {self.pk}"

    @property
    def is_confirmed(self) -> bool:
        """Whether a second administrator agreed, so that the mail went out."""
        return self.token_hash is not None
