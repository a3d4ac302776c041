"""Everything that writes who takes part in a project."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from participation.actions.common import target_of
from participation.models import Assignment, Project
from participation.permissions import can_lead
from participation.states import Influence
from portal.audit.record import record
from portal.organisations.models import Organisation

MOST_TRIES = 5


@transaction.atomic
def propose(
    *,
    project: Project,
    user: Any,
    influence: Influence,
    by: Any,
    now: datetime.datetime,
    phases: Sequence[str] = (),
    organisation: Organisation | None = None,
) -> Assignment:
    """Ask `user` to take part, in a role and for `phases` (none: all). Both sides sign before it is active.

    Raises PermissionDenied, and ValidationError when that person takes part already.
    """
    can_lead(by, project)
    if user is not None and project.assignments.filter(user=user).exclude(state="ENDED").exists():
        raise ValidationError(_("Deze persoon doet al mee aan het project."))
    for _attempt in range(MOST_TRIES):
        number = (project.assignments.aggregate(most=Max("number"))["most"] or 0) + 1
        try:
            with transaction.atomic():
                made = Assignment.objects.create(
                    project=project, user=user, organisation=organisation, number=number, influence=influence,
                    phases=list(phases), proposed_at=now,
                )  # fmt: skip
        except IntegrityError:  # somebody else took the number at the same moment
            continue
        record("assignment.proposed", by=by, target=target_of(project), now=now, assignment=str(made.uuid))
        return made
    raise ValidationError(_("Het is nu erg druk. Probeer het nog eens."))
