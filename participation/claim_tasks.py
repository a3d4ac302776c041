"""What claims ask of somebody, as lines of the workspace."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from participation.claim_pages import WHOLE
from participation.models import Assignment, Claim
from participation.people import SIGNED
from participation.states import ClaimState, CommitmentState
from portal.organisations.permissions import where_held
from portal.organisations.roles import Role
from portal.ui.tasks import Group, Task

WHAT: dict[str, str | Promise] = {
    ClaimState.DRAFT: _("Verstuur uw declaratie"),
    ClaimState.RETURNED: _("Er is een vraag over uw declaratie"),
    ClaimState.HELD: _("Verstuur de declaratie die u bewaarde"),
}


def claim_tasks(user: Any) -> Iterator[Task]:
    """Claims to send, to answer, and those of which the month has come; how to be paid where nothing was chosen."""
    yield from _to_choose(user)
    yield from _own_turn(user)


def _own_turn(user: Any) -> Iterator[Task]:
    ours = where_held(user, Role.COORDINATOR)
    mine = Q(user=user.pk, organisation=None, typed_out_by=None) | Q(typed_out_by=user.pk) | Q(organisation__in=ours)
    waits = Q(state__in=[ClaimState.DRAFT, ClaimState.RETURNED])
    waits |= Q(state=ClaimState.HELD, held_until__lte=timezone.localdate())
    found = Claim.objects.filter(mine, waits).select_related(*WHOLE)
    for claim in found.order_by("begun_at", "pk"):
        yield Task(
            what=WHAT[claim.state], title=title_of(claim), about=claim.budget.fund.name,
            url=reverse("participation:claim", args=[claim.uuid]),
            group=Group.FIRST if claim.state == ClaimState.RETURNED else Group.OTHER,
        )  # fmt: skip


def title_of(claim: Claim) -> str:
    """What a claim is about: its meeting, its project, or what the budget is for."""
    if claim.meeting is not None:
        return claim.meeting.title
    return claim.project.name if claim.project is not None else claim.budget.purpose


def _to_choose(user: Any) -> Iterator[Task]:
    """Roles for which money is promised while nobody said how to be paid."""
    promised = Assignment.objects.filter(
        user=user.pk, state__in=SIGNED, payment_choice=None, commitments__state=CommitmentState.RESERVED
    )
    for one in promised.select_related("project__organisation").distinct().order_by("pk"):
        yield Task(
            what=_("Kies hoe u betaald wilt worden"), title=one.project.name, about=one.project.organisation.name,
            url=reverse("participation:money-choice", args=[one.uuid]),
        )  # fmt: skip
