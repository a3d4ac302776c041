"""Everything that writes programmes."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from participation.actions.common import needed
from participation.models import Programme
from participation.permissions import can_manage_programme
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.text import clean, sort_key
from portal.organisations.models import Organisation, OrganisationKind
from transparency.service import too_hard

TEXTS = ("name", "name_en", "summary", "summary_en")


@transaction.atomic
def start_programme(
    *, organisation: Organisation, fields: Mapping[str, str], partners: Iterable[Organisation], by: Any,
    now: datetime.datetime, slug: str = "",
) -> Programme:  # fmt: skip
    """Begin a programme of a fund, with patient organisations as its partners.

    Raises PermissionDenied, ValidationError.
    """
    can_manage_programme(by, organisation)
    values = _checked(fields, organisation)
    chosen = _partners(partners, organisation)
    try:
        with transaction.atomic():
            made = Programme.objects.create(organisation=organisation, slug=slug or _slug(values["name"]), **values)
    except IntegrityError as error:
        raise ValidationError({"name": _("Dit adres bestaat al. Kies een andere naam.")}) from error
    made.partners.set(chosen)
    record("programme.started", by=by, target=f"programme:{made.uuid}", now=now)
    raise_revision()
    return made


@transaction.atomic
def change_programme(
    *, programme: Programme, fields: Mapping[str, str], partners: Iterable[Organisation], by: Any,
    now: datetime.datetime,
) -> None:  # fmt: skip
    """Change what a programme says, and who its partners are. Raises PermissionDenied, ValidationError."""
    can_manage_programme(by, programme.organisation)
    values = _checked(fields, programme.organisation)
    chosen = _partners(partners, programme.organisation)
    Programme.objects.filter(pk=programme.pk).update(**values)
    programme.refresh_from_db()
    programme.partners.set(chosen)
    record("programme.changed", by=by, target=f"programme:{programme.uuid}", now=now)
    raise_revision()


def _slug(name: str) -> str:
    return "-".join(sort_key(name).split())[:100].strip("-") or "programma"


def _checked(fields: Mapping[str, str], organisation: Organisation) -> dict[str, str]:
    made = {key: clean(fields.get(key, "")).strip() for key in TEXTS}
    needed(made["name"], _("Geef het programma een naam."), "name")
    needed(made["summary"], _("Schrijf in het kort wat het programma doet."), "summary")
    names = [organisation.name, *organisation.also_known_as, made["name"]]
    if faults := too_hard({_("In het kort"): made["summary"]}, reason="-", names=names):
        raise ValidationError({"summary": faults})
    return made


def _partners(partners: Iterable[Organisation], organisation: Organisation) -> list[Organisation]:
    chosen = list(partners)
    if any(
        one.kind != OrganisationKind.PATIENT_ORGANISATION or one.is_example != organisation.is_example for one in chosen
    ):
        raise ValidationError({"partners": _("Kies patiëntenorganisaties uit de lijst.")})
    return chosen
