"""Everything that writes a notice: one person tells at once, a second one confirms, corrects or closes it."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed
from transparency import emails
from transparency.actions.publication_log import log_notice_step
from transparency.actions.publishing import publish_notice
from transparency.models import Entry, Notice
from transparency.permissions import can_close_notice, can_confirm_notice, can_warn
from transparency.plain_language import check_reason
from transparency.records import refresh_entry
from transparency.states import NOTICE, EventKind, NoticeKind

LONGEST = 1200  # characters of a text: it stands above everything else
_is_link = URLValidator(schemes=["http", "https"])


@transaction.atomic
def tell(
    *, entry: Entry, kind: NoticeKind, text: str, by: Any, now: datetime.datetime, text_en: str = "", link: str = ""
) -> Notice:
    """Warn on a public entry, at once: a text that is hard to read is told about, never held up.

    The same text twice is one notice. Raises PermissionDenied, ValidationError, StepNotAllowed.
    """
    can_warn(by, entry)
    fields = _checked(text, text_en, link)
    Entry.objects.select_for_update().get(pk=entry.pk)  # a double click waits here for the first one
    if entry.notices.open().filter(kind=kind, text=fields["text"]).exists():
        raise StepNotAllowed("tell: the same notice is there", told=_("Deze melding staat er al."))
    notice = publish_notice(entry=entry, kind=kind, by=by, now=now, **fields)
    emails.notice_to_confirm(notice, by=by)
    return notice


def _checked(text: str, text_en: str, link: str) -> dict[str, str]:
    text, text_en, link = (clean(words).strip() for words in (text, text_en, link))
    if not text:
        raise ValidationError({"text": _("Schrijf op wat mensen moeten weten.")})
    for name, words in (("text", text), ("text_en", text_en)):
        if len(words) > LONGEST:
            message = _("De tekst is %(length)d tekens. Er passen er %(limit)d. Maak de tekst korter.")
            raise ValidationError({name: message % {"length": len(words), "limit": LONGEST}})
    if link:
        try:
            _is_link(link)
        except ValidationError as error:
            raise ValidationError({"link": _("Geef een webadres dat begint met https://.")}) from error
    return {"text": text, "text_en": text_en, "link": link}


def _take(notice: Notice, name: str, **fields: Any) -> None:
    """One step by compare-and-set. Raises StepNotAllowed when someone else was first or the text changed."""
    step = NOTICE.step(notice.state, name)
    there = Notice.objects.filter(pk=notice.pk, state=step.source, corrected_at=notice.corrected_at)
    if not there.update(state=step.target, **fields):
        told = _("Iemand anders was u net voor. Bekijk de melding opnieuw.")
        raise StepNotAllowed(f"{name}: the notice changed meanwhile", told=told)
    notice.refresh_from_db()


def _target(notice: Notice) -> str:
    return f"entry:{notice.entry.uuid}"


def _show(notice: Notice) -> None:
    """Make everything anew that shows the notice."""
    refresh_entry(notice.entry)
    raise_revision()


@transaction.atomic
def confirm(*, notice: Notice, by: Any, now: datetime.datetime, seen: int | None = None) -> None:
    """Say as the second person that it is right; `seen`: how many texts came before the one that was read.

    Raises PermissionDenied, StepNotAllowed.
    """
    can_confirm_notice(by, notice)
    if seen is not None and seen != len(notice.earlier):
        told = _("De tekst van de melding is net verbeterd. Lees hem opnieuw.")
        raise StepNotAllowed("confirm: the notice was corrected meanwhile", told=told)
    _take(notice, "confirm", confirmed_by=by, confirmed_at=now)
    log_notice_step(EventKind.NOTICE_CONFIRMED, notice, now=now)
    record("notice.confirmed", by=by, target=_target(notice), now=now, notice=str(notice.uuid))


@transaction.atomic
def correct(*, notice: Notice, text: str, by: Any, now: datetime.datetime, text_en: str = "", link: str = "") -> None:
    """Put a better text in its place, at once; the old one is kept, and the new one waits for a second person.

    Raises PermissionDenied, ValidationError, StepNotAllowed.
    """
    can_warn(by, notice.entry)
    fields = _checked(text, text_en, link)
    if all(getattr(notice, name) == words for name, words in fields.items()):
        raise ValidationError({"text": _("U veranderde niets.")})
    old = {name: getattr(notice, name) for name in fields} | {"until": now.isoformat()}
    _take(
        notice, "correct", told_by=by, corrected_at=now, confirmed_by=None,
        confirmed_at=None, earlier=[*notice.earlier, old], **fields,
    )  # fmt: skip
    log_notice_step(EventKind.NOTICE_CORRECTED, notice, now=now, **fields)
    record("notice.corrected", by=by, target=_target(notice), now=now, notice=str(notice.uuid))
    emails.notice_to_confirm(notice, by=by)
    _show(notice)


@transaction.atomic
def ask_to_close(*, notice: Notice, reason: str, by: Any, now: datetime.datetime, reason_en: str = "") -> None:
    """Ask that it goes: `reason` tells readers why. Raises PermissionDenied, ValidationError, StepNotAllowed."""
    can_warn(by, notice.entry)
    if not clean(reason).strip():
        raise ValidationError({"reason": _("Schrijf op waarom de melding weg kan. Iedereen kan dat lezen.")})
    check_reason(notice.entry, reason)
    _take(
        notice, "ask_to_close", closing_asked_by=by, closing_asked_at=now,
        closing_reason=clean(reason).strip(), closing_reason_en=clean(reason_en).strip(),
    )  # fmt: skip
    record("notice.close_asked", by=by, target=_target(notice), now=now, notice=str(notice.uuid))
    emails.notice_to_close(notice, by=by)


@transaction.atomic
def keep(*, notice: Notice, by: Any, now: datetime.datetime) -> None:
    """Let it stand: whoever asked to close it, or the second person. Raises PermissionDenied, StepNotAllowed."""
    if by.pk == notice.closing_asked_by_id:
        can_warn(by, notice.entry)
    else:
        can_close_notice(by, notice)
    _take(
        notice, "keep", closing_asked_by=None, closing_asked_at=None,
        closing_reason="", closing_reason_en="",
    )  # fmt: skip
    record("notice.kept", by=by, target=_target(notice), now=now, notice=str(notice.uuid))


@transaction.atomic
def close(*, notice: Notice, by: Any, now: datetime.datetime) -> None:
    """Close it as the second person: it leaves the top and stays in the history. Raises as `keep` does."""
    can_close_notice(by, notice)
    _take(notice, "close", closed_by=by, closed_at=now)
    told = {"reason": notice.closing_reason, "reason_en": notice.closing_reason_en}
    log_notice_step(EventKind.NOTICE_CLOSED, notice, now=now, **told)
    record("notice.closed", by=by, target=_target(notice), now=now, notice=str(notice.uuid))
    _show(notice)
