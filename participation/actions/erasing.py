"""Everything that erases on its term, and the log of it: in the database and in a file outside it."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from participation.emails import profile_goes
from participation.erasure import file as erasure_file
from participation.erasure.kind import Kind, keys_of
from participation.erasure.kinds import KINDS
from participation.erasure.terms import TERMS, old_viewings, profiles_to_warn
from participation.models import Erasure, Profile
from portal.audit.revision import raise_revision

VIEWINGS = "viewing"


def note(kind: Kind, thing: Any, now: datetime.datetime) -> None:
    """Log that `thing` is erased; call it before it goes, in the same transaction."""
    _log(kind.code, next(keys_of(kind, thing)), now)


def _log(code: str, key: str, now: datetime.datetime, number: int = 1) -> None:
    made = Erasure.objects.create(kind=code, key=key, number=number, erased_at=now)
    # Robust: the erasure stands when the disk is full; `catch_up` writes later what the file misses.
    transaction.on_commit(lambda: erasure_file.append([made]), robust=True)


def erase_within(kind: Kind, thing: Any, now: datetime.datetime) -> None:
    """Erase one thing, logged, for a caller who holds a transaction and tells the public pages."""
    note(kind, thing, now)
    kind.erase(thing, now)


def erase(kind: Kind, thing: Any, now: datetime.datetime) -> None:
    """Erase one thing, logged, in one transaction; a name that was public is gone from every page at once."""
    with transaction.atomic():
        erase_within(kind, thing, now)
        raise_revision()


def due_by_kind(now: datetime.datetime) -> dict[str, int]:
    """{label: how many things are past their term}: what `erase_due` would erase; writes nothing."""
    found = {term.kind.label: term.due(now).count() for term in TERMS}
    return found | {"viewings": old_viewings(now).count(), "warnings": profiles_to_warn(now).count()}


def erase_due(now: datetime.datetime) -> int:
    """Erase everything that is past its term, and warn who loses a profile in two months; how much was done.

    A job of every minute, so nothing stays a night too long. `manage.py retention` does the same by hand.
    """
    done = warn_of_old_profiles(now)
    for term in TERMS:
        for thing in list(term.due(now).order_by("pk")):
            erase(term.kind, thing, now)
            done += 1
    return done + _erase_viewings(now)


@transaction.atomic
def _erase_viewings(now: datetime.datetime) -> int:
    number = old_viewings(now).delete()[0]
    if number:
        _log(VIEWINGS, "", now, number)
    return number


def warn_of_old_profiles(now: datetime.datetime) -> int:
    """Mail everybody whose profile goes in two months, once; how many there were."""
    warned = 0
    for profile in profiles_to_warn(now):
        with transaction.atomic():
            still = Profile.objects.filter(pk=profile.pk, warned_at=profile.warned_at, used_at=profile.used_at)
            if not still.update(warned_at=now):
                continue
            profile_goes(profile)
        warned += 1
    return warned


def catch_up(now: datetime.datetime) -> int:
    """Write to the file what it misses of the log in the database; how many lines."""
    there = {(line.kind, line.key, line.at) for line in erasure_file.read()}
    missing = [one for one in Erasure.objects.order_by("pk") if (one.kind, one.key, one.erased_at) not in there]
    erasure_file.append(missing)
    return len(missing)


def keep_file_whole(now: datetime.datetime) -> int:
    """The job that does so once an hour: it reads the whole file."""
    return 0 if now.minute else catch_up(now)


# --- After a restore -------------------------------------------------------------------------------------------------


def replay(lines: Iterable[erasure_file.Line], now: datetime.datetime, *, dry_run: bool = False) -> Mapping[str, int]:
    """Erase again what `lines` say was erased and an old backup brought back; {label: how many}.

    A thing that began after its line is another one, and stays.
    """
    wanted: dict[str, dict[str, datetime.datetime]] = {}
    for line in lines:
        if line.key:
            of_kind = wanted.setdefault(line.kind, {})
            of_kind[line.key] = max(line.at, of_kind.get(line.key, line.at))
    done: Counter[str] = Counter()
    for kind in KINDS:
        for thing in list(kind.every()) if kind.code in wanted else ():
            if _was_erased(kind, thing, wanted[kind.code]):
                done[kind.label] += 1
                if not dry_run:
                    erase(kind, thing, now)
    return done


def _was_erased(kind: Kind, thing: Any, wanted: Mapping[str, datetime.datetime]) -> bool:
    moments = [wanted[key] for key in keys_of(kind, thing) if key in wanted]
    return bool(moments) and kind.since(thing) <= max(moments)
