"""Everything that writes what a representative tells of themselves."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participation.actions.consents import give_consent, withdraw_consent
from participation.models import Consent, ConsentKind, Perspective, Profile
from participation.vacancy_permissions import about_organisation
from portal.audit.record import record
from portal.core.text import clean
from portal.organisations.models import Organisation, OrganisationKind

LONGEST = {"about": 2000, "access_needs": 1000}
LONGEST_PERSPECTIVE = 100
MOST_PERSPECTIVES = 20


@transaction.atomic
def save_profile(
    *, about: str, access_needs: str, organisation: Organisation | None, by: Any, now: datetime.datetime
) -> None:
    """Keep what somebody tells of themselves, and which patient organisation supports them.

    A profile that says nothing is no longer kept.
    With another organisation the consent to be put forward by the earlier one ends. Raises ValidationError by field.
    """
    texts = {"about": clean(about).strip(), "access_needs": clean(access_needs).strip()}
    faults = {
        key: _("De tekst is te lang. Er passen %(most)d tekens.") % {"most": most}
        for key, most in LONGEST.items()
        if len(texts[key]) > most
    }
    if organisation is not None and (
        organisation.kind != OrganisationKind.PATIENT_ORGANISATION or organisation.verified_at is None
    ):
        faults["organisation"] = _("Kies een patiëntenorganisatie uit de lijst.")
    if faults:
        raise ValidationError(faults)
    if organisation is None and not any(texts.values()):
        Profile.objects.filter(user=by).delete()
    else:
        values = {**texts, "organisation": organisation, "used_at": now, "warned_at": None}
        Profile.objects.update_or_create(user=by, defaults=values)
    running = Consent.objects.filter(user=by, kind=ConsentKind.PUT_FORWARD, withdrawn_at=None)
    for consent in running.exclude(about=about_organisation(organisation) if organisation else ""):
        withdraw_consent(consent=consent, by=by, now=now)
    record("profile.saved", by=by, target=f"user:{by.pk}", now=now)


@transaction.atomic
def tell_perspectives(*, lines: Iterable[str], agrees: bool, by: Any, now: datetime.datetime) -> list[Perspective]:
    """Keep the experiences that somebody brings: only with the consent that is for this alone.

    Raises ValidationError by field.
    """
    read = (" ".join(clean(line).split()) for line in lines)
    texts = list(dict.fromkeys(line for line in read if line))
    faults = {}
    if not agrees and not running_consent(by):
        faults["agrees"] = _("Zet een vinkje als u dit goedvindt. Anders bewaren wij niets.")
    if not texts:
        faults["lines"] = _("Schrijf ten minste één ervaring op.")
    elif len(texts) > MOST_PERSPECTIVES or any(len(text) > LONGEST_PERSPECTIVE for text in texts):
        faults["lines"] = _("Er passen 20 regels, elk van 100 tekens.")
    if faults:
        raise ValidationError(faults)
    consent = give_consent(kind=ConsentKind.PERSPECTIVE, by=by, now=now)
    consent.perspectives.all().delete()
    return Perspective.objects.bulk_create(Perspective(consent=consent, text=text) for text in texts)


def running_consent(user: Any) -> Consent | None:
    """The consent to keep experiences that runs."""
    return Consent.objects.filter(user=user, kind=ConsentKind.PERSPECTIVE, about="", withdrawn_at=None).first()


@transaction.atomic
def agree_to_be_put_forward(*, agrees: bool, by: Any, now: datetime.datetime) -> Consent:
    """Let the coordinator of the organisation that supports somebody put them forward. Raises ValidationError."""
    profile = Profile.objects.select_related("organisation").filter(user=by).first()
    if profile is None or profile.organisation is None:
        raise ValidationError(_("Kies eerst welke patiëntenorganisatie u steunt."))
    if not agrees:
        raise ValidationError({"agrees": _("Zet een vinkje als u dit goedvindt.")})
    return give_consent(kind=ConsentKind.PUT_FORWARD, by=by, now=now, about=about_organisation(profile.organisation))
