"""Everything that writes what patients read and answer."""

import datetime
import hashlib
import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.mail import send_mail
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Organisation
from portal.organisations.roles import Role
from transparency.models import Draft, Entry, Reading, ReadingAnswer, ReadingLink
from transparency.permissions import can_ask_readers, can_run_reading
from transparency.readers import QUESTIONS, text_hash
from transparency.records import refresh_entry
from transparency.states import READING, ReadingState, Understood

DAYS = 30  # that a link works
MOST_READERS = 30  # of one reading
LONGEST = 2000  # characters of a remark, a note or a reply


def _text(value: str) -> str:
    """What somebody typed, clean. Raises ValidationError when it is too long."""
    text = clean(value).strip()
    if len(text) > LONGEST:
        raise ValidationError(_("De tekst is te lang. Er passen %(most)d tekens.") % {"most": LONGEST})
    return text


def _take(reading: Reading, name: str, **fields: Any) -> None:
    """One step by compare-and-set. Raises StepNotAllowed."""
    step = READING.step(reading.state, name)
    if not Reading.objects.filter(pk=reading.pk, state=step.source).update(state=step.target, **fields):
        raise StepNotAllowed(f"{name}: the reading changed meanwhile")
    reading.refresh_from_db()


def _target(reading: Reading) -> str:
    return f"entry:{reading.entry.uuid}"


# --- The care provider -----------------------------------------------------------------------------------------------


