"""Giving a consent and withdrawing it: both as easy (AVG, article 7)."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction

from participation.actions.erasing import note
from participation.erasure.people import WITHDRAWN
from participation.models import Consent, ConsentKind
from portal.audit.record import record
from portal.audit.revision import raise_revision


@transaction.atomic
def give_consent(*, kind: ConsentKind, by: Any, now: datetime.datetime, about: str = "", version: int = 1) -> Consent:
    """The running consent of `by` for `kind`, made when there is none. Only somebody themselves gives one."""
    try:
        with transaction.atomic():
            made = Consent.objects.create(user=by, kind=kind, about=about, text_version=version, given_at=now)
    except IntegrityError:
        return Consent.objects.get(user=by, kind=kind, about=about, withdrawn_at__isnull=True)
    record("consent.given", by=by, target=f"user:{by.pk}", now=now, consent=kind)
    _tell_readers(kind)
    return made


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: Any, now: datetime.datetime) -> None:
    """Withdraw a consent of one's own, and erase at once what rested on it. Does nothing when it was withdrawn."""
    if consent.user_id != by.pk:
        raise PermissionError("a consent is withdrawn by who gave it")
    if not Consent.objects.filter(pk=consent.pk, withdrawn_at__isnull=True).update(withdrawn_at=now):
        return
    note(WITHDRAWN, consent, now)
    consent.perspectives.all().delete()
    consent.refresh_from_db()
    record("consent.withdrawn", by=by, target=f"user:{by.pk}", now=now, consent=consent.kind)
    _tell_readers(consent.kind)


def _tell_readers(kind: str) -> None:
    """A name is shown or gone on the very next request."""
    if kind == ConsentKind.NAME:
        raise_revision()


def has_consent(user: Any, kind: ConsentKind, about: str = "") -> bool:
    """Whether a consent of `user` runs."""
    return Consent.objects.filter(user=user, kind=kind, about=about, withdrawn_at__isnull=True).exists()
