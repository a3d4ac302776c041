"""The agreement between a representative and a project, and who signed it. No person stands in what never changes."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from participation.models.assignment import Assignment
from participation.states import SigningSide, SigningWay


class Agreement(models.Model):
    """The text that one assignment is about: the clauses of the newest version when it was proposed, then fixed."""

    append_only: ClassVar[bool] = True

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="agreement")
    version = models.PositiveSmallIntegerField()
    text = models.JSONField()  # see agreement_text.snapshot: title, clauses and particulars, in both languages
    text_hash = models.CharField(max_length=64)  # SHA-256 of `text`, written as agreement_text.hash_of does
    fixed_at = models.DateTimeField()

    class Retention:
        personal = ()
        keep = "for ever: no person stands in it"

    def __str__(self) -> str:
        return f"agreement {self.version} of assignment {self.assignment_id}"


class Signature(models.Model):
    """That one side signed, when and how. Whose hand it was stands in SignatureName, which can be erased."""

    append_only: ClassVar[bool] = True

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(max_length=14, choices=SigningSide)
    how = models.CharField(max_length=10, choices=SigningWay)
    text_hash = models.CharField(max_length=64)  # of what was signed
    signed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(side__in=SigningSide.values), name="signature_side"),
            models.CheckConstraint(condition=Q(how__in=SigningWay.values), name="signature_how"),
            models.UniqueConstraint(fields=["agreement", "side"], name="signature_once"),
        ]

    class Retention:
        personal = ()
        keep = "for ever: proof that somebody started with an agreement; no person stands in it"

    def __str__(self) -> str:
        return f"{self.side} of agreement {self.agreement_id}"


class SignatureName(models.Model):
    """The name that somebody typed under an agreement, apart so that it can be erased while the signature stays."""

    signature = models.OneToOneField(Signature, on_delete=models.PROTECT, related_name="signed_name")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="signature_names"
    )
    typed_name = models.CharField(max_length=150)

    class Retention:
        personal = ("user", "typed_name")
        keep = "until 24 months after the project ended, or until that person has it erased after they stopped"

    def __str__(self) -> str:
        return f"name under signature {self.signature_id}"


class SigningLink(models.Model):
    """A link in a mail with which one person signs once; kept as a hash only. A new one takes its place."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signing_links")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="signing_links")
    side = models.CharField(max_length=14, choices=SigningSide)
    token_hash = models.CharField(max_length=64, unique=True)  # SHA-256
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(side__in=SigningSide.values), name="signing_link_side"),
            models.UniqueConstraint(fields=["agreement", "user"], name="signing_link_once"),
        ]

    class Retention:
        personal = ("user", "expires_at")
        keep = "until it is used, or has been expired for a day"

    def __str__(self) -> str:
        return f"link for agreement {self.agreement_id}"
