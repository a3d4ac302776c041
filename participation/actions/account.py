"""Everything that writes the closing account: the project writes, the patient side agrees, then it is public."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participation import account_emails as emails
from participation.account import ITEMS, is_public, prefilled
from participation.actions.common import needed, target_of
from participation.advice_texts import in_plain_words
from participation.models import ClosingAccount, Project
from participation.permissions import can_follow, can_lead
from participation.states import ACCOUNT, ProjectState
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed

LONGEST = 6000  # of one item
LONGEST_REMARKS = 2000


@transaction.atomic
def begin(*, project: Project, by: Any, now: datetime.datetime) -> ClosingAccount:
    """The account of `project`, begun with what the project knows where there was none. Raises PermissionDenied."""
    can_lead(by, project)
    account, is_new = ClosingAccount.objects.get_or_create(
        project=project, defaults={"begun_at": now, **prefilled(project)}
    )
    if is_new:
        record("closing.begun", by=by, target=target_of(project), now=now)
    return account


def _take(account: ClosingAccount, name: str, seen: int, **fields: Any) -> None:
    """Take the step `name` with the text that was read, by compare-and-set. Raises StepNotAllowed."""
    step = ACCOUNT.step(account.state, name)
    same = ClosingAccount.objects.filter(pk=account.pk, state=step.source, revision=seen)
    if not same.update(state=step.target, **fields):
        told = _("De tekst is intussen veranderd. Lees hem nog eens.")
        raise StepNotAllowed(f"{name}: the account changed meanwhile", told=told)
    account.refresh_from_db()


@transaction.atomic
def write(*, account: ClosingAccount, revision: int, texts: Mapping[str, str], by: Any, now: datetime.datetime) -> None:
    """Change the five texts. Raises PermissionDenied, ValidationError by field, StepNotAllowed."""
    can_lead(by, account.project)
    made = {name: clean(texts.get(name) or "").strip() for name in (*ITEMS, "language_reason")}
    faults = {
        name: _("De tekst is te lang. Er passen %(most)d tekens.") % {"most": LONGEST}
        for name, text in made.items()
        if len(text) > LONGEST
    }
    if faults:
        raise ValidationError(faults)
    _take(account, "write", revision, revision=revision + 1, **made)
    record("closing.written", by=by, target=target_of(account.project), now=now)


@transaction.atomic
def offer(*, account: ClosingAccount, revision: int, by: Any, now: datetime.datetime) -> None:
    """Ask the patient side to agree: all five texts are there, in plain words.

    Raises PermissionDenied, ValidationError by field, StepNotAllowed.
    """
    can_lead(by, account.project)
    texts = {name: getattr(account, name) for name in ITEMS}
    faults = {name: _("Vul de puntjes in, of haal ze weg.") for name, text in texts.items() if "…" in text}
    faults |= {name: _("Schrijf hier iets.") for name, text in texts.items() if not text}
    if faults:
        raise ValidationError(faults)
    labelled = {name: (ITEMS[name], text) for name, text in texts.items()}
    in_plain_words(labelled, account.language_reason, account.project)
    _take(account, "offer", revision, offered_at=now, remarks="")
    record("closing.offered", by=by, target=target_of(account.project), now=now)
    emails.offered(account)


@transaction.atomic
def take_back(*, account: ClosingAccount, revision: int, by: Any, now: datetime.datetime) -> None:
    """Write on before the patient side agreed. Raises PermissionDenied, StepNotAllowed."""
    can_lead(by, account.project)
    _take(account, "take_back", revision)
    record("closing.taken_back", by=by, target=target_of(account.project), now=now)


@transaction.atomic
def send_back(*, account: ClosingAccount, revision: int, remarks: str, by: Any, now: datetime.datetime) -> None:
    """Not agree yet, and why. Raises PermissionDenied, ValidationError by field, StepNotAllowed."""
    can_follow(by, account.project)
    why = needed(remarks, _("Schrijf wat er anders moet."), "remarks")
    if len(why) > LONGEST_REMARKS:
        raise ValidationError(
            {"remarks": _("De tekst is te lang. Er passen %(most)d tekens.") % {"most": LONGEST_REMARKS}}
        )
    _take(account, "return", revision, remarks=why)
    record("closing.returned", by=by, target=target_of(account.project), now=now)
    emails.returned(account)


@transaction.atomic
def agree(*, account: ClosingAccount, revision: int, by: Any, now: datetime.datetime) -> None:
    """Agree, as the patient side; it is public once the project ended. Raises PermissionDenied, StepNotAllowed."""
    can_follow(by, account.project)
    _take(account, "agree", revision, agreed_at=now)
    record("closing.agreed", by=by, target=target_of(account.project), now=now)
    emails.agreed(account)
    raise_revision()


@transaction.atomic
def reopen(*, account: ClosingAccount, revision: int, by: Any, now: datetime.datetime) -> None:
    """Change what was agreed, as long as it is not public; the patient side agrees anew.

    Raises PermissionDenied, StepNotAllowed.
    """
    can_lead(by, account.project)
    project = Project.objects.select_for_update().get(pk=account.project_id)
    account.project = project
    if is_public(account) or project.state != ProjectState.RUNNING:
        raise StepNotAllowed("reopen: it is public", told=_("Deze tekst is openbaar en verandert niet meer."))
    _take(account, "reopen", revision, agreed_at=None)
    record("closing.reopened", by=by, target=target_of(project), now=now)
