"""The only writer of the view log."""

import datetime
from typing import Any

from participation.actions.common import day_of
from participation.models import Project, Seen, ViewerRole, Viewing
from portal.core.after_reading import written_after_reading
from portal.organisations.models import Organisation


@written_after_reading("who looked at the data of a person is known only when the page is read")
def record_viewing(
    *, subject: Any, by: Any, role: ViewerRole, organisation: Organisation | None, project: Project | None, what: Seen,
    now: datetime.datetime,
) -> None:  # fmt: skip
    """Log that `by` saw something of `subject`; a second time on the same day changes nothing."""
    row = Viewing(
        subject=subject, viewer=by, role=role, organisation=organisation, project=project, what=what, seen_at=now,
        seen_date=day_of(now),
    )  # fmt: skip
    Viewing.objects.bulk_create([row], ignore_conflicts=True)
