"""The only writer of the view log."""

import datetime
from collections.abc import Iterable
from typing import Any

from participation.actions.common import day_of
from participation.models import Project, Seen, ViewerRole, Viewing
from portal.core.after_reading import written_after_reading
from portal.organisations.models import Organisation


@written_after_reading("who looked at the data of a person is known only when the page is read")
def record_viewing(
    *, subjects: Iterable[Any], by: Any, role: ViewerRole, organisation: Organisation | None, project: Project | None,
    what: Seen, now: datetime.datetime,
) -> None:  # fmt: skip
    """Log that `by` saw something of each of `subjects`; a second time on the same day changes nothing."""
    rows = [
        Viewing(
            subject=subject, viewer=by, role=role, organisation=organisation, project=project, what=what, seen_at=now,
            seen_date=day_of(now),
        )
        for subject in subjects
    ]  # fmt: skip
    Viewing.objects.bulk_create(rows, ignore_conflicts=True)
