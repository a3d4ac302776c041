"""Keeping up with the register: its records after a change of the code, its words after a change of its texts."""

import datetime

from django.db import transaction
from django.utils import timezone

from portal.audit.revision import raise_revision
from transparency.actions.publishing import entries_with_texts
from transparency.made_by import made_by
from transparency.models import AISystem, LogHead, PublicRecord, Readability, Upkeep, Version
from transparency.plain_language import judged, values_of
from transparency.readability.score import MODEL
from transparency.records import merge_terms, refresh_entry, refresh_system
from transparency.word_counts import refresh_words


@transaction.atomic
def rebuild_public() -> int:
    """Make the record of everything public anew; returns how many there are.

    How hard a text is, is only asked again when the check has another model.
    """
    upkeep = _upkeep()
    other_model = Version.objects.exclude(readability__model=MODEL)
    for version in other_model.select_related("entry__organisation", "entry__system__current_version").iterator():
        if gate := judged(version.entry, version.content):
            values = values_of(gate) | {"checked_at": timezone.now()}
            Readability.objects.update_or_create(version=version, defaults=values)
    for entry in entries_with_texts().iterator(chunk_size=500):
        refresh_entry(entry)
    for system in AISystem.objects.public().select_related("current_version").iterator():
        refresh_system(system)
    upkeep.made_by = made_by()
    _count(upkeep)
    return PublicRecord.objects.count()


@transaction.atomic
def rebuild_when_needed() -> int | None:
    """Make the records anew when they were made by other code, templates or settings; None when they were not.

    Of servers that start at once, the first does it and the others wait.
    """
    return None if _upkeep().made_by == made_by() else rebuild_public()


@transaction.atomic
def recount_words(now: datetime.datetime) -> int:
    """Count the words of the register anew, once a day when its texts changed; returns how often (0 or 1).

    To count them at each publication would make that wait for the whole register.
    """
    today = timezone.localdate(now)
    told = Upkeep.objects.filter(pk=1).values_list("counted", "counted_on").first()
    if told and (told[1] == today or told[0] == _last_line()):
        return 0
    upkeep = _upkeep()
    if upkeep.counted_on == today:  # another process was first
        return 0
    upkeep.counted_on = today
    _count(upkeep)
    return 1


def _count(upkeep: Upkeep) -> None:
    upkeep.counted = _last_line()
    refresh_words()
    merge_terms()
    upkeep.save()
    raise_revision()


def _upkeep() -> Upkeep:
    """The row, for this transaction alone."""
    return Upkeep.objects.select_for_update().get_or_create(pk=1)[0]


def _last_line() -> int:
    return LogHead.objects.values_list("number", flat=True).get(pk=1)
