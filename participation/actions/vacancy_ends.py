"""What came of a vacancy: one side proposes it with a public account, the other side agrees."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from participation import recruiting_emails as emails
from participation.actions.common import target_of
from participation.entry_summary import tell_entries
from participation.models import Vacancy, VacancyEnd
from participation.states import VACANCY, CandidacyState, VacancyState
from participation.vacancy_permissions import can_agree_outcome, can_finish, sides_of
from participation.vacancy_texts import readable
from portal.audit.record import record
from portal.audit.revision import raise_revision
from portal.core.workflow import StepNotAllowed

STEPS = {VacancyEnd.FILLED: "fill", VacancyEnd.NOT_FILLED: "leave_empty"}


@transaction.atomic
def propose_outcome(
    *, vacancy: Vacancy, outcome: str, text: str, missing: Iterable[str], by: Any, now: datetime.datetime
) -> None:
    """Propose the end of a closed vacancy and what everybody will read about it; it replaces an earlier proposal.

    `missing`: who of those affected, or wanted, does not take part. Raises PermissionDenied, ValidationError,
    StepNotAllowed.
    """
    can_finish(by, vacancy)
    if outcome not in VacancyEnd.values:
        raise ValidationError({"outcome": _("Kies wat er is gebeurd.")})
    VACANCY.step(vacancy.state, STEPS[VacancyEnd(outcome)])
    _refuse_unfit(vacancy, VacancyEnd(outcome))
    reason = readable(text, vacancy.project, _("Schrijf hoe het ging. Iedereen kan dit straks lezen."))
    gone = [one for one in groups_to_miss(vacancy) if one in set(missing)]
    there = Vacancy.objects.filter(pk=vacancy.pk, state=VacancyState.CLOSED)
    side = sides_of(by, vacancy.project)[0]
    if not there.update(
        proposed=outcome, proposed_side=side, proposed_by=by, proposed_at=now, outcome_text=reason, missing=gone
    ):
        raise StepNotAllowed("propose: the vacancy changed meanwhile")
    vacancy.refresh_from_db()
    record("vacancy.end_proposed", by=by, target=target_of(vacancy.project), now=now, vacancy=str(vacancy.uuid),
           outcome=outcome)  # fmt: skip
    emails.outcome_proposed(vacancy)


def groups_to_miss(vacancy: Vacancy) -> list[str]:
    """The groups of whom somebody may be missing: those whom the project touches, and those who were wanted."""
    return list(dict.fromkeys([*vacancy.project.affected, *vacancy.perspectives]))


def _refuse_unfit(vacancy: Vacancy, outcome: VacancyEnd) -> None:
    """Raise ValidationError when the outcome does not fit what was decided on those who replied."""
    states = list(vacancy.candidacies.received().values_list("state", flat=True))
    if CandidacyState.SUBMITTED in states or CandidacyState.SHORTLISTED in states:
        raise ValidationError(_("Beslis eerst over iedereen die zich meldde."))
    if (outcome == VacancyEnd.FILLED) != (CandidacyState.ACCEPTED in states):
        raise ValidationError({"outcome": _("Dit past niet bij wat u besloot over wie zich meldde.")})


@transaction.atomic
def agree_outcome(*, vacancy: Vacancy, seen: datetime.datetime, by: Any, now: datetime.datetime) -> None:
    """Agree with the proposal of the moment `seen`: everybody reads it from now on. Raises as `propose_outcome`."""
    vacancy = Vacancy.objects.select_for_update().select_related("project__organisation").get(pk=vacancy.pk)
    if not vacancy.proposed:
        raise StepNotAllowed("agree: nothing was proposed")
    can_agree_outcome(by, vacancy)
    outcome = VacancyEnd(vacancy.proposed)
    step = VACANCY.step(vacancy.state, STEPS[outcome])
    _refuse_unfit(vacancy, outcome)
    there = Vacancy.objects.filter(pk=vacancy.pk, state=step.source, proposed=outcome, proposed_at=seen)
    if not there.update(state=step.target, ended_at=now, numbers=numbers_of(vacancy)):
        raise StepNotAllowed("agree: the proposal changed meanwhile")
    vacancy.refresh_from_db()
    kind = "vacancy.filled" if outcome == VacancyEnd.FILLED else "vacancy.left_empty"
    record(kind, by=by, target=target_of(vacancy.project), now=now, vacancy=str(vacancy.uuid))
    tell_entries(vacancy.project, now)
    raise_revision()


def numbers_of(vacancy: Vacancy) -> dict[str, int]:
    """How many replied, those who took it back too, and how many were chosen."""
    received = vacancy.candidacies.received()
    return {"responded": received.count(), "chosen": received.filter(state=CandidacyState.ACCEPTED).count()}
