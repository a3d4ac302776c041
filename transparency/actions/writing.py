"""Everything that changes the text of a draft, or says something about it; several people may be at it at once.

How saving, two writers at once and undoing work is told in portal/docs/adr/0018-drafts.md.
"""

import datetime
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.core.actors import person_of
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed
from transparency.actions.draft_saves import remember
from transparency.document import has_value
from transparency.field import Field, Kind
from transparency.fields import ENTRY_FIELDS, SYSTEM_FIELDS
from transparency.models import Draft, DraftComment
from transparency.permissions import can_see_draft, can_write_draft
from transparency.states import WRITABLE
from transparency.writing.places import ENGLISH, UNKNOWN, content_of, english_of, places_of, question_of, spread
from transparency.writing.reading import Sent, follow

MOST_ANSWER = 60_000  # characters of one answer as JSON: fifteen times what the longest question takes
MOST_COMMENT = 5_000  # characters

Seen = int | Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A place that somebody else changed meanwhile: what stands there now, and what was to be saved."""

    key: str
    theirs: Any
    yours: Any
    by: int | None  # the user who changed it
    at: str  # ISO


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What came of a save: the revision of the draft now, the places that changed, and those that were not saved."""

    revision: int
    places: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The form on somebody's screen that a save comes from: its name, and how many saves it sent before this one."""

    name: str
    turn: int = 0


def fields_of(draft: Draft) -> tuple[Field, ...]:
    """The questions that a draft may answer."""
    return SYSTEM_FIELDS if draft.entry_id is None else ENTRY_FIELDS


@transaction.atomic
def save_answers(
    *,
    draft: Draft,
    answers: Mapping[str, Any],
    seen: Seen,
    by: Any,
    now: datetime.datetime,
    force: bool = False,
    sheet: Sheet | None = None,
) -> Saved:
    """Keep `answers` ({place: value}; None takes an answer away) in `draft`; others may be writing too.

    `seen` is the revision that the writer had before them, or that of each place. A place that somebody else (or the
    same person on another `sheet`) changed after that is not saved unless `force`: it comes back as a Conflict with
    both texts, and the writer's is kept aside until somebody chooses (`choose_text`). Everything else is saved, also
    what has a wrong shape: `check_publishable` asks for that when the draft is submitted.
    Raises PermissionDenied, ValidationError for a question that is none or an answer too long to keep, and
    StepNotAllowed when the draft is not being written.
    """
    can_write_draft(by, draft)
    there = _locked(draft)
    if there.state not in WRITABLE:
        raise StepNotAllowed(f"write: the draft is {there.state}")
    places = places_of(there.content)
    wanted = {place: value for place, value in _asked(draft, answers, places) if places.get(place) != value}
    wanted = {place: value for place, value in wanted.items() if not _is_overtaken(there, place, sheet)}
    conflicts = () if force else tuple(_conflicts(there, places, wanted, seen, by, sheet))
    for conflict in conflicts:
        del wanted[conflict.key]
        _put_aside(there, conflict.key, conflict.yours, by, now)
    for place, value in wanted.items():
        _stamp(there, place, places.get(place), by=by, now=now, sheet=sheet)
        places[place] = value
    _keep(draft, there, places, changed=bool(wanted), by=by, now=now)
    return Saved(revision=draft.revision, places=tuple(wanted), conflicts=conflicts)


def _locked(draft: Draft) -> Draft:
    """The draft as it is now; others wait until this transaction is over (SQLite lets one write at a time anyway)."""
    (there,) = Draft.objects.select_for_update().filter(pk=draft.pk)
    return there


