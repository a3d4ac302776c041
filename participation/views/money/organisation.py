"""The invoices of a patient organisation, for its coordinators: what it was promised, and each invoice."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participation.models import Budget, Claim, Commitment
from participation.money_permissions import can_claim_for
from participation.states import CommitmentState, ItemKind, Regime
from participation.views.money.claim_form import ClaimPage
from participation.views.project_common import GET_OR_POST
from portal.organisations.models import Organisation


def _mine(request: HttpRequest, slug: str) -> Organisation:
    """The organisation that who asks may claim for. Raises Http404 for all others."""
    found = get_object_or_404(Organisation, slug=slug)
    if not can_claim_for.ok(request.user, found):
        raise Http404
    return found


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """What was promised to the organisation, and its invoices with how each stands."""
    own = _mine(request, slug)
    promised = Commitment.objects.filter(organisation=own, state=CommitmentState.RESERVED)
    context = {
        "organisation": own,
        "promises": promised.select_related("line__budget__fund", "line__budget__project").order_by("pk"),
        "claims": Claim.objects.filter(organisation=own).select_related("project", "budget__fund", "meeting").order_by(
            "-begun_at", "-pk"
        ),
    }  # fmt: skip
    return render(request, "participation/money/claim_organisation.html", context)


@GET_OR_POST
def new(request: HttpRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """A new invoice on what a budget promised to the organisation."""
    own = _mine(request, slug)
    promised = Budget.objects.filter(
        lines__commitments__organisation=own, lines__commitments__state=CommitmentState.RESERVED
    )
    whole = ("fund__organisation", "payer__organisation", "project__organisation", "project__patient_side")
    budget = get_object_or_404(promised.select_related(*whole).distinct(), uuid=key)
    claim = Claim(
        budget=budget, project=budget.project, organisation=own, user_id=request.user.pk, regime=Regime.INVOICE
    )
    page = ClaimPage(request, claim, whose={"organisation": own}, title=_("Nieuwe rekening"))
    return page.answer(lambda: [{"kind": ItemKind.INVOICE.value, "day": timezone.localdate().isoformat()}])
