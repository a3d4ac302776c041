"""What somebody tells of themselves, and what they consented to: each consent separate, dated, withdrawn as easily."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ConsentKind(models.TextChoices):
    """What a consent is for. The words that were agreed to stand in `consents.toml`, by version."""

    PERSPECTIVE = "PERSPECTIVE", _("Mijn ervaring met ziekte of zorg bewaren")
    NAME = "NAME", _("Mijn naam bij een project tonen")
    KEEP_CANDIDACY = "KEEP_CANDIDACY", _("Mijn aanmelding een jaar bewaren")
    PUT_FORWARD = "PUT_FORWARD", _("Mijn patiëntenorganisatie mag mij voordragen")
    BACKGROUND = "BACKGROUND", _("Meetellen in cijfers over wie er meedoen")


class Consent(models.Model):
    """One consent of one person; `about` names the project or organisation where it is for one only."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=16, choices=ConsentKind)
    about = models.CharField(max_length=80, blank=True)  # "project:<uuid>"
    text_version = models.PositiveSmallIntegerField(default=1)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=ConsentKind.values), name="consent_kind"),
            models.UniqueConstraint(
                fields=["user", "kind", "about"], condition=Q(withdrawn_at__isnull=True), name="consent_once"
            ),
        ]

    class Retention:
        personal = ("user", "given_at", "withdrawn_at")
        keep = "as long as it runs; as proof 24 months after it was withdrawn or its project ended"

    def __str__(self) -> str:
        return f"{self.kind} of {self.user_id}"


class Profile(models.Model):
    """What a representative tells to find a role that fits. Perspectives stand apart: they need a consent."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    organisation = models.ForeignKey(  # the patient organisation that supports this person
        "organisations.Organisation", on_delete=models.SET_NULL, null=True, related_name="supported_profiles"
    )
    about = models.TextField(blank=True)
    access_needs = models.TextField(blank=True)  # what somebody needs to take part: for themselves, to use at a role
    used_at = models.DateTimeField()  # kept 24 months after this, or after the person signed in
    warned_at = models.DateTimeField(null=True)  # when we mailed that it goes in two months

    class Retention:
        personal = ("user", "about", "access_needs", "used_at", "warned_at")
        keep = "24 months after it was last used, with a warning at 22; needs 3 months after the last role ended"

    def __str__(self) -> str:
        return f"profile of {self.user_id}"


class Perspective(models.Model):
    """An experience that somebody brings, as "COPD" or "mantelzorger": health data, so only with a consent."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="perspectives")
    text = models.CharField(max_length=100)

    class Retention:
        personal = ("text",)
        keep = "until the consent is withdrawn: then it is erased at once"

    def __str__(self) -> str:
        return f"perspective {self.pk}"