def _asked(draft: Draft, answers: Mapping[str, Any], places: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every place of `answers` with its value as it is kept: clean, and None when it says nothing."""
    fields = {field.key: field for field in fields_of(draft)}
    for place, value in spread(answers, content_of(places)).items():
        field = fields.get(question_of(place))
        if field is None or place.removesuffix(field.key) not in {"", UNKNOWN, ENGLISH}:
            raise ValidationError(_("De vraag “%(key)s” kennen we niet.") % {"key": clean(str(place))[:60]})
        if place.startswith(ENGLISH) and not field.translated:
            raise ValidationError(_("De vraag “%(key)s” heeft geen Engelse tekst.") % {"key": place[:60]})
        if place.startswith(UNKNOWN):
            yield place, True if value else None
            continue
        kept = _cleaned(value)
        if len(json.dumps(kept, ensure_ascii=False)) > MOST_ANSWER:
            raise ValidationError(_("Het antwoord op “%(question)s” is veel te lang.") % {"question": field.label})
        yield place, kept if has_value({place: kept}, place) else None


def _cleaned(value: Any) -> Any:
    """`value` with its texts in NFC and without signs that nobody sees (`portal.core.text.clean`)."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(str(key)): _cleaned(part) for key, part in value.items()}
    return [_cleaned(part) for part in value] if isinstance(value, list) else value


def _is_overtaken(there: Draft, place: str, sheet: Sheet | None) -> bool:
    """Whether a later save of the same sheet came in before this one."""
    stamp = there.stamps.get(place, {})
    return sheet is not None and stamp.get("sheet") == sheet.name and sheet.turn < stamp.get("turn", 0)


def _conflicts(
    there: Draft, places: Mapping[str, Any], wanted: Mapping[str, Any], seen: Seen, by: Any, sheet: Sheet | None
) -> Iterator[Conflict]:
    for place, value in wanted.items():
        stamp = there.stamps.get(place, {})
        before = seen if isinstance(seen, int) else seen.get(place, 0)
        if stamp.get("revision", 0) <= before or place.startswith(UNKNOWN) or _is_own(stamp, by, sheet):
            continue
        yield Conflict(key=place, theirs=places.get(place), yours=value, by=stamp.get("by"), at=stamp.get("at", ""))


def _is_own(stamp: Mapping[str, Any], by: Any, sheet: Sheet | None) -> bool:
    """Whether `by` made this change, on the same sheet: an answer that never arrived is no other writer."""
    return stamp.get("by") == by.pk and (sheet is None or stamp.get("sheet") == sheet.name)


def _stamp(
    there: Draft, place: str, before: Any, *, by: Any, now: datetime.datetime, sheet: Sheet | None = None
) -> None:
    """Say who changes `place` in the next revision, and what stood there before this person began on this sheet."""
    old = there.stamps.get(place, {})
    goes_on = sheet is not None and _is_own(old, by, sheet)
    there.stamps[place] = {
        "revision": there.revision + 1, "by": by.pk, "at": now.isoformat(),
        "before": old.get("before") if goes_on else before,
        **({"sheet": sheet.name, "turn": sheet.turn} if sheet else {}),
    }  # fmt: skip


def _put_aside(there: Draft, place: str, value: Any, by: Any, now: datetime.datetime) -> None:
    there.aside.setdefault(place, {})[str(by.pk)] = {"value": value, "at": now.isoformat()}


def _keep(
    draft: Draft, there: Draft, places: Mapping[str, Any], *, changed: bool, by: Any, now: datetime.datetime,
    apart: bool = False,
) -> None:  # fmt: skip
    """Write what `there` (locked) has become, and let `draft` say so too; `apart`: as a save of its own."""
    values: dict[str, Any] = {"stamps": there.stamps, "aside": there.aside}
    if changed:
        content, before = content_of(places), places_of(there.content)
        remember(there, content, _different(before, places_of(content)), by=by, now=now, apart=apart)
        values |= {
            "content": content,
            "revision": there.revision + 1,
            "edited_by": person_of(by),
            "edited_at": now,
        }
    Draft.objects.filter(pk=there.pk).update(**values)
    for name in ("content", "revision", "stamps", "aside", "state", "edited_by", "edited_at"):
        setattr(draft, name, values.get(name, getattr(there, name)))


@transaction.atomic
def save_sheet(*, draft: Draft, sent: Sent, sheet: Sheet | None, by: Any, now: datetime.datetime) -> Saved:
    """Keep what was sent with a form; the English of rows follows its Dutch rows. Raises as `save_answers` does."""
    saved = save_answers(draft=draft, answers=sent.answers, seen=sent.seen, by=by, now=now, sheet=sheet)
    english = english_of(draft.content)
    moved = {
        f"{ENGLISH}{key}": follow(english[key], numbers)
        for key, numbers in sent.rows.items()
        if key in saved.places and key in english
    }
    if moved:
        save_answers(draft=draft, answers=moved, seen=draft.revision, by=by, now=now, force=True)
    return Saved(revision=draft.revision, places=saved.places, conflicts=saved.conflicts)


# --- Two texts for one question, and back to what it was --------------------------------------------------------------


@transaction.atomic
def keep_aside(*, draft: Draft, answers: Mapping[str, Any], by: Any, now: datetime.datetime) -> tuple[str, ...]:
    """Keep what somebody typed in a draft that a colleague closed meanwhile; returns the places. Raises as saving does.

    The text of the draft stays as it is: whoever approves it, approves what he read.
    """
    can_write_draft(by, draft)
    there = _locked(draft)
    places = places_of(there.content)
    kept = {place: value for place, value in _asked(draft, answers, places) if places.get(place) != value}
    kept = {place: value for place, value in kept.items() if not place.startswith(UNKNOWN)}
    for place, value in kept.items():
        _put_aside(there, place, value, by, now)
    _keep(draft, there, places, changed=False, by=by, now=now)
    return tuple(kept)


def can_join(field: Field) -> bool:
    """Whether two answers to a question can stand together."""
    return field.kind in {Kind.TEXT, Kind.LINE, Kind.ANSWER, Kind.ROWS, Kind.CHOICES}


@transaction.atomic
def choose_text(*, draft: Draft, place: str, person: int, choice: str, by: Any, now: datetime.datetime) -> bool:
    """End a conflict about `place`: use the text that `person` wrote aside ("use"), drop it ("drop"), or keep "both".

    Returns whether there was one: a second click finds nothing to do. Raises PermissionDenied, StepNotAllowed.
    """
    can_write_draft(by, draft)
    there = _locked(draft)
    if there.state not in WRITABLE:
        raise StepNotAllowed(f"write: the draft is {there.state}")
    if str(person) not in there.aside.get(place, {}):
        return False
    yours = there.aside[place].pop(str(person))["value"]
    if not there.aside[place]:
        del there.aside[place]
    places = places_of(there.content)
    theirs = places.get(place)
    becomes = {"use": yours, "both": _joined(theirs, yours)}.get(choice, theirs)
    if becomes != theirs:
        _stamp(there, place, theirs, by=by, now=now)
        places[place] = becomes
    _keep(draft, there, places, changed=becomes != theirs, by=by, now=now)
    return True


def _joined(theirs: Any, yours: Any) -> Any:
    """Both answers as one: the one that stands there first."""
    if theirs is None or yours is None:
        return theirs if yours is None else yours
    if isinstance(theirs, str) and isinstance(yours, str):
        return f"{theirs}\n\n{yours}"
    if isinstance(theirs, list) and isinstance(yours, list):
        return [*theirs, *(one for one in yours if one not in theirs)]
    if isinstance(theirs, Mapping) and isinstance(yours, Mapping):
        return {**yours, **theirs, "text": "\n\n".join(text for one in (theirs, yours) if (text := one.get("text")))}
    return yours


@transaction.atomic
def undo_answer(*, draft: Draft, place: str, revision: int, by: Any, now: datetime.datetime) -> bool:
    """Put back what stood at `place` before it was changed in `revision`; doing it again puts the change back.

    Returns False when somebody changed it after that. Raises PermissionDenied, StepNotAllowed.
    """
    can_write_draft(by, draft)
    there = _locked(draft)
    if there.state not in WRITABLE:
        raise StepNotAllowed(f"write: the draft is {there.state}")
    stamp = there.stamps.get(place, {})
    if stamp.get("revision") != revision:
        return False
    places = places_of(there.content)
    before = stamp.get("before")
    _stamp(there, place, places.get(place), by=by, now=now)
    places[place] = before
    _keep(draft, there, places, changed=True, by=by, now=now)
    return True


@transaction.atomic
def put_back(*, draft: Draft, number: int, by: Any, now: datetime.datetime) -> bool:
    """Let a draft say what it said at its save `number`; what it says now stays in its history.

    Returns False when it says that already. Raises PermissionDenied, and StepNotAllowed when the draft is not being
    written or the save is gone.
    """
    can_write_draft(by, draft)
    there = _locked(draft)
    save = there.saves.filter(pk=number).first()
    if there.state not in WRITABLE or save is None:
        raise StepNotAllowed(f"put back: the draft is {there.state}, or its save is gone")
    places, wanted = places_of(there.content), places_of(save.content)
    different = _different(places, wanted)
    for place in different:
        _stamp(there, place, places.get(place), by=by, now=now)
    _keep(draft, there, wanted, changed=bool(different), by=by, now=now, apart=True)
    return bool(different)


def _different(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    """The places at which something else stands."""
    return [place for place in {**before, **after} if before.get(place) != after.get(place)]


# --- Colleagues ------------------------------------------------------------------------------------------------------


@transaction.atomic
def comment(*, draft: Draft, text: str, by: Any, now: datetime.datetime, key: str = "") -> DraftComment:
    """Say something about a draft, or about one question of it. Raises PermissionDenied, ValidationError."""
    can_see_draft(by, draft)
    said = clean(text).strip()
    if not said:
        raise ValidationError(_("Typ eerst een opmerking."))
    if len(said) > MOST_COMMENT:
        raise ValidationError(_("De opmerking is te lang. Er passen %(most)s tekens.") % {"most": MOST_COMMENT})
    if key and key not in {field.key for field in fields_of(draft)}:
        raise ValidationError(_("Kies een vraag uit de lijst."))
    return DraftComment.objects.create(draft=draft, key=key, author=by, text=said, written_at=now)


@transaction.atomic
def settle_comment(*, comment: DraftComment, by: Any, now: datetime.datetime) -> None:
    """Say that a remark is dealt with; once is enough. Raises PermissionDenied."""
    can_see_draft(by, comment.draft)
    DraftComment.objects.filter(pk=comment.pk, done_at=None).update(done_at=now, done_by=by)
    comment.refresh_from_db()
