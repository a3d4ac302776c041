"""Choosing among who replied: shortlisted by the project, weighed by one of each side, decided by both.

One side proposes a decision with its reason, the other agrees; whoever does not agree proposes another one. So both
can always act, and nobody decides alone.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from participation import recruiting_emails as emails
from participation.actions.assignments import place
from participation.actions.candidacies import checked_reply, refuse_closed, start_for, target_of_candidacy
from participation.actions.candidate_links import tell_candidate
from participation.actions.common import hold_running
from participation.models import Assessment, Candidacy, Choice, Fit, PaymentWish, Side, Vacancy, Wish
from participation.states import CANDIDACY, CandidacyState, Influence, ProjectState
from participation.vacancy_permissions import (
    can_agree,
    can_assess,
    can_choose,
    can_put_forward,
    can_shortlist,
    sides_about,
)
from participation.vacancy_texts import readable
from portal.audit.record import record
from portal.core.text import clean
from portal.core.workflow import StepNotAllowed
from portal.organisations.models import Organisation

LONGEST = 2000


def _take(candidacy: Candidacy, name: str, *, only: dict[str, Any] | None = None, **fields: Any) -> None:
    """One step by compare-and-set. Raises StepNotAllowed when it cannot be taken, or somebody was first."""
    step = CANDIDACY.step(candidacy.state, name)
    there = Candidacy.objects.filter(pk=candidacy.pk, state=step.source, erased_at=None, **(only or {}))
    if not there.update(state=step.target, **fields):
        raise StepNotAllowed(f"{name}: the candidacy changed meanwhile")
    candidacy.refresh_from_db()


@transaction.atomic
def shortlist(*, candidacy: Candidacy, by: Any, now: datetime.datetime) -> None:
    """Ask both sides to weigh somebody. Raises PermissionDenied, StepNotAllowed."""
    can_shortlist(by, candidacy)
    _take(candidacy, "shortlist", proposed="", proposed_side="", proposed_at=None, proposed_text="")
    record("candidacy.shortlisted", by=by, target=target_of_candidacy(candidacy), now=now)
    tell_candidate(candidacy, now=now)
    emails.to_weigh(candidacy, by=by)


@transaction.atomic
def assess(
    *, candidacy: Candidacy, side: str, judgement: str, text: str, by: Any, now: datetime.datetime
) -> Assessment:
    """Give the judgement of one side, or give it anew until it is decided; only who gave it changes it.

    Raises PermissionDenied, ValidationError, StepNotAllowed.
    """
    can_assess(by, candidacy, Side(side))
    found = clean(text).strip()
    faults = {} if found else {"text": _("Schrijf waarom u dat vindt.")}
    if len(found) > LONGEST:
        faults["text"] = _("De tekst is te lang. Er passen %(most)d tekens.") % {"most": LONGEST}
    if judgement not in Fit.values:
        faults["judgement"] = _("Kies wat u vindt.")
    if faults:
        raise ValidationError(faults)
    there = Candidacy.objects.select_for_update().filter(pk=candidacy.pk, state=CandidacyState.SHORTLISTED)
    if there.first() is None:
        raise StepNotAllowed("assess: nobody weighs this now")
    values = {"judgement": judgement, "text": found, "given_at": now}
    try:
        with transaction.atomic():
            made, _is_new = Assessment.objects.update_or_create(
                candidacy=candidacy, side=side, assessor=by, defaults=values
            )
    except IntegrityError as error:
        raise StepNotAllowed("assess: a colleague was first") from error
    record("candidacy.assessed", by=by, target=target_of_candidacy(candidacy), now=now)
    return made


def is_weighed(candidacy: Candidacy) -> bool:
    """Whether both sides gave their judgement."""
    return candidacy.assessments.count() == len(Side)


@transaction.atomic
def propose_choice(*, candidacy: Candidacy, choice: str, text: str, by: Any, now: datetime.datetime) -> None:
    """Propose what is decided, with the reason that the candidate will read; it replaces an earlier proposal.

    Raises PermissionDenied, ValidationError, StepNotAllowed.
    """
    can_choose(by, candidacy)
    if choice not in Choice.values:
        raise ValidationError({"choice": _("Kies wat u wilt besluiten.")})
    step = CANDIDACY.step(candidacy.state, choice.lower())
    _refuse_impossible(candidacy, Choice(choice))
    reason = readable(text, candidacy.vacancy.project, _("Schrijf waarom. De kandidaat krijgt deze tekst."))
    there = Candidacy.objects.filter(pk=candidacy.pk, state=step.source, erased_at=None)
    side = sides_about(by, candidacy)[0]
    if not there.update(proposed=choice, proposed_side=side, proposed_by=by, proposed_at=now, proposed_text=reason):
        raise StepNotAllowed("propose: the candidacy changed meanwhile")
    candidacy.refresh_from_db()
    record("candidacy.choice_proposed", by=by, target=target_of_candidacy(candidacy), now=now)
    emails.choice_proposed(candidacy)


def _refuse_impossible(candidacy: Candidacy, choice: Choice) -> None:
    if candidacy.state == CandidacyState.SHORTLISTED and not is_weighed(candidacy):
        raise ValidationError(_("Eerst geven beide kanten hun oordeel. Daarna kunt u besluiten."))
    if choice == Choice.ACCEPT and candidacy.vacancy.project.state != ProjectState.RUNNING:
        raise StepNotAllowed("accept: the project ended")


@transaction.atomic
def agree(*, candidacy: Candidacy, seen: datetime.datetime, by: Any, now: datetime.datetime) -> None:
    """Agree with the proposal of the moment `seen`: it is decided, and the candidate is told.

    Who was chosen and has an account is asked to sign; others make their account first (actions/joining_candidates).
    Raises as `propose_choice` does.
    """
    if not candidacy.proposed:
        raise StepNotAllowed("agree: nothing was proposed")
    can_agree(by, candidacy)
    choice = Choice(candidacy.proposed)
    if choice == Choice.ACCEPT:
        hold_running(candidacy.vacancy.project, "accept")
    _refuse_impossible(candidacy, choice)
    _take(
        candidacy, choice.lower(), only={"proposed": choice, "proposed_at": seen}, decided_at=now, proposed="",
        decision_text=candidacy.proposed_text, proposed_text="",
    )  # fmt: skip
    target = target_of_candidacy(candidacy)
    if choice == Choice.ACCEPT:
        record("candidacy.accepted", by=by, target=target, now=now)
    elif choice == Choice.RESERVE:
        record("candidacy.reserved", by=by, target=target, now=now)
    else:
        record("candidacy.declined", by=by, target=target, now=now)
    if choice == Choice.ACCEPT and candidacy.user is not None:
        give_role(candidacy, by=by, now=now)
    tell_candidate(candidacy, now=now)


def give_role(candidacy: Candidacy, *, by: Any, now: datetime.datetime) -> None:
    """Let who was chosen take part, once both sides sign; for a caller that holds a transaction.

    Raises ValidationError when that person takes part already.
    """
    vacancy = candidacy.vacancy
    made = place(
        project=vacancy.project, user=candidacy.user, influence=Influence(vacancy.influence), phases=vacancy.phases,
        organisation=candidacy.organisation, by=by, now=now,
    )  # fmt: skip
    Candidacy.objects.filter(pk=candidacy.pk).update(assignment=made)
    candidacy.refresh_from_db()


@transaction.atomic
def put_forward(
    *, vacancy: Vacancy, organisation: Organisation, person: Any, text: str, by: Any, now: datetime.datetime
) -> Candidacy:
    """Put somebody forward who consented to that; the person is told and may take it back at any time.

    Raises PermissionDenied, ValidationError, StepNotAllowed.
    """
    can_put_forward(by, organisation, person)
    refuse_closed(vacancy, now)
    made = checked_reply({"name": person.get_full_name(), "motivation": text, "wish": Wish.LATER})
    candidacy = start_for(vacancy, person, made, now=now, put_forward_by=by, organisation=organisation)
    PaymentWish.objects.create(candidacy=candidacy, wish=Wish.LATER)
    record("candidacy.put_forward", by=by, target=target_of_candidacy(candidacy), now=now)
    emails.candidate_put_forward(candidacy)
    emails.somebody_replied(candidacy)
    return candidacy
