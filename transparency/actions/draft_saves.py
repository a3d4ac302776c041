"""The history of a draft: what it said after each while in which one person wrote, as long as it is open."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from portal.core.actors import person_of
from transparency.models import Draft, DraftSave

MOST = 50
A_WHILE = datetime.timedelta(minutes=10)  # what one person goes on writing in is one save: the form saves at each pause


def remember(
    before: Draft, content: Mapping[str, Any], changed: Iterable[str], *, by: Any, now: datetime.datetime, apart: bool
) -> None:
    """Keep `content` as what the draft says from the revision after `before`; for a caller that holds that locked.

    `changed`: the places that are different. `apart`: a save of its own, whoever wrote just before.
    """
    person, revision = person_of(by), before.revision + 1
    saves = DraftSave.objects.filter(draft=before).order_by("-revision")
    last = saves.defer("content").first()
    if last is None:
        DraftSave.objects.create(
            draft=before, revision=before.revision, content=before.content, by=before.started_by,
            began_at=before.started_at, saved_at=before.edited_at,
        )  # fmt: skip
    elif _goes_on(last, before, person, now) and not apart:
        places = sorted({*last.places, *changed})
        DraftSave.objects.filter(pk=last.pk).update(revision=revision, content=content, places=places, saved_at=now)
        return
    DraftSave.objects.create(
        draft=before, revision=revision, content=content, places=sorted(changed), by=person, began_at=now, saved_at=now
    )
    oldest_kept = saves.values_list("revision", flat=True)[MOST - 1 : MOST].first()
    if oldest_kept is not None:
        saves.filter(revision__lt=oldest_kept).delete()


def _goes_on(last: DraftSave, before: Draft, person: Any, now: datetime.datetime) -> bool:
    """Whether `person` wrote what stands there now, in the same while."""
    is_same = person is not None and last.by_id == person.pk and last.revision == before.revision
    return is_same and bool(last.places) and now - last.began_at < A_WHILE


def forget_saves(drafts: Iterable[int]) -> None:
    """Erase the history of drafts (their numbers) that are not written any more (Retention)."""
    DraftSave.objects.filter(draft__in=list(drafts)).delete()
