"""Erasing who replied when the time to keep it is past: the row stays without the person, for the counts."""

import datetime

from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from participation.models import Candidacy, Consent, ConsentKind, PaymentWish
from participation.models.candidacy import LIVE
from participation.states import CANDIDACY, CandidacyState
from portal.audit.record import record

UNCONFIRMED = datetime.timedelta(days=7)
SHORT = datetime.timedelta(weeks=4)
LONG = datetime.timedelta(days=365)  # with consent


def expired_candidacies(now: datetime.datetime) -> QuerySet[Candidacy]:
    """Every candidacy that may not be kept any longer, also those that were never confirmed. Reads only."""
    return Candidacy.objects.filter(erased_at=None).filter(
        Q(confirmed_at=None, submitted_at__lte=now - UNCONFIRMED)
        | Q(state=CandidacyState.WITHDRAWN)
        | Q(pk__in=_decided_too_long_ago(now).values("pk"))
    )


def _decided_too_long_ago(now: datetime.datetime) -> QuerySet[Candidacy]:
    """Declined and reserve by consent; chosen once the role began or the project ended, or after a year without."""
    s = CandidacyState
    return with_consent().filter(
        Q(state=s.DECLINED, is_kept=False, decided_at__lte=now - SHORT)
        | Q(state=s.DECLINED, decided_at__lte=now - LONG)
        | Q(state=s.RESERVE, is_kept=False, vacancy__ended_at__lte=now - SHORT, decided_at__lte=now - SHORT)
        | Q(state=s.RESERVE, decided_at__lte=now - LONG)
        | Q(state=s.ACCEPTED, assignment__isnull=False, decided_at__lte=now - SHORT)
        | Q(state=s.ACCEPTED, vacancy__project__ended_at__lte=now - SHORT)
        | Q(state=s.ACCEPTED, decided_at__lte=now - LONG)
    )


def with_consent() -> QuerySet[Candidacy]:
    """Candidacies with `is_kept`: whether a consent to keep it for a year runs, with an account or without."""
    running = Consent.objects.filter(kind=ConsentKind.KEEP_CANDIDACY, withdrawn_at=None)
    kept = [about.removeprefix("candidacy:") for about in running.values_list("about", flat=True)]
    consented = Q(keep_consent_at__isnull=False) | Q(uuid__in=[key for key in kept if key])
    return Candidacy.objects.annotate(is_kept=ExpressionWrapper(consented, output_field=BooleanField()))


@transaction.atomic
def erase_candidacy(candidacy: Candidacy, now: datetime.datetime) -> None:
    """Erase the person of a candidacy, and what was found of them; one that nobody saw goes whole.

    On somebody who is gone nobody decides any more: what was not decided counts as taken back.
    """
    record("candidacy.erased", by=None, target=f"candidacy:{candidacy.uuid}", now=now)
    consents = Consent.objects.filter(kind=ConsentKind.KEEP_CANDIDACY, about=f"candidacy:{candidacy.uuid}")
    consents.filter(withdrawn_at=None).update(withdrawn_at=now)
    consents.update(about="")
    if candidacy.confirmed_at is None:
        candidacy.delete()
        return
    PaymentWish.objects.filter(candidacy=candidacy).delete()
    candidacy.assessments.all().delete()
    undecided = candidacy.state in LIVE
    state = CANDIDACY.step(candidacy.state, "withdraw").target if undecided else candidacy.state
    Candidacy.objects.filter(pk=candidacy.pk).update(
        state=state, user=None, name="", email="", motivation="", proposed="", proposed_text="", decision_text="",
        token_hash=None, keep_consent_at=None, put_forward_by=None, organisation=None, proposed_by=None,
        erased_at=now,
    )  # fmt: skip
    candidacy.refresh_from_db()
