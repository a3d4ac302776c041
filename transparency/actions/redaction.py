"""Taking a value away by law: one person of the portal asks, another does it; the hash stays, the chain still holds.

The value goes everywhere we keep it: the version and every other version that says the same, what lists and search
read, drafts, and what another register sent. What stays is a mark with the reason and the day, and a line in the log.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.permissions import can_administer_portal
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.text import one_line
from portal.core.workflow import StepNotAllowed
from transparency.actions.draft_saves import forget_saves
from transparency.actions.publication_log import log_redaction
from transparency.exchange.forgetting import forget_received
from transparency.models import (
    AISystem,
    Draft,
    Entry,
    Notice,
    Redaction,
    RedactionRequest,
    Seal,
    SystemVersion,
    Version,
)
from transparency.models.redacting import content_without, fields_without
from transparency.records import merge_terms, refresh_entry, refresh_system
from transparency.states import EventKind, RequestState
from transparency.word_counts import refresh_words

NAME_GONE = "Naam weggehaald"
GONE, GONE_EN = "Deze tekst is weggehaald: %s", "This text was taken away: %s"
COLUMNS = ("reason", "responsible")  # of a text, beside its answers
TOLD = ("text", "reason", "link")  # of an act without a text
LONGEST_REASON = 300
MOST_LINES = 2**63 - 1  # what a database can count to


@dataclass
class Redacted:
    """What was taken away: the lines of the log, and the versions that say something else under the same question."""

    lines: list[int] = field(default_factory=list)
    look_at: list[int] = field(default_factory=list)


# --- Asking ----------------------------------------------------------------------------------------------------------


def seal_of_entry(slug: str, number: int) -> Seal | None:
    """The seal of version `number` of the entry `slug`."""
    return _full().filter(version__entry__slug=slug, version__number=number).first()


def seal_of_system(slug: str, number: int) -> Seal | None:
    """The seal of version `number` of the product `slug`."""
    return _full().filter(system_version__system__slug=slug, system_version__number=number).first()


def seal_of_line(number: int) -> Seal | None:
    """The seal of a line of the log."""
    return _full().filter(pk=number).first() if 0 < number <= MOST_LINES else None


def _full() -> Any:
    return Seal.objects.select_related("event", "version__entry__organisation", "system_version__system")


def places_of(seal: Seal, key: str) -> list[str]:
    """Where the value `key`, in both languages, stands among the hashed values; empty when there is none."""
    if seal.event.kind == EventKind.TEXT_REDACTED:
        return []
    is_column = key in (COLUMNS if text_of(seal) else TOLD)
    named = [key, f"{key}_en"] if is_column else [f"content.{key}", f"content.translations.en.{key}"]
    return [place for place in named if "salt" in seal.fields.get(place, {})]


def text_of(seal: Seal) -> Version | SystemVersion | None:
    """The published text behind a seal; None for an act without one."""
    return seal.version or seal.system_version


@transaction.atomic
def ask_redaction(
    *, seal: Seal, key: str, reason: str, by: Any, now: datetime.datetime, reason_en: str = ""
) -> RedactionRequest:
    """Ask to take a value away; `reason` is for everybody to read and names nobody.

    Raises PermissionDenied, and ValidationError when there is no such value, no reason, or somebody asked already.
    """
    can_administer_portal(by)
    words, words_en = one_line(reason, LONGEST_REASON), one_line(reason_en, LONGEST_REASON)
    if not words:
        raise ValidationError({"reason": _("Schrijf op waarom deze tekst weg moet. Iedereen kan dat lezen.")})
    if not places_of(seal, key):
        raise ValidationError({"key": _("Onder deze vraag staat hier geen tekst die weg kan.")})
    try:
        with transaction.atomic():
            request = RedactionRequest.objects.create(
                seal=seal, key=key, reason=words, reason_en=words_en, asked_by=by, asked_at=now
            )
    except IntegrityError as error:
        raise ValidationError({"key": _("Iemand vroeg dit al. Een ander moet nu beslissen.")}) from error
    record("redaction.asked", by=by, target=f"line:{seal.pk}", now=now, request=str(request.uuid))
    return request


def _decide(request: RedactionRequest, state: RequestState, *, by: Any, now: datetime.datetime) -> None:
    can_administer_portal(by)
    if by.pk == request.asked_by_id:
        raise PermissionDenied(_("U vroeg dit zelf. Iemand anders moet beslissen."))
    asked = RedactionRequest.objects.filter(pk=request.pk, state=RequestState.ASKED)
    if not asked.update(state=state, decided_by=by, decided_at=now):
        raise StepNotAllowed("redaction: it was decided meanwhile")
    request.refresh_from_db()


@transaction.atomic
def refuse_redaction(*, request: RedactionRequest, by: Any, now: datetime.datetime) -> None:
    """Leave the value where it is. Raises PermissionDenied (also to who asked), StepNotAllowed."""
    _decide(request, RequestState.REFUSED, by=by, now=now)
    record("redaction.refused", by=by, target=f"line:{request.seal_id}", now=now, request=str(request.uuid))


# --- Doing it --------------------------------------------------------------------------------------------------------


@transaction.atomic
def carry_out(*, request: RedactionRequest, by: Any, now: datetime.datetime) -> Redacted:
    """Take the value away, everywhere. Raises PermissionDenied (also to who asked), StepNotAllowed."""
    _decide(request, RequestState.DONE, by=by, now=now)
    seal = _full().get(pk=request.seal_id)
    value = value_of(seal, request.key)
    done = Redacted()
    for same in [seal, *_same_value(seal, request.key, value, done)]:
        redaction = _redact(same, request, now=now)
        done.lines.append(same.pk)
        log_redaction(redaction, now=now)
    _forget_copies(seal, request, value)
    record("redaction.done", by=by, target=f"line:{seal.pk}", now=now, request=str(request.uuid), lines=done.lines)
    raise_revision()
    return done


def value_of(seal: Seal, key: str) -> tuple[Any, Any]:
    """The value in Dutch and in English."""
    text = text_of(seal)
    if text is None:
        return seal.told.get(key), seal.told.get(f"{key}_en")
    if key in COLUMNS:
        return getattr(text, key), getattr(text, f"{key}_en", None)
    return _answers(text.content, key)


def _answers(content: dict[str, Any], key: str) -> tuple[Any, Any]:
    return content.get(key), content.get("translations", {}).get("en", {}).get(key)


def _same(value: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    """Whether two answers say the same in either language."""
    return any(one not in (None, "") and one == two for one, two in zip(value, other, strict=True))


def _same_value(seal: Seal, key: str, value: tuple[Any, Any], done: Redacted) -> list[Seal]:
    """The seals of other texts of the same thing that say the same; notes those that say something else."""
    if seal.version:
        others = _full().filter(version__entry=seal.version.entry)
    elif seal.system_version:
        others = _full().filter(system_version__system=seal.system_version.system)
    else:
        others = _full().filter(
            event__subject=seal.event.subject, version__isnull=True, system_version__isnull=True
        ).exclude(event__kind=EventKind.TEXT_REDACTED)  # fmt: skip
    found = []
    for other in others.exclude(pk=seal.pk).order_by("pk"):
        if not places_of(other, key):
            continue
        if _same(value, value_of(other, key)):
            found.append(other)
        elif text := text_of(other):
            done.look_at.append(text.number)
    return found


def _redact(seal: Seal, request: RedactionRequest, *, now: datetime.datetime) -> Redaction:
    key, places, text = request.key, places_of(seal, request.key), text_of(seal)
    mark = {"reason": request.reason, "date": timezone.localdate(now).isoformat()}
    mark |= {"reason_en": request.reason_en} if request.reason_en else {}
    redaction = Redaction.objects.create(
        seal=seal, request=request, key=key, places=places, mark=mark, done_at=now,
        instead=_instead(request, text) if text else {},
    )  # fmt: skip
    fields, told = seal.fields, seal.told
    for place in places:  # one at a time: the database lets no other change through
        fields = fields_without(fields, place, mark)
        told = {name: value for name, value in told.items() if name != place}
        Seal.objects.filter(pk=seal.pk).update(fields=fields, told=told)
    if text:
        instead = redaction.instead
        columns = {name: words for name, words in instead.items() if name != "content"}
        content = content_without(text.content, key, mark, instead.get("content", {}))
        type(text)._default_manager.filter(pk=text.pk).update(content=content, **columns)
    return redaction


def _instead(request: RedactionRequest, text: Version | SystemVersion) -> dict[str, Any]:
    """The words that stand where nothing may not stand."""
    if request.key == "name":
        return {"content": {"name": NAME_GONE}}
    if request.key == "responsible":
        return {"responsible": GONE % request.reason[:160]}
    if request.key == "reason":
        english = GONE_EN % (request.reason_en or request.reason)
        return {"reason": GONE % request.reason, "reason_en": english if text.reason_en else ""}
    return {}


# --- Copies ----------------------------------------------------------------------------------------------------------


def _forget_copies(seal: Seal, request: RedactionRequest, value: tuple[Any, Any]) -> None:
    """Take the value out of drafts, of what stands on pages, and of what another register sent."""
    if seal.system_version:
        system = AISystem.objects.select_related("current_version").get(pk=seal.system_version.system_id)
        _forget_in_drafts(Draft.objects.filter(system=system), request.key, value)
        refresh_system(system)
        for entry in _entries().filter(system=system):
            refresh_entry(entry)
    else:
        entry = _entries().get(uuid=seal.event.subject)
        _forget_in_drafts(Draft.objects.filter(entry=entry), request.key, value)
        forget_received(entry, request.key, value, GONE % request.reason)
        if seal.version is None:
            _forget_act(entry, request, value)
        for one in (entry, *_entries().filter(successor=entry)):
            refresh_entry(_entries().get(pk=one.pk))
    refresh_words()
    merge_terms()


def _entries() -> Any:
    entries = Entry.objects.select_related("organisation", "current_version__readability", "system__current_version")
    entries = entries.select_related("successor").prefetch_related("organisation__locations")
    return entries.exclude(current_version__isnull=True)


def _forget_in_drafts(drafts: Any, key: str, value: tuple[Any, Any]) -> None:
    """Take the answer out of drafts that say the same; their writers see an empty question.

    What drafts said before, and what lost to another writer, goes whole: any of it may say the same.
    """
    forget_saves(drafts.values_list("pk", flat=True))
    for draft in drafts.select_for_update():
        content = draft.content
        stamps = {place: {k: v for k, v in stamp.items() if k != "before"} for place, stamp in draft.stamps.items()}
        Draft.objects.filter(pk=draft.pk).update(stamps=stamps, aside={})
        columns: dict[str, Any] = {}
        if key == "reason" and _same(value, (draft.reason, draft.reason_en)):
            columns = {"reason": "", "reason_en": ""}
        if key not in COLUMNS and _same(value, _answers(content, key)):
            columns = {"content": {k: v for k, v in content_without(content, key, {}, {}).items() if k != "redacted"}}
        if columns:
            Draft.objects.filter(pk=draft.pk).update(revision=draft.revision + 1, **columns)


def _forget_act(entry: Entry, request: RedactionRequest, value: tuple[Any, Any]) -> None:
    """Take the words of a notice or an ending off the page."""
    words, words_en = GONE % request.reason, GONE_EN % (request.reason_en or request.reason)
    if request.key == "text":
        for notice in Notice.objects.filter(entry=entry, text=value[0]):
            english = words_en if notice.text_en else ""
            Notice.objects.filter(pk=notice.pk).update(text=words, text_en=english)
    elif request.key == "link":
        Notice.objects.filter(entry=entry, link=value[0]).update(link="")
    elif entry.ending_reason == value[0]:
        english = words_en if entry.ending_reason_en else ""
        Entry.objects.filter(pk=entry.pk).update(ending_reason=words, ending_reason_en=english)
