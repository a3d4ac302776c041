"""Who works for which organisation, and who was asked to."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from portal.organisations.models.organisation import Organisation
from portal.organisations.roles import Role


class Membership(models.Model):
    """One role of one person for one organisation. Whoever leaves has no row left; the log keeps that it was there."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role"),
            models.UniqueConstraint(fields=["user", "organisation", "role"], name="membership_role_once"),
        ]

    class Retention:
        personal = ("user", "since")
        keep = "as long as the person works there"

    def __str__(self) -> str:
        return f"{self.role} {self.user_id} of {self.organisation_id}"


class Invitation(models.Model):
    """A person asked by mail to work for an organisation. The link in the mail is kept as a hash only."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    roles = models.JSONField()  # list of codes of Role
    token_hash = models.CharField(max_length=64, unique=True)  # SHA-256
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="invitations_sent"
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "email"], name="invitation_once"),
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="invitation_email_lower_case"),
        ]

    class Retention:
        personal = ("email", "invited_by", "invited_at")
        keep = "until it is accepted, withdrawn or has been expired for 30 days"

    def __str__(self) -> str:
        return f"invitation {self.pk} for {self.organisation_id}"