@transaction.atomic
def ask_readers(
    *, entry: Entry, draft: Draft | None, organisation: Organisation, note: str, by: Any, now: datetime.datetime
) -> Reading:
    """Ask `organisation` to have patients read the text of `draft`, or what is public now when there is no draft.

    Its coordinators get a mail. Raises PermissionDenied, ValidationError.
    """
    can_ask_readers(by, entry)
    content = draft.content if draft else entry.current_version.content if entry.current_version else None
    if not content or not content.get("summary"):
        raise ValidationError(_("Er is nog geen tekst om te lezen. Schrijf eerst de antwoorden."))
    if organisation not in reading_organisations():
        raise ValidationError(_("Kies een patiëntenorganisatie uit de lijst."))
    try:
        with transaction.atomic():
            reading = Reading.objects.create(
                entry=entry, draft=draft, organisation=organisation, content=content, content_hash=text_hash(content),
                note=_text(note), asked_by=by, asked_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise ValidationError(_("U vroeg het deze organisatie al. Wacht op het antwoord.")) from error
    record("reading.asked", by=by, target=_target(reading), now=now, reading=str(reading.uuid))
    _mail_members(organisation, Role.COORDINATOR, "transparency/reading_asked", reading)
    return reading


def reading_organisations() -> Any:
    """The patient organisations that can be asked: verified, with a coordinator, by name."""
    verified = Organisation.objects.filter(kind="PATIENT_ORGANISATION", verified_at__isnull=False)
    return verified.filter(memberships__role=Role.COORDINATOR).distinct().order_by("sort_key", "pk")


@transaction.atomic
def withdraw(*, reading: Reading, by: Any, now: datetime.datetime) -> None:
    """Take the question back; links that were sent work no more. Raises PermissionDenied, StepNotAllowed."""
    can_ask_readers(by, reading.entry)
    _take(reading, "withdraw")
    record("reading.withdrawn", by=by, target=_target(reading), now=now, reading=str(reading.uuid))


@transaction.atomic
def tell_changes(*, reading: Reading, changed: str, by: Any, now: datetime.datetime, changed_en: str = "") -> None:
    """Tell everybody what was changed because of the readers. Raises PermissionDenied, ValidationError."""
    can_ask_readers(by, reading.entry)
    if reading.state != ReadingState.CLOSED:
        raise StepNotAllowed(f"tell: the reading is {reading.state}")
    Reading.objects.filter(pk=reading.pk).update(changed=_text(changed), changed_en=_text(changed_en))
    record("reading.answered", by=by, target=_target(reading), now=now, reading=str(reading.uuid))
    _show(reading.entry)


# --- The patient organisation ----------------------------------------------------------------------------------------


@transaction.atomic
def decline(*, reading: Reading, reply: str, by: Any, now: datetime.datetime) -> None:
    """Say that it will not be read, and why. Raises PermissionDenied, ValidationError, StepNotAllowed."""
    can_run_reading(by, reading)
    if not _text(reply):
        raise ValidationError(_("Schrijf kort waarom het niet kan."))
    _take(reading, "decline", reply=_text(reply))
    record("reading.declined", by=by, target=_target(reading), now=now, reading=str(reading.uuid))
    _mail_asker(reading, "transparency/reading_declined")


@transaction.atomic
def send_links(*, reading: Reading, addresses: Iterable[str], by: Any, now: datetime.datetime) -> int:
    """Mail each of `addresses` a link that works once; returns how many. The addresses are not kept.

    Raises PermissionDenied, ValidationError with every address that is none, StepNotAllowed.
    """
    can_run_reading(by, reading)
    wanted = list(dict.fromkeys(address.strip().lower() for address in addresses if address.strip()))
    _check_addresses(reading, wanted)
    if reading.state == ReadingState.ASKED:
        _take(reading, "open", opened_by=by)
    elif reading.state != ReadingState.OPEN:
        raise StepNotAllowed(f"send: the reading is {reading.state}")
    for address in wanted:
        token = secrets.token_urlsafe(32)
        expires = now + datetime.timedelta(days=DAYS)
        ReadingLink.objects.create(reading=reading, token_hash=hash_of(token), sent_at=now, expires_at=expires)
        with override("nl"):
            path = reverse("transparency:read", args=[token])
        send_mail(address, "transparency/reading_link", {"reading": reading, "path": path, "expires": expires})
    record("reading.sent", by=by, target=_target(reading), now=now, reading=str(reading.uuid))
    return len(wanted)


def _check_addresses(reading: Reading, wanted: list[str]) -> None:
    if not wanted:
        raise ValidationError(_("Vul ten minste één mailadres in."))
    if reading.links.count() + len(wanted) > MOST_READERS:
        raise ValidationError(_("Een tekst gaat naar ten hoogste %(most)d lezers.") % {"most": MOST_READERS})
    wrong = []
    for address in wanted:
        try:
            validate_email(address)
        except ValidationError:
            wrong.append(_("%(address)s is geen mailadres. Verbeter het.") % {"address": address[:100]})
    if wrong:
        raise ValidationError(wrong)


@transaction.atomic
def add_from_paper(
    *, reading: Reading, answers: Mapping[str, str], remarks: str, by: Any, now: datetime.datetime
) -> ReadingAnswer:
    """Type out what a reader wrote on paper: nobody needs mail to take part. Raises as `send_links` does."""
    can_run_reading(by, reading)
    if reading.state == ReadingState.ASKED:
        _take(reading, "open", opened_by=by)
    elif reading.state != ReadingState.OPEN:
        raise StepNotAllowed(f"answer: the reading is {reading.state}")
    record("reading.typed_out", by=by, target=_target(reading), now=now, reading=str(reading.uuid))
    return _keep(reading, answers, remarks, now=now, is_from_paper=True)


@transaction.atomic
def close(*, reading: Reading, reply: str, by: Any, now: datetime.datetime) -> None:
    """End the reading: links work no more, and the counts become public. Raises PermissionDenied, StepNotAllowed."""
    can_run_reading(by, reading)
    if not reading.answers.exists():
        raise ValidationError(_("Er is nog geen antwoord. Wacht op een lezer, of typ een antwoord van papier over."))
    _take(reading, "close", closed_at=now, reply=_text(reply))
    record("reading.closed", by=by, target=_target(reading), now=now, reading=str(reading.uuid))
    _mail_asker(reading, "transparency/reading_closed")
    _show(reading.entry)


# --- The reader ------------------------------------------------------------------------------------------------------


def hash_of(token: str) -> str:
    """What is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_of(token: str, now: datetime.datetime) -> ReadingLink | None:
    """The link with `token` when it can be used now; None when it is used, too old, or the reading is over."""
    links = ReadingLink.objects.filter(token_hash=hash_of(token), used_at__isnull=True, expires_at__gt=now)
    found = links.filter(reading__state=ReadingState.OPEN)
    return found.select_related("reading__entry__organisation", "reading__organisation").first()


@transaction.atomic
def answer(*, token: str, answers: Mapping[str, str], remarks: str, now: datetime.datetime) -> ReadingAnswer:
    """Keep what a reader answers; the link is used up. Raises ValidationError, StepNotAllowed."""
    link = link_of(token, now)
    if link is None:
        raise StepNotAllowed("answer: the link cannot be used")
    made = _keep(link.reading, answers, remarks, now=now)
    if not ReadingLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=now):
        raise StepNotAllowed("answer: the link was used at the same moment")
    return made


def _keep(
    reading: Reading, answers: Mapping[str, str], remarks: str, *, now: datetime.datetime, is_from_paper: bool = False
) -> ReadingAnswer:
    open_questions = [str(label) for key, label in QUESTIONS.items() if answers.get(key) not in Understood.values]
    if open_questions:
        raise ValidationError(
            [_("“%(question)s”: kies een antwoord.") % {"question": label} for label in open_questions]
        )
    return ReadingAnswer.objects.create(
        reading=reading, remarks=_text(remarks), answered_on=now.date(), is_from_paper=is_from_paper,
        **{key: answers[key] for key in QUESTIONS},
    )  # fmt: skip


# --- Telling ---------------------------------------------------------------------------------------------------------


def _show(entry: Entry) -> None:
    """Make the public page anew, when there is one."""
    if entry.current_version_id is not None:
        refresh_entry(entry)
        raise_revision()


def _mail_members(organisation: Organisation, role: Role, event: str, reading: Reading) -> None:
    people = organisation.memberships.filter(role=role, user__is_active=True).values_list("user__email", flat=True)
    for address in people:
        send_mail(address, event, {"reading": reading, "path": _path(reading)})


def _mail_asker(reading: Reading, event: str) -> None:
    if reading.asked_by is not None and reading.asked_by.is_active:
        send_mail(reading.asked_by.email, event, {"reading": reading, "path": _path(reading)})


def _path(reading: Reading) -> str:
    with override("nl"):
        return reverse("transparency:reading", args=[reading.uuid])
