"""Making, using and revoking keys, and keeping answers to questions that may be sent twice."""

import datetime
import hashlib
import hmac
import secrets
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.record import record
from portal.core.text import one_line
from portal.keys.models import ApiKey, KeptAnswer, Scope
from portal.organisations.models import Organisation
from portal.organisations.permissions import can_administer

MOST_DAYS = 366
MOST_KEYS = 20  # of one organisation that work
KEPT = datetime.timedelta(hours=24)
_BEGIN = "aimz"


def target_of(key: ApiKey) -> str:
    """What a key is about, as the log names it."""
    return f"organisation:{key.organisation.uuid}"


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_key(
    *, organisation: Organisation, name: str, scopes: Collection[str], days: int, by: Any, now: datetime.datetime
) -> tuple[ApiKey, str]:
    """A new key and its text, which nobody can see again. Raises PermissionDenied, ValidationError."""
    can_administer(by, organisation)
    chosen = [scope for scope in Scope.values if scope in scopes]
    shown = one_line(name, 100)
    if not shown:
        raise ValidationError({"name": _("Geef de sleutel een naam, bijvoorbeeld die van uw programma.")})
    if not chosen:
        raise ValidationError({"scopes": _("Kies wat het programma mag doen.")})
    if not 1 <= days <= MOST_DAYS:
        raise ValidationError({"days": _("Een sleutel werkt ten hoogste een jaar.")})
    if organisation.api_keys.working(now).count() >= MOST_KEYS:
        raise ValidationError({"name": _("Er zijn al 20 sleutels. Trek er eerst een in.")})
    prefix = secrets.token_hex(6)
    token = f"{_BEGIN}_{prefix}_{secrets.token_urlsafe(32)}"
    try:
        with transaction.atomic():
            key = ApiKey.objects.create(
                organisation=organisation, name=shown, prefix=prefix, secret_hash=_hash(token), scopes=chosen,
                made_by=by, made_at=now, expires_at=now + datetime.timedelta(days=days),
            )  # fmt: skip
    except IntegrityError as error:
        raise ValidationError({"name": _("Er is al een sleutel met deze naam. Kies een andere naam.")}) from error
    record("key.made", by=by, target=target_of(key), now=now, key=str(key.uuid), scopes=chosen)
    return key, token


@transaction.atomic
def revoke_key(*, key: ApiKey, by: Any, now: datetime.datetime) -> None:
    """Let `key` work no more, from the next question on; a second time changes nothing. Raises PermissionDenied."""
    can_administer(by, key.organisation)
    if ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(revoked_at=now, revoked_by=by):
        record("key.revoked", by=by, target=target_of(key), now=now, key=str(key.uuid))


def key_of(token: str, now: datetime.datetime) -> ApiKey | None:
    """The key that `token` is, when it works now. Which part was wrong is told nobody."""
    begin, _sep, rest = token.partition("_")
    prefix = rest.partition("_")[0]
    if begin != _BEGIN or not prefix.isascii() or len(prefix) > 16:
        return None
    key = ApiKey.objects.select_related("organisation", "made_by").filter(prefix=prefix).first()
    if key is None or not hmac.compare_digest(key.secret_hash, _hash(token)) or not key.works(now):
        return None
    return key


def note_use(*, key: ApiKey, now: datetime.datetime) -> None:
    """Remember the day on which `key` was used last; written once a day."""
    today = timezone.localdate(now)
    if key.last_used_date != today:
        ApiKey.objects.filter(pk=key.pk).update(last_used_date=today)


def keep_answer(*, key: ApiKey, token: str, question_hash: str, now: datetime.datetime) -> tuple[KeptAnswer, bool]:
    """The place of the answer to the question `token` of `key`, and whether it is new: then somebody has to answer.

    Call it in the transaction that answers. Of two at the same moment the second waits here until the first has
    landed, or has failed: the database knows each token of a key once.
    """
    KeptAnswer.objects.filter(key=key, token=token, answered_at__lte=now - KEPT).delete()
    try:
        with transaction.atomic():
            made = KeptAnswer.objects.create(key=key, token=token, question_hash=question_hash, answered_at=now)
    except IntegrityError:
        return KeptAnswer.objects.get(key=key, token=token), False
    return made, True


def fill_answer(*, kept: KeptAnswer, status: int, body: str, headers: dict[str, str]) -> None:
    """Keep what was answered."""
    KeptAnswer.objects.filter(pk=kept.pk).update(status=status, body=body, headers=headers)


def forget_answers(now: datetime.datetime) -> int:
    """Erase answers that nobody may ask for again; returns how many."""
    erased, _each = KeptAnswer.objects.filter(answered_at__lte=now - KEPT).delete()
    return erased
